package io.aftersale.logistics;

import java.util.Optional;

/**
 * Somebody who waits for parcels. Every event is offered to every watcher, in a transaction; it may be one heard before,
 * or one that comes too early, and changes nothing then.
 */
public interface ParcelWatcher {
    /** @return whether the parcel is one of theirs, whatever became of the event */
    boolean heard(ParcelEvent event);

    /** The case that a parcel belongs to; empty where it is none of theirs. Changes nothing. */
    default Optional<String> caseOf(ParcelEvent event) {
        return Optional.empty();
    }

    /** Whether a parcel that somebody found may belong to this case. Changes nothing. */
    default boolean awaits(String caseNumber) {
        return false;
    }
}
