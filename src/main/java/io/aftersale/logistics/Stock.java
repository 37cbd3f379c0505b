package io.aftersale.logistics;

/** The stock system: what lies ready, and what is set aside for somebody. It knows each reservation by its id. */
public interface Stock {
    /**
     * Asks whether so much of an article lies ready. Sets nothing aside.
     *
     * @throws OutsideTroubleException when there is no answer
     */
    boolean isInStock(String merchantId, String sku, int quantity);

    /**
     * Sets units aside; asked again they are set aside once.
     *
     * @return false when there are not so many left; nothing is set aside then
     * @throws OutsideTroubleException when nobody knows whether they were
     */
    boolean reserve(Reservation reservation);

    /**
     * Asks whether units are set aside under this id.
     *
     * @throws OutsideTroubleException when there is no answer
     */
    boolean isReserved(String reservationId);

    /**
     * Hands out so many of the units that were set aside; what is left of them is free again. Told again it does nothing.
     *
     * @throws OutsideTroubleException when nobody knows whether it was done
     */
    void handOut(String reservationId, int quantity);

    /**
     * Frees what was set aside and not handed out. Harmless when repeated, or when nothing was.
     *
     * @throws OutsideTroubleException when nobody knows whether it was done
     */
    void release(String reservationId);
}
