package io.aftersale.engine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows whether the engine's own work gets done: incidents, which wait for an operator in Cockpit, and jobs that are due.
 * A node is not unwell because a job is stuck, so this is a detail of its health and never a reason to restart it.
 */
@Component
class StuckJobs implements MeterBinder, HealthIndicator {
    private final RuntimeService runtime;
    private final ManagementService jobs;
    private final OwnAuthority authority;

    StuckJobs(RuntimeService runtime, ManagementService jobs, OwnAuthority authority) {
        this.runtime = runtime;
        this.jobs = jobs;
        this.authority = authority;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("aftersale.incidents", this, StuckJobs::incidents)
                .description("Steps that failed for good and wait for an operator")
                .register(registry);
        Gauge.builder("aftersale.jobs.due", this, StuckJobs::due)
                .description("Jobs that are due and not yet done")
                .register(registry);
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("incidents", incidents())
                .withDetail("jobsDue", due())
                .build();
    }

    private long incidents() {
        return authority.call(() -> runtime.createIncidentQuery().count());
    }

    private long due() {
        return authority.call(() -> jobs.createJobQuery().executable().count());
    }
}
