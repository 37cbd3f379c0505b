package io.aftersale.reviews;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * What five counters say: exact to the last digit, rounded once, at the end. With no reviews there is no mean and no
 * bound: null, never 0 and never 5 stars.
 *
 * @param counts how many reviews have one, two, ... five stars
 */
public record Rating(List<Long> counts) {
    /** The prior of the Bayesian mean: so many reviews of so many stars, in halves. */
    private static final BigInteger PRIOR = BigInteger.valueOf(7);

    private static final BigInteger PRIOR_HALF_STARS = BigInteger.valueOf(7);
    private static final BigDecimal Z = new BigDecimal("1.96");
    private static final int GOOD = 4;
    private static final int SCALE = 4;
    private static final MathContext EXACT_ENOUGH = new MathContext(40);

    public Rating {
        counts = List.copyOf(counts);
    }

    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** S/n; null without reviews. */
    public Fraction mean() {
        return count() == 0 ? null : new Fraction(sum(), n());
    }

    /** The population's variance (nQ - S^2)/n^2; null without reviews. */
    public Fraction variance() {
        return count() == 0 ? null : new Fraction(spread(), n().multiply(n()));
    }

    /** The sample's variance (nQ - S^2)/(n(n - 1)); null below two reviews. */
    public Fraction sampleVariance() {
        return count() < 2 ? null : new Fraction(spread(), n().multiply(n().subtract(BigInteger.ONE)));
    }

    /** (Cm + S)/(C + n) with C = 7 and m = 3.5; null without reviews. */
    public Fraction bayesianMean() {
        return count() == 0
                ? null
                : new Fraction(
                        PRIOR.multiply(PRIOR_HALF_STARS).add(sum().shiftLeft(1)),
                        PRIOR.add(n()).shiftLeft(1));
    }

    /** The lower bound of Wilson's interval for the share of four stars and more, z = 1.96; null without reviews. */
    public BigDecimal wilsonLowerBound() {
        if (count() == 0) {
            return null;
        }
        BigDecimal n = BigDecimal.valueOf(count());
        BigDecimal good = BigDecimal.valueOf(
                counts.stream().skip(GOOD - 1L).mapToLong(Long::longValue).sum());
        BigDecimal z2 = Z.pow(2);
        BigDecimal share = good.divide(n, EXACT_ENOUGH);
        BigDecimal middle = share.add(z2.divide(n.add(n), EXACT_ENOUGH));
        BigDecimal width = share.multiply(BigDecimal.ONE.subtract(share))
                .add(z2.divide(n.multiply(BigDecimal.valueOf(4)), EXACT_ENOUGH))
                .divide(n, EXACT_ENOUGH)
                .sqrt(EXACT_ENOUGH)
                .multiply(Z);
        return middle.subtract(width)
                .divide(BigDecimal.ONE.add(z2.divide(n, EXACT_ENOUGH)), EXACT_ENOUGH)
                .setScale(SCALE, RoundingMode.HALF_UP)
                .max(BigDecimal.ZERO.setScale(SCALE));
    }

    private BigInteger n() {
        return BigInteger.valueOf(count());
    }

    private BigInteger sum() {
        return weighted(1);
    }

    private BigInteger spread() {
        return n().multiply(weighted(2)).subtract(sum().pow(2));
    }

    private BigInteger weighted(int power) {
        BigInteger sum = BigInteger.ZERO;
        for (int stars = 1; stars <= counts.size(); stars++) {
            sum = sum.add(BigInteger.valueOf(stars).pow(power).multiply(BigInteger.valueOf(counts.get(stars - 1))));
        }
        return sum;
    }

    /** A fraction in lowest terms. */
    public record Fraction(BigInteger numerator, BigInteger denominator) {
        public Fraction {
            BigInteger common = numerator.gcd(denominator);
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }

        /** As people write it, such as {@code 17/5}. */
        public String exact() {
            return numerator + "/" + denominator;
        }

        /** Rounded half up to four places. */
        public BigDecimal rounded() {
            return new BigDecimal(numerator).divide(new BigDecimal(denominator), SCALE, RoundingMode.HALF_UP);
        }
    }
}
