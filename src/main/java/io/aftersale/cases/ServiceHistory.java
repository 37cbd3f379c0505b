package io.aftersale.cases;

import java.time.Instant;
import java.util.List;

/**
 * What was done to a unit after it was sold, as far as day counts and warranties follow from it. The rooms that repair
 * and exchange implement it, each for what it did itself.
 */
public interface ServiceHistory {
    /** In any order; nothing of what is still under way. */
    List<Service> of(String merchantId, String orderId, String lineId, int unitNo);

    /**
     * @param from when the unit left the buyer
     * @param to when it, or the one that replaces it, was with the buyer again
     */
    record Service(Act act, Instant from, Instant to) {}

    /** What was done. */
    enum Act {
        /** Another unit in its place: days and warranty begin anew. */
        EXCHANGED,
        /** A repair that the seller owed. Who asks again afterwards says that it has failed. */
        REPAIRED,
        /** A repair that the buyer paid for, or none at all: only its time is not counted. */
        KEPT_FROM_BUYER
    }
}
