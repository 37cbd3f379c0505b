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
}
