package io.aftersale.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TimeZone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares this node's clock with the database's, again and again, and lets the node take jobs only while they agree: a
 * lock on a job ends by the clock of whoever looks at it, so a node that is ahead takes the jobs of others while they
 * still work. It stops jobs and nothing else; people and shops are still served.
 */
class ClockWatch implements HealthIndicator {
    /** The most that two clocks may differ; what a question takes is allowed for on top. */
    static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final JdbcClient jdbc;
    private final InstantSource ours;
    private final JobSwitch jobs;
    private volatile String fault;

    /** Lets this node take jobs, or not. */
    interface JobSwitch {
        void on();

        void off();
    }

    ClockWatch(JdbcClient jdbc, InstantSource ours, JobSwitch jobs) {
        this.jdbc = jdbc;
        this.ours = ours;
        this.jobs = jobs;
    }

    /** Looks once, and turns the switch when what it sees has changed. A database that does not answer changes nothing. */
    synchronized void look() {
        String before = fault;
        fault = zone().or(this::difference).orElse(null);
        if (fault != null && before == null) {
            LOG.error("{} This node takes no jobs until that is mended.", fault);
            jobs.off();
        } else if (fault == null && before != null) {
            LOG.info("The clocks agree again; this node takes jobs.");
            jobs.on();
        }
    }

    @Override
    public Health health() {
        String found = fault;
        return found == null
                ? Health.up().build()
                : Health.down().withDetail("fault", found).build();
    }

    private Optional<String> zone() {
        ZoneId zone = TimeZone.getDefault().toZoneId();
        boolean isUtc = zone.getRules().isFixedOffset()
                && zone.getRules().getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
        return isUtc
                ? Optional.empty()
                : Optional.of("The JVM's zone is " + zone + " instead of UTC: start it with -Duser.timezone=UTC.");
    }

    private Optional<String> difference() {
        Instant asked = ours.instant();
        Instant theirs = jdbc.sql("select current_timestamp")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        Instant answered = ours.instant();
        boolean agrees = !theirs.isBefore(asked.minus(TOLERANCE)) && !theirs.isAfter(answered.plus(TOLERANCE));
        return agrees
                ? Optional.empty()
                : Optional.of("The clock of this node is "
                        + Duration.between(theirs, answered).toMillis()
                        + " ms ahead of the database's: set both by NTP.");
    }
}
