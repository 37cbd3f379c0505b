package io.aftersale.payouts;

import io.aftersale.access.CardDetails;

/**
 * What the provider is asked to give back. {@code payoutId} is the idempotency key. {@code card} is null when the money
 * goes back to the original payment, and where the order only serves to ask about it.
 */
record RefundOrder(
        String payoutId,
        String merchantId,
        String orderId,
        String tenderId,
        String tenderMethod,
        long amountMinor,
        String currency,
        CardDetails card) {

    /** Names no card, whoever prints it. */
    @Override
    public String toString() {
        return payoutId + " " + amountMinor + " " + currency + " to " + tenderId;
    }
}
