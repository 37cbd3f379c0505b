package io.aftersale.payouts;

import java.time.Instant;

/**
 * What the payment provider told us unasked, as it came. {@code saidStatus} and what follows are null where the event
 * did not say so.
 */
record PaymentEvent(
        String sender,
        String eventId,
        String payoutId,
        String saidStatus,
        Long saidAmount,
        String saidCurrency,
        String providerRef,
        String body,
        Instant receivedAt,
        int tries) {}
