package io.aftersale.insight;

import io.aftersale.insight.SumKey.Shape;
import io.aftersale.insight.SumKey.Span;
import io.aftersale.problems.Problem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What somebody wants to know: of which days, both included, and told apart by what. */
record Question(LocalDate from, LocalDate to, Set<Dimension> by) {
    static final int MOST_DAYS = 1_096;
    static final int MOST_DAYS_ONE_BY_ONE = 400;
    private static final int DAYS_IF_UNSAID = 30;

    /** What figures can be told apart by. */
    enum Dimension {
        KIND,
        DAY,
        SKU,
        MERCHANT,
        REASON;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<Set<Dimension>> OFFERED = Set.of(
            Set.of(),
            Set.of(Dimension.KIND),
            Set.of(Dimension.DAY),
            Set.of(Dimension.SKU),
            Set.of(Dimension.MERCHANT),
            Set.of(Dimension.REASON),
            Set.of(Dimension.KIND, Dimension.DAY),
            Set.of(Dimension.KIND, Dimension.REASON),
            Set.of(Dimension.SKU, Dimension.REASON));

    /**
     * @param from a day such as 2026-11-01, or null for 30 days up to {@code to}
     * @param to a day, or null for today
     * @param by words separated by commas, or null for one sum of all
     * @throws Problem FIELD_INVALID for what is no day, turned round, too long, or not told apart here
     */
    static Question of(String from, String to, String by, LocalDate today) {
        LocalDate last = to == null || to.isBlank() ? today : day("to", to);
        LocalDate first = from == null || from.isBlank() ? last.minusDays(DAYS_IF_UNSAID - 1L) : day("from", from);
        if (first.isAfter(last)) {
            throw Problem.invalid("from", "is after 'to'");
        }
        Set<Dimension> dimensions = dimensions(by);
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        if (days > MOST_DAYS) {
            throw Problem.invalid(
                    "to", "is " + days + " days after 'from'; at most " + MOST_DAYS + " can be asked for");
        }
        if (dimensions.contains(Dimension.DAY) && days > MOST_DAYS_ONE_BY_ONE) {
            throw Problem.invalid(
                    "to", "is " + days + " days after 'from'; day by day it is at most " + MOST_DAYS_ONE_BY_ONE);
        }
        return new Question(first, last, dimensions);
    }

    boolean asks(Dimension dimension) {
        return by.contains(dimension);
    }

    Shape shape() {
        return asks(Dimension.SKU) ? Shape.S : asks(Dimension.REASON) ? Shape.R : Shape.K;
    }

    /** Some days or months in a row. */
    record Range(Span span, LocalDate from, LocalDate to) {}

    /** The fewest rows that make up these days: whole months as such, the days before and after one by one. */
    List<Range> ranges() {
        LocalDate firstMonth =
                from.getDayOfMonth() == 1 ? from : from.plusMonths(1).withDayOfMonth(1);
        LocalDate endOfMonths = to.plusDays(1).withDayOfMonth(1);
        if (asks(Dimension.DAY) || !firstMonth.isBefore(endOfMonths)) {
            return List.of(new Range(Span.D, from, to));
        }
        var ranges = new ArrayList<Range>();
        if (from.isBefore(firstMonth)) {
            ranges.add(new Range(Span.D, from, firstMonth.minusDays(1)));
        }
        ranges.add(new Range(Span.M, firstMonth, endOfMonths.minusDays(1)));
        if (!endOfMonths.isAfter(to)) {
            ranges.add(new Range(Span.D, endOfMonths, to));
        }
        return ranges;
    }

    private static Set<Dimension> dimensions(String by) {
        if (by == null || by.isBlank()) {
            return Set.of();
        }
        var found = new TreeSet<Dimension>();
        for (String word : by.split(",", -1)) {
            found.add(Arrays.stream(Dimension.values())
                    .filter(it -> it.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> unknown()));
        }
        if (!OFFERED.contains(found)) {
            throw unknown();
        }
        return found;
    }

    private static Problem unknown() {
        return Problem.invalid(
                "by",
                "is one of "
                        + OFFERED.stream()
                                .filter(it -> !it.isEmpty())
                                .map(it -> it.stream()
                                        .sorted()
                                        .map(Dimension::word)
                                        .collect(Collectors.joining(",")))
                                .sorted()
                                .collect(Collectors.joining("; ")));
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException odd) {
            throw Problem.invalid(field, "is not a day such as 2026-11-01");
        }
    }
}
