package io.aftersale.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.sandbox.Sandbox;
import io.aftersale.sandbox.SandboxApart;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Node;
import io.aftersale.support.Surroundings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Kills the application again and again while customers apply, reviewers decide and money goes back over a road that
 * fails in every way the sandbox knows. It runs on PostgreSQL with fsync on, in a process of its own; database and
 * provider live on. In the end nothing may be lost, doubled or left open. Not part of the suite: {@code ./mvnw verify
 * -Pcrash} runs it, {@code -Dcrash.seed=} repeats its choices and {@code -Dcrash.kills=} says how often.
 */
class CrashCampaign {
    private static final int CUSTOMERS = 4;
    private static final Duration MOST_TO_SETTLE = Duration.ofMinutes(5);

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final int kills = Integer.getInteger("crash.kills", 20);
    private final Random chance = new Random(seed);
    private final List<Duration> recoveries = new ArrayList<>();
    private volatile boolean isOver;

    @TempDir
    private Path folder;

    @Test
    void nothing_is_lost_and_nothing_is_paid_twice() throws Exception {
        System.out.printf("Crash campaign with seed %d and %d kills%n", seed, kills);
        int port = Surroundings.freePort();
        var begun = Instant.now();
        try (var postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                var provider = SandboxApart.start(
                        folder.resolve("book.jsonl"),
                        URI.create("http://127.0.0.1:" + port + "/api/callbacks/payments"))) {
            var settings = settings(port, postgres, provider);
            var jdbc = JdbcClient.create(postgres.getPostgresDatabase());
            var customers = new Customers(port, () -> isOver);
            Node node = start(settings, port);
            var crowd = Executors.newFixedThreadPool(CUSTOMERS);
            try {
                var walks = new ArrayList<CompletableFuture<Void>>();
                for (int i = 0; i < CUSTOMERS; i++) {
                    var own = new Random(chance.nextLong());
                    walks.add(CompletableFuture.runAsync(() -> customers.run(own), crowd));
                }
                for (int kill = 0; kill < kills; kill++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + chance.nextInt(5_000)));
                    node.kill();
                    node = start(settings, port);
                }
                isOver = true;
                CompletableFuture.allOf(walks.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);
                awaitPeace(customers, port);
                var journal =
                        Http.stranger(provider.port()).get("/journal").json().path("refunds");
                report(customers, jdbc, journal, begun);
                assertThat(new Books(jdbc, journal).faults(customers.claims)).isEmpty();
            } finally {
                isOver = true;
                crowd.shutdownNow();
                node.kill();
            }
        }
    }

    /** Locks and patience are short, so that what a kill interrupted is taken up within the campaign. */
    private Map<String, String> settings(int port, EmbeddedPostgres postgres, Sandbox provider) {
        String outside = "http://127.0.0.1:" + provider.port();
        var settings = new TreeMap<String, String>();
        settings.put("SPRING_PROFILES_ACTIVE", "demo");
        settings.put("SERVER_PORT", String.valueOf(port));
        settings.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
        settings.put("SPRING_DATASOURCE_USERNAME", "postgres");
        settings.put("AFTERSALE_SAMPLES", "false");
        settings.put("AFTERSALE_CARDKEYFILE", folder.resolve("card.key").toString());
        settings.put("AFTERSALE_SANDBOX_ENABLED", "false");
        settings.put("AFTERSALE_PAYMENTS_URL", outside + "/payments");
        settings.put("AFTERSALE_PAYMENTS_DEADLINE", "1s");
        settings.put("AFTERSALE_PAYMENTS_CONNECTDEADLINE", "500ms");
        settings.put("AFTERSALE_PAYMENTS_BACKOFF", "1s,2s,3s");
        settings.put("AFTERSALE_LOGISTICS_STOCKURL", outside + "/stock");
        settings.put("AFTERSALE_LOGISTICS_CARRIERURL", outside + "/carrier");
        settings.put("CAMUNDA_BPM_JOBEXECUTION_LOCKTIMEINMILLIS", "10000");
        return settings;
    }

    private Node start(Map<String, String> settings, int port) {
        var from = Instant.now();
        Node node = Node.start(settings, folder.resolve("printed"));
        Eventually.get(() -> node.isReadyAt(port), Boolean::booleanValue, Duration.ofMinutes(2));
        recoveries.add(Duration.between(from, Instant.now()));
        return node;
    }

    private static void awaitPeace(Customers customers, int port) {
        var shop = Http.as(port, "shop");
        for (Claim claim : customers.claims) {
            String end = claim.isApproved() ? "COMPLETED" : "REJECTED";
            Eventually.get(() -> customers.statusOf(claim, shop), end::equals, MOST_TO_SETTLE);
        }
    }

    private void report(Customers customers, JdbcClient jdbc, JsonNode journal, Instant begun) {
        var outcomes = new TreeMap<String, Long>();
        jdbc.sql("select coalesce(outcome, 'none') as outcome, count(*) as attempts from payout_attempt group by 1")
                .query(row -> {
                    outcomes.put(row.getString("outcome"), row.getLong("attempts"));
                });
        long paid = customers.claims.stream().mapToLong(Claim::dueMinor).sum();
        recoveries.sort(Duration::compareTo);
        System.out.printf(
                "Crash campaign, seed %d: %d kills in %d s; %d cases, %d requests, %d without an answer, %d refused;"
                        + " %d refunds of %d.%02d booked by the provider; attempts by outcome %s;"
                        + " ready again after %.1f s (median), %.1f s (most)%n",
                seed,
                kills,
                Duration.between(begun, Instant.now()).toSeconds(),
                customers.claims.size(),
                customers.requests.get(),
                customers.unanswered.get(),
                customers.refused.get(),
                journal.size(),
                paid / 100,
                paid % 100,
                outcomes,
                recoveries.get(recoveries.size() / 2).toMillis() / 1000.0,
                recoveries.get(recoveries.size() - 1).toMillis() / 1000.0);
    }
}
