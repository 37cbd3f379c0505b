package io.aftersale.logistics;

import java.util.Optional;

/** The warehouse that puts goods away: on a shelf, into repair, to the vendor, or out. It knows each movement by its id. */
public interface Warehouse {
    /**
     * Puts goods away; told again they are put away once.
     *
     * @return the warehouse's own reference
     * @throws OutsideTroubleException when nobody knows whether it was done
     */
    String putAway(Movement movement);

    /**
     * Asks whether goods were put away.
     *
     * @throws OutsideTroubleException when there is no answer
     */
    Optional<String> findPutAway(Movement movement);
}
