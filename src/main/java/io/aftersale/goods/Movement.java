package io.aftersale.goods;

/**
 * Something that the stock system or the carrier is asked to do with units of a line. The id is the key at which they
 * know it, so that asking again moves nothing twice.
 */
record Movement(
        String id,
        String caseNumber,
        String merchantId,
        String lineId,
        String sku,
        String disposition,
        int quantity,
        int attempts) {
    static final String RETURN_TO_BUYER = "RETURN_TO_BUYER";
}
