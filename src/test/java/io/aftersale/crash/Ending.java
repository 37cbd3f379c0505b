package io.aftersale.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time after the killing, when every case comes to its end. An operator meanwhile has jobs that failed tried again
 * at once, since some of them would wait for an hour.
 */
class Ending {
    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    private final Customers customers;
    private final JdbcClient jdbc;

    Ending(Customers customers, JdbcClient jdbc) {
        this.customers = customers;
        this.jdbc = jdbc;
    }

    /** @return the cases that did not come to their end within that time, as faults */
    List<String> await(Duration most) {
        var end = Instant.now().plus(most);
        var open = new ArrayList<>(customers.claims);
        var rated = customers.ratings.stream().collect(Collectors.groupingBy(Stars::sku, Collectors.counting()));
        while (!(open.isEmpty() && rated.isEmpty()) && Instant.now().isBefore(end)) {
            open.removeIf(claim -> claim.end().equals(Customers.status(customers.sheet(claim.number()))));
            rated.entrySet()
                    .removeIf(it -> it.getValue()
                            == customers.rating(it.getKey()).path("count").asLong());
            if (!(open.isEmpty() && rated.isEmpty())) {
                tryFailedJobsAgain();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            }
        }
        while (eventsToApply() > 0 && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }
        return open.stream()
                .map(claim -> "Left open: " + claim + " is " + Customers.status(customers.sheet(claim.number())))
                .toList();
    }

    private long eventsToApply() {
        return jdbc.sql("select count(*) from callback where state = 'RECEIVED'")
                .query(Long.class)
                .single();
    }

    private void tryFailedJobsAgain() {
        var operator = customers.desk("admin").http();
        var failed = operator.get("/engine-rest/job?withException=true&maxResults=100");
        if (failed.status() == 200) {
            for (JsonNode job : failed.json()) {
                String place = "/engine-rest/job/" + job.path("id").asText();
                operator.put(place + "/duedate", "{\"duedate\":\"" + NOW.format(ZonedDateTime.now()) + "\"}");
                if (job.path("retries").asInt() == 0) {
                    operator.put(place + "/retries", "{\"retries\":3}");
                }
            }
        }
    }
}
