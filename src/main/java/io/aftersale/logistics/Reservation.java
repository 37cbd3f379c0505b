package io.aftersale.logistics;

/** Units of an article that the stock system sets aside for a case. It knows them by the id, which never changes. */
public record Reservation(String id, String caseNumber, String merchantId, String sku, int quantity) {}
