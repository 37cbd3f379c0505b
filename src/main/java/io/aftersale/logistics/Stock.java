package io.aftersale.logistics;

import java.util.Optional;

/** The stock system: what is put on a shelf, into repair, to the vendor, or away. It knows each movement by its id. */
public interface Stock {
    /**
     * Books a movement; booked again it stays one.
     *
     * @return the stock system's own reference
     * @throws OutsideTroubleException when nobody knows whether it was booked
     */
    String book(Movement movement);

    /**
     * Asks whether so much of an article lies ready. Sets nothing aside.
     *
     * @throws OutsideTroubleException when there is no answer
     */
    boolean isInStock(String merchantId, String sku, int quantity);

    /**
     * Asks whether a movement was booked.
     *
     * @throws OutsideTroubleException when there is no answer
     */
    Optional<String> find(Movement movement);
}
