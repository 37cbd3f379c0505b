package io.aftersale.insight;

import java.math.BigInteger;
import java.time.LocalDate;

/**
 * One thing that a record counts for: so many of a measure, with a total (money in minor units, a time in seconds, stars)
 * and, for times, the bucket. {@code sku} is empty but for what is told apart by product; {@code currency} is empty where
 * no money is meant.
 */
record Fact(
        String merchantId,
        LocalDate day,
        String kind,
        String reason,
        String sku,
        String currency,
        String measure,
        int bucket,
        long n,
        long total) {
    static final int NO_BUCKET = -1;

    /** Sums of squares make sense of single amounts only. */
    BigInteger squares() {
        return n == 1 ? BigInteger.valueOf(total).pow(2) : BigInteger.ZERO;
    }
}
