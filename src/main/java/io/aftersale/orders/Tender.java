package io.aftersale.orders;

/** One means by which an order was paid; {@code amountMinor} is what it took, in minor units. */
public record Tender(String tenderId, TenderMethod method, long amountMinor) {}
