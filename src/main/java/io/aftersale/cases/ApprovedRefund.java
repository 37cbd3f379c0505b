package io.aftersale.cases;

import io.aftersale.orders.Component;
import java.util.List;
import java.util.Set;

/**
 * A refund that was approved: how much in minor units, for which units and shipping, where to ({@code payToMethod}
 * ORIGINAL or BANK_CARD with its token), and by whom. {@code approvers} are user ids of people only.
 */
public record ApprovedRefund(
        String caseNumber,
        String merchantId,
        String orderId,
        String buyerId,
        String currency,
        long amountMinor,
        String payToMethod,
        String cardToken,
        List<Component> components,
        Set<String> approvers) {}
