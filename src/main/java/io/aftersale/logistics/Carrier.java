package io.aftersale.logistics;

import java.util.Optional;

/** The carrier that takes parcels to buyers. It knows each order by its id. */
public interface Carrier {
    /**
     * Orders a parcel to a buyer; ordered again it stays one.
     *
     * @return its tracking number
     * @throws OutsideTroubleException when nobody knows whether it was ordered
     */
    String send(Movement movement, String buyerId);

    /**
     * Asks whether a parcel was ordered.
     *
     * @throws OutsideTroubleException when there is no answer
     */
    Optional<String> findSent(Movement movement);
}
