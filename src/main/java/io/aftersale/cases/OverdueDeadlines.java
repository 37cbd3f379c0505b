package io.aftersale.cases;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the waits that should be over, for those who watch. It ends none: that is for the timers of the diagrams. */
@Component
class OverdueDeadlines implements MeterBinder, HealthIndicator {
    private final JdbcClient jdbc;
    private final Clock clock;

    OverdueDeadlines(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "aftersale.deadlines.overdue",
                        this,
                        all -> all.byOwner().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .description("Waits that are past their due time")
                .register(registry);
    }

    @Override
    public Health health() {
        return Health.up().withDetail("overdue", byOwner()).build();
    }

    private Map<String, Long> byOwner() {
        var owners = new TreeMap<String, Long>();
        jdbc.sql("""
                        select owner, count(*) as waits from deadline
                        where closed_at is null and due_at < :now group by owner
                        """)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(row -> {
                    owners.put(row.getString("owner"), row.getLong("waits"));
                });
        return owners;
    }
}
