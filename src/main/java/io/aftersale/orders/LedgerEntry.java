package io.aftersale.orders;

/** What one payout takes out of one component and one tender of an order. */
record LedgerEntry(
        String payoutId,
        int entryNo,
        String merchantId,
        String orderId,
        String caseNumber,
        String tenderId,
        Component component) {}
