package io.aftersale.cases;

/** Told when a case has ended for good, by rooms that have something to ask the buyer then. Decides nothing about it. */
public interface AfterCase {
    /**
     * Called in the transaction that closes the case, so it only writes down what is to be done and never fails for
     * what it finds.
     */
    void closed(String caseNumber);
}
