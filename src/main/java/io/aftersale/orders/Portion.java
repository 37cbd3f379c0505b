package io.aftersale.orders;

/** The part of an approved refund that goes back to one tender; {@code payoutId} names it for good. */
public record Portion(String payoutId, String tenderId, TenderMethod method, long amountMinor) {}
