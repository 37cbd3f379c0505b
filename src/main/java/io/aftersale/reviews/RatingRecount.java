package io.aftersale.reviews;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts all ratings anew and tells loudly where the counters differ: in the log, as a metric, and in the health. It
 * mends nothing by itself, since a difference is a fault that somebody must find; docs/operations.md says how.
 */
@Component("ratingCounters")
class RatingRecount implements HealthIndicator, MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(RatingRecount.class);
    private static final int MOST_SHOWN = 20;

    private final Ratings ratings;
    private volatile List<Ratings.Difference> found = List.of();

    RatingRecount(Ratings ratings) {
        this.ratings = ratings;
    }

    /** @return where counters and published reviews differ; empty when all is well */
    @Scheduled(cron = "${aftersale.reviews.recount-at:0 0 4 * * *}")
    List<Ratings.Difference> recount() {
        found = ratings.recount();
        found.stream()
                .limit(MOST_SHOWN)
                .forEach(it -> LOG.error(
                        "The rating of {} of {} on {} is wrong: counted too often by {} (1 to 5 stars)",
                        it.sku(),
                        it.merchantId(),
                        it.day(),
                        it.tooMany()));
        if (!found.isEmpty()) {
            LOG.error("{} days of ratings differ from their published reviews", found.size());
        }
        return found;
    }

    @Override
    public Health health() {
        return found.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("wrongDays", found.size()).build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("aftersale.ratings.differences", this, it -> it.found.size())
                .description("Days whose rating counters differ from the published reviews; must be 0")
                .register(registry);
    }
}
