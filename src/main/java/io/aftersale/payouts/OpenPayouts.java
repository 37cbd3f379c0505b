package io.aftersale.payouts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts the money that is under way, for those who watch: payouts by how far they have come, and those where the
 * provider's word and our record contradict each other. It moves none.
 */
@Component
class OpenPayouts implements MeterBinder, HealthIndicator {
    private static final List<PayoutStatus> OPEN = List.of(
            PayoutStatus.RESERVED,
            PayoutStatus.SENDING,
            PayoutStatus.PENDING,
            PayoutStatus.UNKNOWN,
            PayoutStatus.FAILED);

    private final JdbcClient jdbc;

    OpenPayouts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (PayoutStatus status : OPEN) {
            Gauge.builder("aftersale.payouts.open", this, all -> all.count(status))
                    .description("Payouts without an end, by how far they have come")
                    .tag("status", status.name())
                    .register(registry);
        }
        Gauge.builder("aftersale.payouts.contradicted", this, OpenPayouts::contradicted)
                .description("Payouts where the provider's word and our record contradict each other")
                .register(registry);
    }

    @Override
    public Health health() {
        var open = new LinkedHashMap<String, Long>();
        OPEN.forEach(status -> open.put(status.name(), count(status)));
        return Health.up()
                .withDetail("open", open)
                .withDetail("contradicted", contradicted())
                .build();
    }

    private long count(PayoutStatus status) {
        return jdbc.sql("select count(*) from payout where status = :status")
                .param("status", status.name())
                .query(Long.class)
                .single();
    }

    private long contradicted() {
        return jdbc.sql("select count(*) from payout where contradiction is not null")
                .query(Long.class)
                .single();
    }
}
