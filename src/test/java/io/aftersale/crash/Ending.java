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

/**
 * The time after the killing, when every case comes to its end. An operator meanwhile has jobs that failed tried again
 * at once, since some of them would wait for an hour.
 */
class Ending {
    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    private final Customers customers;

    Ending(Customers customers) {
        this.customers = customers;
    }

    /** @return the cases that did not come to their end within that time, as faults */
    List<String> await(Duration most) {
        var end = Instant.now().plus(most);
        var open = new ArrayList<>(customers.claims);
        while (!open.isEmpty() && Instant.now().isBefore(end)) {
            open.removeIf(claim -> claim.end().equals(Customers.status(customers.sheet(claim.number()))));
            if (!open.isEmpty()) {
                tryFailedJobsAgain();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            }
        }
        return open.stream()
                .map(claim -> "Left open: " + claim + " is " + Customers.status(customers.sheet(claim.number())))
                .toList();
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
