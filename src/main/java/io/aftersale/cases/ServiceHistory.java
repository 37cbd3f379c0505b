package io.aftersale.cases;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was done to a unit after it was sold, as far as warranties follow from it. The room that repairs implements it.
 */
public interface ServiceHistory {
    /** By the number of the unit, in any order; nothing of what is still under way. */
    Map<Integer, List<Service>> of(String merchantId, String orderId, String lineId);

    /**
     * @param from when the unit came to us
     * @param to when it was with the buyer again
     */
    record Service(Act act, Instant from, Instant to) {}

    /** What was done. */
    enum Act {
        /** A repair that the seller owed. Who asks again afterwards says that it has failed. */
        REPAIRED,
        /** A repair that the buyer paid for, or none at all: only its time is not counted. */
        KEPT_FROM_BUYER
    }
}
