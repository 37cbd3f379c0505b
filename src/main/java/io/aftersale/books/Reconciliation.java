package io.aftersale.books;

import io.aftersale.books.Difference.Kind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Holds every finished day of our record against the provider's book, once a day, and catches up on days that were missed.
 * Each difference is handed to finance; no record is changed and no money moved. A day whose book cannot be read whole is
 * not compared and comes again the next time.
 */
@Component("providerBooks")
class Reconciliation implements MeterBinder, HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final int MOST_DAYS = 31;

    private final ProviderBook provider;
    private final Books books;
    private final DifferenceDesk desk;
    private final Clock clock;

    Reconciliation(ProviderBook provider, Books books, DifferenceDesk desk, Clock clock) {
        this.provider = provider;
        this.books = books;
        this.desk = desk;
        this.clock = clock;
    }

    /** What became of the comparison of one day; {@code bookings} is null where the book could not be read. */
    record Compared(LocalDate day, Integer bookings, Integer differences) {
        boolean isDone() {
            return bookings != null;
        }
    }

    /** All days since the last one that was compared, yesterday included. */
    @Scheduled(cron = "${aftersale.books.compare-at:0 30 5 * * *}")
    void catchUp() {
        LocalDate yesterday = today().minusDays(1);
        LocalDate first = books.lastDay().map(day -> day.plusDays(1)).orElse(yesterday);
        if (first.isBefore(yesterday.minusDays(MOST_DAYS - 1L))) {
            LOG.error("The books from {} on were not compared; compare them by hand", first);
            first = yesterday.minusDays(MOST_DAYS - 1L);
        }
        boolean isReadable = true;
        for (LocalDate day = first; isReadable && !day.isAfter(yesterday); day = day.plusDays(1)) {
            isReadable = compare(day).isDone();
        }
    }

    /** Compares one day, again if need be: what was found before is not found twice. */
    Compared compare(LocalDate day) {
        var read = provider.settledOn(day);
        if (read.isEmpty()) {
            return new Compared(day, null, null);
        }
        var theirs = read.get();
        var missing = missingThere(day, theirs);
        if (missing.isEmpty()) {
            return new Compared(day, null, null);
        }
        int differences = 0;
        for (Booking booking : theirs) {
            var ours = books.payout(booking.key());
            var kind = kindOf(booking, ours.orElse(null));
            if (kind.isPresent()) {
                desk.find(day, kind.get(), ours.orElse(null), booking);
                differences++;
            }
        }
        for (BookedPayout ours : missing.get()) {
            desk.find(day, Kind.NOT_PAID_THERE, ours, null);
            differences++;
        }
        books.checked(day, theirs.size(), differences);
        LOG.info("The books of {}: {} refunds at the provider, {} differences", day, theirs.size(), differences);
        return new Compared(day, theirs.size(), differences);
    }

    private static Optional<Kind> kindOf(Booking booking, BookedPayout ours) {
        if (ours == null) {
            return Optional.of(Kind.NOT_OURS);
        }
        if (!ours.isSame(booking)) {
            return Optional.of(Kind.NOT_THE_SAME);
        }
        if (ours.isCancelled()) {
            return Optional.of(Kind.PAID_THOUGH_CANCELLED);
        }
        if (ours.outsideReference() != null) {
            return Optional.of(Kind.PAID_TWICE);
        }
        return ours.isSettled() ? Optional.empty() : Optional.of(Kind.PAID_NOT_RECORDED);
    }

    /** What we have as paid on this day and the provider has not, not even a day earlier or later; empty if unreadable. */
    private Optional<List<BookedPayout>> missingThere(LocalDate day, List<Booking> theirs) {
        var keys = byKey(theirs.stream());
        var missing = books
                .settledByProvider(
                        day.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .stream()
                .filter(payout -> !keys.containsKey(payout.id()))
                .toList();
        if (missing.isEmpty()) {
            return Optional.of(missing);
        }
        var before = provider.settledOn(day.minusDays(1));
        var after = provider.settledOn(day.plusDays(1));
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        var around = byKey(Stream.concat(before.get().stream(), after.get().stream()));
        return Optional.of(missing.stream()
                .filter(payout -> !around.containsKey(payout.id()))
                .toList());
    }

    private static Map<String, Booking> byKey(Stream<Booking> bookings) {
        return bookings.collect(Collectors.toMap(Booking::key, Function.identity(), (one, other) -> one));
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("aftersale.books.differences", books, Books::open)
                .description("Differences to the provider's book that finance has not answered")
                .register(registry);
        Gauge.builder("aftersale.books.days.behind", this, Reconciliation::daysBehind)
                .description("Finished days that were not compared with the provider's book; more than 1 is too many")
                .register(registry);
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("differences", books.open())
                .withDetail("daysBehind", daysBehind())
                .build();
    }

    /** Before the first comparison there is nothing to be behind of. */
    private long daysBehind() {
        LocalDate yesterday = today().minusDays(1);
        return books.lastDay()
                .map(day -> Math.max(0, ChronoUnit.DAYS.between(day, yesterday)))
                .orElse(0L);
    }
}
