package io.aftersale.engine;

/**
 * Told whenever a process enters an element of its diagram that declares a status. The diagram is the state machine;
 * who implements this keeps a projection of it and decides nothing.
 */
public interface StatusBoard {
    /** Whether records of this business key are kept by this board. */
    boolean knows(String businessKey);

    /**
     * @param outcome how the case ended; declared on end events only, else null
     */
    void entered(String businessKey, String elementId, String status, String outcome);

    /** The same for boards that keep apart what several processes of one business key do. */
    default void entered(
            String businessKey, String processInstanceId, String elementId, String status, String outcome) {
        entered(businessKey, elementId, status, outcome);
    }
}
