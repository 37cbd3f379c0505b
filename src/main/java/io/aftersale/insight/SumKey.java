package io.aftersale.insight;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a sum stands: whose, of which day or month, and of what. What its shape does not tell apart is empty. The order
 * is the one in which sums are written.
 */
record SumKey(
        String merchantId,
        Shape shape,
        Span span,
        LocalDate startsOn,
        String kind,
        String reason,
        String sku,
        String currency,
        String measure)
        implements Comparable<SumKey> {
    private static final Comparator<SumKey> ORDER = Comparator.comparing(SumKey::merchantId)
            .thenComparing(SumKey::shape)
            .thenComparing(SumKey::span)
            .thenComparing(SumKey::startsOn)
            .thenComparing(SumKey::kind)
            .thenComparing(SumKey::reason)
            .thenComparing(SumKey::sku)
            .thenComparing(SumKey::currency)
            .thenComparing(SumKey::measure);

    /** By kind; by kind and reason; by product and reason. */
    enum Shape {
        K,
        R,
        S
    }

    /** A day; a month, so that a long time is read in few rows. */
    enum Span {
        D,
        M
    }

    static final String FEEDBACK = "FEEDBACK";

    /** All sums that a fact goes into. Rules, and feedback with its topics, are not told apart by reason. */
    static List<SumKey> of(Fact fact) {
        if (!fact.sku().isEmpty()) {
            return spans(fact, Shape.S, "", fact.reason(), fact.sku()).toList();
        }
        var byKind = spans(fact, Shape.K, fact.kind(), "", "");
        return fact.measure().startsWith(Measure.RULE) || fact.kind().equals(FEEDBACK)
                ? byKind.toList()
                : Stream.concat(byKind, spans(fact, Shape.R, fact.kind(), fact.reason(), ""))
                        .toList();
    }

    private static Stream<SumKey> spans(Fact fact, Shape shape, String kind, String reason, String sku) {
        return Stream.of(Span.values())
                .map(span -> new SumKey(
                        fact.merchantId(),
                        shape,
                        span,
                        span == Span.D ? fact.day() : fact.day().withDayOfMonth(1),
                        kind,
                        reason,
                        sku,
                        fact.currency(),
                        fact.measure()));
    }

    @Override
    public int compareTo(SumKey other) {
        return ORDER.compare(this, other);
    }
}
