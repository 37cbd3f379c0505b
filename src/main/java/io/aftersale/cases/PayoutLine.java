package io.aftersale.cases;

/**
 * A payout as the case sheet shows it. {@code status} is RESERVED, SENDING, PENDING, UNKNOWN, SETTLED, FAILED or
 * CANCELLED; the amount is in minor units.
 */
public record PayoutLine(String id, String method, String tenderId, long amountMinor, String status, int attempts) {}
