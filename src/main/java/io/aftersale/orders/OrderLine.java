package io.aftersale.orders;

/**
 * One line of an order. {@code paidMinor} is what the buyer paid for all its units after discounts, in minor units;
 * {@code noReasonExcluded} says that the buyer confirmed at purchase that it cannot go back without a reason.
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
        int warrantyMonths) {

    /** What unit {@code unitNo} (1 to quantity) cost: exact shares whose sum is the line's last cent. */
    public long shareOf(int unitNo) {
        return Shares.cumulative(paidMinor, unitNo, quantity) - Shares.cumulative(paidMinor, unitNo - 1L, quantity);
    }
}
