package io.aftersale.payouts;

import io.aftersale.callbacks.Callback;

/** What the payment provider told us unasked. What the event did not say is null. */
record PaymentEvent(String payoutId, String saidStatus, Long saidAmount, String saidCurrency, String providerRef) {
    static PaymentEvent of(Callback event) {
        String amount = event.facts().get("amountMinor");
        return new PaymentEvent(
                event.facts().get("key"),
                event.facts().get("status"),
                amount == null ? null : Long.valueOf(amount),
                event.facts().get("currency"),
                event.facts().get("refundId"));
    }
}
