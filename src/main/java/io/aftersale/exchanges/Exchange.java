package io.aftersale.exchanges;

import java.time.Instant;

/**
 * What an exchange came to. Amounts are in minor units, {@code differenceMinor} above 0 is owed by the buyer; what has not
 * happened yet is null. {@code bookedAt} says that the ledger knows the replacement: from then on there is no way back.
 */
record Exchange(
        String caseNumber,
        String merchantId,
        String sku,
        int quantity,
        long priceMinor,
        long creditMinor,
        long differenceMinor,
        Outcome settlement,
        String paymentReference,
        String paymentMethod,
        Instant bookedAt,
        Instant announcedAt,
        Instant deliveredAt) {

    boolean isDifferenceOpen() {
        return settlement == Outcome.DEARER && paymentReference == null && bookedAt == null;
    }
}
