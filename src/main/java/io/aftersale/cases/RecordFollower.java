package io.aftersale.cases;

/** Told of records that have changed, by rooms further up that keep something in step with them. Decides nothing. */
public interface RecordFollower {
    /**
     * Called once for each changed record, at the end of the transaction that changed it and still inside.
     *
     * @param number of a case or of what else has a number of its own
     */
    void changed(String number);
}
