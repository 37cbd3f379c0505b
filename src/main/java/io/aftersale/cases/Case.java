package io.aftersale.cases;

import java.time.Instant;

/**
 * An after-sale case: one buyer's application about some units of one order, and how far it has come. {@code status} is
 * a projection of the diagram. Amounts in minor units of {@code currency}; {@code shippingMinor} is the part of {@code
 * refundableMinor} that is shipping.
 */
public record Case(
        String number,
        String merchantId,
        Kind kind,
        String convertedTo,
        String orderId,
        String buyerId,
        String currency,
        String status,
        String outcome,
        Reason reason,
        Basis basis,
        String description,
        boolean includeShipping,
        String payToMethod,
        String cardToken,
        long requestedMinor,
        long refundableMinor,
        long shippingMinor,
        long paidMinor,
        int applicationNo,
        Instant disputedAt,
        Instant appliedAt,
        Instant closedAt) {

    boolean isClosed() {
        return closedAt != null;
    }
}
