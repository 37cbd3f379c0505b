package io.aftersale.logistics;

import java.util.Set;
import java.util.UUID;

/**
 * Something that the stock system or the carrier is asked to do with units of a line. The id is the key at which they
 * know it, so that asking again moves nothing twice.
 *
 * @param purpose where units go: {@code RESTOCK REFURBISH VENDOR DISPOSE MISSING} on our side; a parcel to the buyer for
 *     {@link #RETURN_TO_BUYER}, {@link #REPLACEMENT} or {@link #REPAIRED}
 * @param address where a parcel goes, where the buyer named a place; else null, and the carrier takes the order's
 * @param attempts how often it was begun; at 0 nobody outside can know it
 */
public record Movement(
        String id,
        String caseNumber,
        String merchantId,
        String lineId,
        String sku,
        String purpose,
        int quantity,
        String address,
        int attempts) {
    public static final String RETURN_TO_BUYER = "RETURN_TO_BUYER";
    public static final String REPLACEMENT = "REPLACEMENT";
    public static final String REPAIRED = "REPAIRED";
    private static final Set<String> PARCELS = Set.of(RETURN_TO_BUYER, REPLACEMENT, REPAIRED);

    /** A movement that nobody has begun. */
    public static Movement planned(
            String caseNumber,
            String merchantId,
            String lineId,
            String sku,
            String purpose,
            int quantity,
            String address) {
        return new Movement(
                "MV-" + UUID.randomUUID(), caseNumber, merchantId, lineId, sku, purpose, quantity, address, 0);
    }

    /** Whether the carrier takes it to the buyer; else the stock system books it. */
    public boolean isParcel() {
        return PARCELS.contains(purpose);
    }
}
