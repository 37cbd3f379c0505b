package io.aftersale.logistics;

/**
 * Somebody who waits for parcels. Every event is offered to every watcher, in a transaction; it may be one heard before,
 * or one that comes too early, and changes nothing then.
 */
public interface ParcelWatcher {
    /** @return whether the parcel is one of theirs, whatever became of the event */
    boolean heard(ParcelEvent event);

    /** Whether a parcel that somebody found may belong to this case. Changes nothing. */
    default boolean awaits(String caseNumber) {
        return false;
    }
}
