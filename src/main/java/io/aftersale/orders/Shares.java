package io.aftersale.orders;

import java.math.BigInteger;

/** Exact division of amounts in minor units: parts of a whole that add up to the whole. */
final class Shares {
    private Shares() {}

    /** {@code floor(whole * part / parts)} without overflow; 0 parts give 0. */
    static long cumulative(long whole, long part, long parts) {
        if (parts == 0) {
            return 0;
        }
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(parts))
                .longValueExact();
    }
}
