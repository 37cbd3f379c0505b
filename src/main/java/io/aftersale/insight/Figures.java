package io.aftersale.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftersale.reviews.Rating;
import io.aftersale.reviews.Rating.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Everything that is known of one group of cases. Amounts are in minor units of their currency and are never added across
 * currencies; means and variances are exact fractions beside rounded numbers, and absent without cases, never 0.
 */
record Figures(
        long applied,
        long approved,
        long rejected,
        long closed,
        long open,
        Share approvalShare,
        Share rejectionShare,
        Map<String, Long> outcomes,
        List<Money> amounts,
        Times times,
        Deadlines deadlines,
        List<RuleHits> rules,
        Spread satisfaction,
        FeedbackFigures feedback,
        Stars rating) {

    /** A part of a whole; absent where there is no whole. */
    record Share(BigDecimal value, String exact) {
        static Share of(long part, long whole) {
            if (whole <= 0) {
                return null;
            }
            var fraction = new Fraction(BigInteger.valueOf(part), BigInteger.valueOf(whole));
            return new Share(fraction.rounded(), fraction.exact());
        }
    }

    /** How many, their sum, their mean and the population's variance. */
    record Spread(
            long count, BigInteger sum, BigDecimal mean, String meanExact, BigDecimal variance, String varianceExact) {
        static Spread of(Tally tally) {
            if (tally == null || tally.n() <= 0) {
                return null;
            }
            BigInteger n = BigInteger.valueOf(tally.n());
            var mean = new Fraction(tally.total(), n);
            var variance = new Fraction(
                    n.multiply(tally.squares()).subtract(tally.total().pow(2)), n.pow(2));
            return new Spread(
                    tally.n(), tally.total(), mean.rounded(), mean.exact(), variance.rounded(), variance.exact());
        }
    }

    /**
     * What was asked for, granted, paid back, and paid by buyers for repairs and dearer replacements, in one currency. What
     * is granted is granted for a case as a whole: by product it is absent.
     */
    record Money(String currency, Spread requested, Spread approved, Spread paid, Spread charged) {}

    /** From the application to the first decision, to the goods' receipt, to the last payout. */
    record Times(Taken audit, Taken goods, Taken money) {}

    /** In seconds; the quantiles are at most {@link Buckets#ERROR} off, the mean is exact. */
    record Taken(long count, BigDecimal meanSeconds, Long medianSeconds, Long p90Seconds, Long p99Seconds) {
        static Taken of(Tally tally) {
            if (tally == null || tally.n() <= 0) {
                return null;
            }
            return new Taken(
                    tally.n(),
                    new Fraction(tally.total(), BigInteger.valueOf(tally.n())).rounded(),
                    tally.buckets().quantile(0.5),
                    tally.buckets().quantile(0.9),
                    tally.buckets().quantile(0.99));
        }
    }

    /** Waits of our own desks that have ended: in time or not. */
    record Deadlines(long kept, long missed, Share keptShare, List<Stage> byStage) {}

    record Stage(String stage, long kept, long missed) {}

    record RuleHits(String table, int version, String rule, long hits) {}

    record FeedbackFigures(long count, long closed, Taken answer, Spread satisfaction) {}

    /** Published reviews by the day of publication. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Stars(
            long count,
            BigDecimal mean,
            String meanExact,
            BigDecimal variance,
            String varianceExact,
            Map<String, Long> histogram) {
        static Stars of(Rating rating) {
            if (rating == null) {
                return null;
            }
            Map<String, Long> histogram = new TreeMap<>();
            IntStream.rangeClosed(1, rating.counts().size())
                    .forEach(stars ->
                            histogram.put(String.valueOf(stars), rating.counts().get(stars - 1)));
            Fraction mean = rating.mean();
            Fraction variance = rating.variance();
            return new Stars(
                    rating.count(),
                    mean == null ? null : mean.rounded(),
                    mean == null ? null : mean.exact(),
                    variance == null ? null : variance.rounded(),
                    variance == null ? null : variance.exact(),
                    histogram);
        }
    }

    /** Gathers the sums of one group and makes figures of them. */
    static final class Sheet {
        private final Map<String, Map<String, Tally>> byCurrency = new TreeMap<>();
        private final Map<String, Tally> all = new TreeMap<>();

        void add(String currency, String measure, Tally more) {
            all.computeIfAbsent(measure, none -> new Tally()).add(more);
            if (!currency.isEmpty()) {
                byCurrency
                        .computeIfAbsent(currency, none -> new HashMap<>())
                        .computeIfAbsent(measure, none -> new Tally())
                        .add(more);
            }
        }

        Figures figures(Rating rating) {
            long applied = n(Measure.APPLIED);
            long approved = n(Measure.APPROVED);
            long rejected = n(Measure.REJECTED);
            var outcomes = named(Measure.CLOSED);
            long closed = sum(outcomes);
            return new Figures(
                    applied,
                    approved,
                    rejected,
                    closed,
                    applied - closed,
                    Share.of(approved, approved + rejected),
                    Share.of(rejected, approved + rejected),
                    outcomes,
                    byCurrency.entrySet().stream()
                            .map(it -> money(it.getKey(), it.getValue()))
                            .toList(),
                    new Times(
                            Taken.of(all.get(Measure.AUDIT_TIME)),
                            Taken.of(all.get(Measure.GOODS_TIME)),
                            Taken.of(all.get(Measure.MONEY_TIME))),
                    deadlines(),
                    rules(),
                    Spread.of(all.get(Measure.SATISFACTION)),
                    feedback(),
                    Stars.of(rating));
        }

        private static Money money(String currency, Map<String, Tally> of) {
            return new Money(
                    currency,
                    Spread.of(of.get(Measure.APPLIED)),
                    Spread.of(isKnown(of.get(Measure.APPROVED)) ? of.get(Measure.APPROVED) : null),
                    Spread.of(of.get(Measure.PAID)),
                    Spread.of(of.get(Measure.CHARGED)));
        }

        /** Nothing is granted for nothing: approvals without an amount are those of products. */
        private static boolean isKnown(Tally granted) {
            return granted != null && granted.total().signum() != 0;
        }

        private Deadlines deadlines() {
            var kept = named(Measure.KEPT);
            var missed = named(Measure.MISSED);
            var stages = new TreeMap<String, Stage>();
            kept.forEach((stage, n) -> stages.put(stage, new Stage(stage, n, missed.getOrDefault(stage, 0L))));
            missed.forEach((stage, n) -> stages.putIfAbsent(stage, new Stage(stage, 0, n)));
            return new Deadlines(
                    sum(kept), sum(missed), Share.of(sum(kept), sum(kept) + sum(missed)), List.copyOf(stages.values()));
        }

        /** The most used first. */
        private List<RuleHits> rules() {
            var hits = new ArrayList<RuleHits>();
            named(Measure.RULE).forEach((rule, n) -> {
                String[] parts = rule.split(":", 3);
                hits.add(new RuleHits(parts[0], Integer.parseInt(parts[1]), parts[2].isEmpty() ? null : parts[2], n));
            });
            hits.sort((one, other) -> Long.compare(other.hits(), one.hits()));
            return hits;
        }

        private FeedbackFigures feedback() {
            long count = n(Measure.FEEDBACK);
            return count == 0
                    ? null
                    : new FeedbackFigures(
                            count,
                            sum(named(Measure.FEEDBACK_CLOSED)),
                            Taken.of(all.get(Measure.ANSWER_TIME)),
                            Spread.of(all.get(Measure.FEEDBACK_SATISFACTION)));
        }

        private Map<String, Long> named(String prefix) {
            var found = new TreeMap<String, Long>();
            all.forEach((measure, tally) -> {
                if (measure.startsWith(prefix) && tally.n() != 0) {
                    found.put(measure.substring(prefix.length()), tally.n());
                }
            });
            return found;
        }

        private static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        private long n(String measure) {
            return all.containsKey(measure) ? all.get(measure).n() : 0;
        }
    }
}
