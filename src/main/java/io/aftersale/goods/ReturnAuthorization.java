package io.aftersale.goods;

import java.time.Instant;

/**
 * The permission to send goods of a case back, and their parcel as far as it is known. What has not happened yet is
 * null; {@code endedAt} says that nothing may be sent any more. Amounts are in minor units.
 */
record ReturnAuthorization(
        String caseNumber,
        String merchantId,
        String number,
        String address,
        Instant authorizedAt,
        String carrier,
        String trackingNumber,
        Instant shippedAt,
        Instant receivedAt,
        Instant endedAt,
        Long offeredMinor,
        String offerAnswer) {}
