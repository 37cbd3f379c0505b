package io.aftersale.orders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Splits an amount over the tenders of an order. Points and coupons go back in kind and in proportion to the whole
 * order, counted over all refunds together so that the last refund gives back their last unit; the rest is money, in
 * the order card, wallet, balance, each up to what it took. Pure arithmetic; it never touches a record.
 */
final class TenderSplit {
    private TenderSplit() {}

    /** What a tender took, and what it already gave back. */
    record Used(Tender tender, long takenMinor) {
        long restMinor() {
            return tender.amountMinor() - takenMinor;
        }
    }

    /** What a tender gives back this time; more than 0. */
    record Part(Tender tender, long amountMinor) {}

    /**
     * @param tenders all tenders of the order with what each gave back so far
     * @param amountMinor what is to be given back now, at most what the tenders have left
     * @return one part for each tender that gives something, money first
     */
    static List<Part> split(List<Used> tenders, long amountMinor) {
        var ordered = tenders.stream()
                .sorted(Comparator.comparing(used -> used.tender().method()))
                .toList();
        long total =
                ordered.stream().mapToLong(used -> used.tender().amountMinor()).sum();
        long takenAfter = ordered.stream().mapToLong(Used::takenMinor).sum() + amountMinor;
        if (takenAfter > total) {
            throw new IllegalArgumentException("The tenders have less left than " + amountMinor);
        }
        long[] parts = new long[ordered.size()];
        long left = amountMinor;
        for (int i = 0; i < parts.length; i++) {
            Used used = ordered.get(i);
            if (used.tender().method().isInKind()) {
                long due = Shares.cumulative(used.tender().amountMinor(), takenAfter, total) - used.takenMinor();
                parts[i] = Math.max(0, Math.min(due, left));
                left -= parts[i];
            }
        }
        // Money takes the rest; what rounding leaves when money is used up goes back in kind.
        for (int i = 0; i < parts.length && left > 0; i++) {
            long more = Math.min(left, ordered.get(i).restMinor() - parts[i]);
            parts[i] += more;
            left -= more;
        }
        var result = new ArrayList<Part>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] > 0) {
                result.add(new Part(ordered.get(i).tender(), parts[i]));
            }
        }
        return result;
    }
}
