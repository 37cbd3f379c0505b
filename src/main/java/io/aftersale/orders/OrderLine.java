package io.aftersale.orders;

import java.time.Instant;

/**
 * One line of an order. {@code paidMinor} is what the buyer paid for all its units after discounts, in minor units;
 * {@code noReasonExcluded} says that the buyer confirmed at purchase that it cannot go back without a reason. {@code
 * replacement} is null for what the shop told; otherwise the line went out in exchange for units of another one, and what
 * was paid for it is what they carried over.
 */
public record OrderLine(
        String lineId,
        String sku,
        String title,
        String category,
        GoodsClass goodsClass,
        boolean noReasonExcluded,
        int quantity,
        long paidMinor,
        int warrantyMonths,
        Replacement replacement) {

    /** The case that sent it, and when the buyer got it; null until then. */
    public record Replacement(String caseNumber, Instant deliveredAt) {}

    /** A line as a shop tells it. */
    public OrderLine(
            String lineId,
            String sku,
            String title,
            String category,
            GoodsClass goodsClass,
            boolean noReasonExcluded,
            int quantity,
            long paidMinor,
            int warrantyMonths) {
        this(lineId, sku, title, category, goodsClass, noReasonExcluded, quantity, paidMinor, warrantyMonths, null);
    }

    /** So many units of another article in place of units of this line. */
    public OrderLine replacedBy(String caseNumber, String newLineId, String newSku, int units, long carriedMinor) {
        return new OrderLine(
                newLineId,
                newSku,
                newSku.equals(sku) ? title : newSku,
                category,
                goodsClass,
                noReasonExcluded,
                units,
                carriedMinor,
                warrantyMonths,
                new Replacement(caseNumber, null));
    }

    /** Whether the shop told it; otherwise it is a replacement. */
    boolean wasTold() {
        return replacement == null;
    }

    /** What unit {@code unitNo} (1 to quantity) cost: exact shares whose sum is the line's last cent. */
    public long shareOf(int unitNo) {
        return Shares.cumulative(paidMinor, unitNo, quantity) - Shares.cumulative(paidMinor, unitNo - 1L, quantity);
    }
}
