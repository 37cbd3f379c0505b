package io.aftersale.books;

/** A refund that the payment provider has paid, as its own book has it; {@code key} is the payout that asked for it. */
record Booking(
        String key,
        String refundId,
        String merchantId,
        String orderId,
        String tenderId,
        long amountMinor,
        String currency) {

    String text() {
        return refundId + ": " + BookedPayout.amount(amountMinor, currency) + " to " + tenderId + " of the order "
                + orderId;
    }
}
