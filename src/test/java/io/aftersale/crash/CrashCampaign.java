package io.aftersale.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.sandbox.Sandbox;
import io.aftersale.sandbox.SandboxApart;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Node;
import io.aftersale.support.Places;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the application again and again while people work with it: several nodes on one PostgreSQL with fsync on, each
 * killed at a named point of a payout or a shipment or at any moment, over roads that fail in every way the sandbox
 * knows; now and then the database is killed as well. In the end nothing may be lost, doubled or left open. Not part of
 * the suite: {@code ./mvnw verify -Pcrash} runs it, as docs/testing.md tells.
 */
class CrashCampaign {
    private static final int CUSTOMERS = 6;
    private static final Duration MOST_TO_END = Duration.ofMinutes(10);
    private static final Duration MOST_REST = Duration.ofSeconds(150);
    private static final int MANY_KILLS = 250;

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final Duration length = Duration.ofMinutes(Integer.getInteger("crash.minutes", 30));
    private final int nodes = Integer.getInteger("crash.nodes", 4);
    private final int mostKills = Integer.getInteger("crash.kills", Integer.MAX_VALUE);
    private final Random chance = new Random(seed);
    private final Fates fates = new Fates(chance.nextLong());
    private final Instant begun = Instant.now();
    private final Path folder = Path.of("target", "crash", String.valueOf(seed)).toAbsolutePath();
    private volatile boolean isOver;

    @Test
    void nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        System.out.printf(
                "Crash campaign of %d minutes with seed %d; the nodes print to %s%n", length.toMinutes(), seed, folder);
        // What an earlier campaign with this seed has left would be counted as well.
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
        var ports = IntStream.range(0, nodes).mapToObj(i -> port()).toList();
        var doors = new Doors(ports);
        var crowd = Executors.newCachedThreadPool();
        var houses = new ArrayList<House>();
        try (var database = new MortalDatabase(folder.resolve("database"), port());
                var sandbox = SandboxApart.start(folder.resolve("book.jsonl"), () -> callbacksTo(doors))) {
            var settings = settings(database);
            var java = archive(settings);
            for (int port : ports) {
                houses.add(new House(
                        port,
                        sandbox.port(),
                        settings,
                        java,
                        folder.resolve("node-" + port + ".log"),
                        database,
                        houses.isEmpty() ? fates::dealLongLife : fates::deal,
                        fates));
            }
            var customers = new Customers(doors, sandbox.port(), () -> isOver);
            kill(crowd, houses, customers, database);
            var stuck = new Ending(customers, database.jdbc()).await(MOST_TO_END);
            var books = read(database, sandbox, customers);
            var faults = new ArrayList<>(stuck);
            faults.addAll(customers.broken);
            faults.addAll(new Auditor(books).faults(customers.claims, customers.ratings));
            var report = report(houses, customers, database, books, faults).toString();
            Files.writeString(folder.resolve("report.txt"), report);
            System.out.println(report);
            assertThat(faults).as("seed " + seed).isEmpty();
            if (fates.kills() >= MANY_KILLS) {
                assertThat(fates.byPoint()).as("kills by point").doesNotContainValue(0);
            }
        } finally {
            isOver = true;
            crowd.shutdownNow();
            for (House house : houses) {
                house.close();
            }
        }
    }

    /** The time of dying, then one node in each house that stays. */
    private void kill(ExecutorService crowd, List<House> houses, Customers customers, MortalDatabase database)
            throws Exception {
        var lives = houses.stream()
                .map(house ->
                        CompletableFuture.runAsync(() -> house.run(() -> isOver || fates.kills() >= mostKills), crowd))
                .toList();
        var tales = IntStream.range(0, CUSTOMERS)
                .mapToObj(i -> new Random(chance.nextLong()))
                .map(own -> CompletableFuture.runAsync(() -> customers.run(own), crowd))
                .toList();
        // The rest of the time is for what was interrupted last: the longest lease is one minute.
        long rest = Math.min(length.toSeconds() / 3, MOST_REST.toSeconds());
        Instant end = Instant.now().plus(length).minusSeconds(rest);
        Instant nextBlow = Instant.now().plus(length.dividedBy(4));
        while (Instant.now().isBefore(end)) {
            lives.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
            if (mostKills > 0 && Instant.now().isAfter(nextBlow)) {
                database.killAndStart(200 + chance.nextInt(2_000));
                nextBlow = Instant.now().plusSeconds(60 + chance.nextInt(180));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        isOver = true;
        all(lives).get(10, TimeUnit.MINUTES);
        all(tales).get(15, TimeUnit.MINUTES);
    }

    /** A free port that no outgoing connection takes while its server is away. */
    private static int port() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> ways) {
        return CompletableFuture.allOf(ways.toArray(CompletableFuture[]::new));
    }

    /** Those outside tell any node, as a load balancer would. */
    private static URI callbacksTo(Doors doors) {
        return URI.create("http://127.0.0.1:" + doors.next() + "/api/callbacks/payments");
    }

    /** Locks and patience are short, so that what a kill interrupted is taken up within the campaign. */
    private Map<String, String> settings(MortalDatabase database) {
        var settings = new TreeMap<String, String>();
        settings.put("SPRING_PROFILES_ACTIVE", "demo");
        settings.put("SPRING_DATASOURCE_URL", database.url());
        settings.put("SPRING_DATASOURCE_USERNAME", "postgres");
        settings.put("AFTERSALE_SAMPLES", "false");
        settings.put("AFTERSALE_CARDKEYFILE", folder.resolve("card.key").toString());
        settings.put("AFTERSALE_SANDBOX_ENABLED", "false");
        settings.put("AFTERSALE_PAYMENTS_DEADLINE", "1s");
        settings.put("AFTERSALE_PAYMENTS_CONNECTDEADLINE", "500ms");
        settings.put("AFTERSALE_PAYMENTS_BACKOFF", "1s,2s,3s");
        settings.put("AFTERSALE_LOGISTICS_DEADLINE", "1s");
        settings.put("CAMUNDA_BPM_JOBEXECUTION_LOCKTIMEINMILLIS", "10000");
        settings.put("SPRINGDOC_APIDOCS_ENABLED", "false");
        settings.put("SPRINGDOC_SWAGGERUI_ENABLED", "false");
        return settings;
    }

    /**
     * A first node makes the tables and, when it ends in order, the archive of classes with which the others start.
     *
     * @return what the JVM of a node is told
     */
    private List<String> archive(Map<String, String> settings) throws IOException {
        String classPath = Traps.pack(folder.resolve("node.jar"));
        // A node has no core to spare for what Spring else prepares in the background.
        var java = new ArrayList<>(List.of(
                "-Xmx768m", "-XX:+UseSerialGC", "-Dspring.backgroundpreinitializer.ignore=true", "-cp", classPath));
        Path archive = folder.resolve("node.jsa");
        int port = port();
        var first = new TreeMap<>(settings);
        first.put("SERVER_PORT", String.valueOf(port));
        first.put("AFTERSALE_PAYMENTS_URL", "http://127.0.0.1:1");
        first.put("AFTERSALE_LOGISTICS_STOCKURL", "http://127.0.0.1:1");
        first.put("AFTERSALE_LOGISTICS_CARRIERURL", "http://127.0.0.1:1");
        var recording = new ArrayList<>(java);
        recording.add(0, "-XX:ArchiveClassesAtExit=" + archive);
        Node node = Node.start(first, folder.resolve("first.log"), recording);
        Eventually.get(() -> node.isReadyAt(port), Boolean::booleanValue, Duration.ofMinutes(5));
        node.stop();
        java.add(0, "-XX:SharedArchiveFile=" + archive);
        return java;
    }

    private Books read(MortalDatabase database, Sandbox sandbox, Customers customers) throws IOException {
        var outside = Http.stranger(sandbox.port());
        var cards = new ArrayList<>(Places.with(Purchase.CARD, database.jdbc()));
        try (var logs = Files.list(folder)) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                if (Files.readString(log).contains(Purchase.CARD)) {
                    cards.add(log.getFileName().toString());
                }
            }
        }
        JsonNode moved = outside.get("/stock/journal").json().path("movements");
        JsonNode reserved = outside.get("/stock/reservations").json().path("reservations");
        var ratings = customers.ratings.stream()
                .map(Stars::sku)
                .distinct()
                .map(customers::rating)
                .toList();
        return Books.read(
                database.jdbc(), outside.get("/journal").json().path("refunds"), moved, reserved, ratings, cards);
    }

    private Report report(
            List<House> houses, Customers customers, MortalDatabase database, Books books, List<String> faults) {
        var tales = new TreeMap<Tale, Integer>();
        customers.claims.forEach(claim -> tales.merge(claim.tale(), 1, Integer::sum));
        var recoveries = houses.stream()
                .flatMap(house -> house.recoveries.stream())
                .sorted()
                .toList();
        int refusedStarts =
                houses.stream().mapToInt(house -> house.refusedStarts.get()).sum();
        var report = new Report();
        report.line(
                "Crash campaign with seed %d: %d s on %d nodes",
                seed, Duration.between(begun, Instant.now()).toSeconds(), nodes);
        report.kills(fates, database.kills(), refusedStarts);
        report.recoveries(recoveries);
        report.line("Requests: %d, by answer %s", customers.requests(), customers.answersByKind());
        report.line("Cases: %d, by tale %s", customers.claims.size(), tales);
        report.line("Ratings: %d", customers.ratings.size());
        report.counts("Faults of those outside, as asked for", new TreeMap<>(customers.trouble));
        report.unknownOutcomes(books);
        report.line(
                "Goods: %d movements, %d reservations",
                books.movements().size(), books.reservations().size());
        report.line("Lost, doubled or left open: %d", faults.size());
        faults.stream().limit(100).forEach(fault -> report.line("  %s", fault));
        report.line("Seed %d", seed);
        return report;
    }
}
