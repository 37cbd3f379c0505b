package io.aftersale.engine;

import java.time.Duration;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.datatype.DatatypeFactory;

/**
 * A timer that comes again, as a diagram may have it: so many times, each after the same while. It is looked at and never
 * counted out, since the engine counts from the first time to the next one: a while of nothing, or a beginning long ago,
 * keeps it busy for hours. Nor is it worked out by an expression or a calendar of its own.
 */
final class TimeCycle {
    /** What comes more often keeps the engine from its work. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final Pattern RETRIES = Pattern.compile("(R[0-9]{1,3}/)?P[0-9DTHMS]+(\\s*,\\s*P[0-9DTHMS]+)*");
    private static final Pattern REPEATED = Pattern.compile("R[0-9]{0,6}/(P[^/]+)");

    private TimeCycle() {}

    /** Whether the engine can tell from it when a job that failed is tried again. */
    static boolean isRetries(String text) {
        return RETRIES.matcher(text).matches();
    }

    /** Whether the engine would count it out, wherever it stands. */
    static boolean repeats(String text) {
        return text.startsWith("R");
    }

    /** What is wrong with it, ready to stand behind its element's name; empty where it may stand. */
    static Optional<String> fault(String text) {
        var cycle = REPEATED.matcher(text);
        if (!cycle.matches()) {
            return Optional.of("repeats by '" + text + "', which cannot be read");
        }
        try {
            var each = DatatypeFactory.newDefaultInstance().newDuration(cycle.group(1));
            // A month counts as its shortest.
            long millis = each.getTimeInMillis(new GregorianCalendar(2026, Calendar.FEBRUARY, 1));
            return millis < SHORTEST.toMillis()
                    ? Optional.of("repeats by '" + text + "', which is more often than once a minute")
                    : Optional.empty();
        } catch (IllegalArgumentException odd) {
            return Optional.of("repeats by '" + text + "', which cannot be read");
        }
    }
}
