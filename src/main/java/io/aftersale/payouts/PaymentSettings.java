package io.aftersale.payouts;

import io.aftersale.problems.StartRefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The payment provider's address and our patience with it.
 *
 * @param url the provider's address, without a slash at the end
 * @param token our bearer token there
 * @param callbackSecret signs what the provider tells us
 * @param deadline for one call as a whole, at most 15 s
 * @param connectDeadline for the connection alone
 * @param backoff the waits between questions after an outcome that is not known; the last one repeats
 */
@ConfigurationProperties("aftersale.payments")
record PaymentSettings(
        URI url,
        String token,
        String callbackSecret,
        @DefaultValue("10s") Duration deadline,
        @DefaultValue("3s") Duration connectDeadline,
        @DefaultValue({"10s", "1m", "5m", "15m", "1h"}) List<Duration> backoff) {
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(15);
    private static final int LOCK_PER_DEADLINE = 10;

    PaymentSettings {
        require(url, "url");
        require(token, "token");
        require(callbackSecret, "callback-secret");
        if (deadline.compareTo(LONGEST_DEADLINE) > 0 || connectDeadline.compareTo(deadline) > 0) {
            throw new StartRefusedException("aftersale.payments.deadline is " + deadline + " with " + connectDeadline
                    + " to connect; it may be " + LONGEST_DEADLINE + " at most and holds the connect-deadline.");
        }
    }

    private static void require(Object value, String name) {
        if (value == null || value.toString().isBlank()) {
            throw new StartRefusedException("The payment provider needs aftersale.payments." + name
                    + "; set it in the environment (AFTERSALE_PAYMENTS_"
                    + name.toUpperCase(java.util.Locale.ROOT).replace("-", "") + ").");
        }
    }

    /**
     * A job whose lock runs out while it waits for the provider is begun again by others, so the lock has to be far
     * longer than any call.
     */
    void checkAgainst(Duration jobLock) {
        if (jobLock.compareTo(deadline.multipliedBy(LOCK_PER_DEADLINE)) < 0) {
            throw new StartRefusedException("The job lock of " + jobLock + " is shorter than " + LOCK_PER_DEADLINE
                    + " times the provider's deadline of " + deadline + "; lengthen the lock or shorten the deadline.");
        }
    }

    /** Real money has no place in the demo's database, which is for one node and for trying out. */
    void checkAgainst(String databaseUrl) {
        if (databaseUrl.startsWith("jdbc:h2:") && !isOnThisMachine()) {
            throw new StartRefusedException("The payment provider at " + url + " is a real one and the database is H2,"
                    + " which is for the demo alone; set SPRING_DATASOURCE_URL to a PostgreSQL database and start with"
                    + " the profile 'postgres'.");
        }
    }

    private boolean isOnThisMachine() {
        String host = url.getHost();
        return host != null
                && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}"));
    }

    /** How long a hold on a payout lasts: a question and a send, and time to write the result. */
    Duration lease() {
        return deadline.multipliedBy(2).plusSeconds(10);
    }

    Duration waitBefore(int check) {
        return backoff.get(Math.min(check, backoff.size() - 1));
    }

    /** Keeps the secrets out of every log. */
    @Override
    public String toString() {
        return "payment provider at " + url;
    }
}
