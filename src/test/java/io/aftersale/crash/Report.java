package io.aftersale.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a campaign was like, for people. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    void line(String format, Object... values) {
        text.append(format.formatted(values)).append(System.lineSeparator());
    }

    void kills(Fates fates, int databaseKills, int refusedStarts) {
        line("Kills of the application: %d, of the database: %d", fates.kills(), databaseKills);
        fates.byPoint().forEach((point, times) -> line("  %-34s %3d", word(point), times));
        fates.elsewhere().forEach((moment, times) -> line("  %-34s %3d", moment, times));
        line("Starts that ended because the database was away: %d", refusedStarts);
    }

    private static String word(Point point) {
        return point.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    void counts(String what, Map<?, ?> counts) {
        line("%s: %s", what, counts);
    }

    /** How long a node took from its start, right after a kill, until it was ready. */
    void recoveries(List<Duration> sorted) {
        if (!sorted.isEmpty()) {
            line(
                    "Ready again after a kill: %s (median), %s (95 %%), %s (most), of %d",
                    seconds(sorted.get(sorted.size() / 2)),
                    seconds(sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * 0.95)))),
                    seconds(sorted.get(sorted.size() - 1)),
                    sorted.size());
        }
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }

    /** Payouts whose outcome nobody knew for a while, by what they came to. */
    void unknownOutcomes(Books books) {
        var ends = new TreeMap<String, Integer>();
        var attempts = new TreeMap<String, Integer>();
        for (JsonNode payout : books.rows("payouts")) {
            if (payout.path("was_unknown").asBoolean()) {
                String how = payout.path("outside_reference").isNull() ? "" : " by finance";
                ends.merge(payout.path("status").asText() + how, 1, Integer::sum);
            }
        }
        for (JsonNode attempt : books.rows("attempts")) {
            attempts.merge(attempt.path("outcome").asText("none"), 1, Integer::sum);
        }
        line(
                "Payouts: %d; their outcome was not known for a while, and then: %s",
                books.rows("payouts").size(), ends);
        line(
                "Sends by outcome: %s; bookings at the provider: %d",
                attempts, books.provider().size());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
