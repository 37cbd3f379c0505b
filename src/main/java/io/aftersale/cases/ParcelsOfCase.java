package io.aftersale.cases;

/** Parcels whose arrival is confirmed over {@code /receipt-confirmation}. A room that waits for such implements it. */
public interface ParcelsOfCase {
    /**
     * The parcel that is on its way has arrived, by the word of the shop or its buyer.
     *
     * @return false when this room waits for no parcel of the case; nothing is changed then
     */
    boolean confirm(CaseFile file);
}
