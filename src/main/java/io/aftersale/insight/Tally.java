package io.aftersale.insight;

import java.math.BigInteger;

/** A sum that grows: how many, how much, the squares of it, and for times the buckets. */
final class Tally {
    private long n;
    private BigInteger total = BigInteger.ZERO;
    private BigInteger squares = BigInteger.ZERO;
    private final Buckets buckets = new Buckets();

    void add(long moreN, BigInteger moreTotal, BigInteger moreSquares) {
        n += moreN;
        total = total.add(moreTotal);
        squares = squares.add(moreSquares);
    }

    void add(Fact fact) {
        add(fact.n(), BigInteger.valueOf(fact.total()), fact.squares());
        if (fact.bucket() != Fact.NO_BUCKET) {
            buckets.add(fact.bucket(), fact.n());
        }
    }

    void add(Tally other) {
        add(other.n, other.total, other.squares);
        buckets.add(other.buckets);
    }

    /** Takes what another one has. */
    void subtract(Tally other) {
        add(-other.n, other.total.negate(), other.squares.negate());
        var taken = Buckets.read(other.buckets.write());
        taken.negate();
        buckets.add(taken);
    }

    boolean isNothing() {
        return n == 0 && total.signum() == 0 && squares.signum() == 0 && buckets.isEmpty();
    }

    long n() {
        return n;
    }

    BigInteger total() {
        return total;
    }

    BigInteger squares() {
        return squares;
    }

    Buckets buckets() {
        return buckets;
    }

    @Override
    public String toString() {
        return n + " / " + total + (buckets.isEmpty() ? "" : " / " + buckets);
    }
}
