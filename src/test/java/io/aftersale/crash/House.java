package io.aftersale.crash;

import io.aftersale.support.Http;
import io.aftersale.support.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A place with one port where one node after the other lives and is killed, until it is over; the last one stays. All
 * houses of a campaign share the database.
 */
class House implements AutoCloseable {
    private static final int KILLED = 137;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration MOST_TO_START = Duration.ofMinutes(4);

    private final int port;
    private final Http stranger;
    private final Map<String, String> settings;
    private final List<String> java;
    private final Path printed;
    private final Path lastWord;
    private final Wire wire;
    private final MortalDatabase database;
    private final Supplier<Fate> fate;
    private final Fates fates;
    final Queue<Duration> recoveries = new ConcurrentLinkedQueue<>();
    final AtomicInteger refusedStarts = new AtomicInteger();
    private volatile Point struck;
    private Node node;
    private long startedNanos;

    House(
            int port,
            int outsidePort,
            Map<String, String> settings,
            List<String> java,
            Path printed,
            MortalDatabase database,
            Supplier<Fate> fate,
            Fates fates) {
        this.port = port;
        this.stranger = Http.stranger(port);
        this.java = java;
        this.printed = printed;
        this.lastWord = printed.resolveSibling(printed.getFileName() + ".point");
        this.database = database;
        this.fate = fate;
        this.fates = fates;
        this.wire = new Wire(outsidePort);
        String outside = "http://127.0.0.1:" + wire.port();
        this.settings = new TreeMap<>(settings);
        this.settings.put("SERVER_PORT", String.valueOf(port));
        this.settings.put("AFTERSALE_PAYMENTS_URL", outside + "/payments");
        this.settings.put("AFTERSALE_LOGISTICS_STOCKURL", outside + "/stock");
        this.settings.put("AFTERSALE_LOGISTICS_CARRIERURL", outside + "/carrier");
    }

    int port() {
        return port;
    }

    /** One life after the other, and in the end one that is left in peace. */
    void run(BooleanSupplier isOver) {
        while (!isOver.getAsBoolean()) {
            live(fate.get(), isOver);
        }
        begin(Map.of());
        while (!awaitReady(Instant.now().plus(MOST_TO_START))) {
            countEnd();
            begin(Map.of());
        }
    }

    private void live(Fate fate, BooleanSupplier isOver) {
        begin(fate.environment(lastWord));
        Node mine = node;
        wire.set(fate.points(), point -> {
            struck = point;
            mine.kill();
        });
        boolean isLive = fate.isAtStart() || awaitReady(Instant.now().plus(MOST_TO_START));
        if (isLive && !awaitEnd(fate.millis(), isOver) && mine.isAlive()) {
            mine.kill();
            fates.count(fate.isAtStart() ? Fate.STARTING : Fate.ANY_MOMENT);
        } else {
            countEnd();
        }
        wire.clear();
    }

    private void begin(Map<String, String> fate) {
        var all = new TreeMap<>(settings);
        all.putAll(fate);
        struck = null;
        forgetLastWord();
        startedNanos = System.nanoTime();
        node = Node.start(all, printed, java);
    }

    private void forgetLastWord() {
        try {
            Files.deleteIfExists(lastWord);
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }

    /** @return false when the node ended before it was ready */
    private boolean awaitReady(Instant end) {
        while (node.isAlive()) {
            if (isReady()) {
                recoveries.add(Duration.ofNanos(System.nanoTime() - startedNanos));
                return true;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("The node on port " + port + " does not get ready:\n" + tail());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    private boolean isReady() {
        try {
            return stranger.get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** @return whether it ended by itself within that time, or before it was over */
    private boolean awaitEnd(long millis, BooleanSupplier isOver) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (node.isAlive() && System.nanoTime() - end < 0 && !isOver.getAsBoolean()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return !node.isAlive();
    }

    /** It ended without us: at a point, or because there was no database to start with. */
    private void countEnd() {
        Point point = struck != null ? struck : pointItWrote();
        if (node.exitCode() == KILLED && point != null) {
            fates.count(point);
        } else if (node.exitCode() != KILLED && database.wasAwaySince(startedNanos)) {
            refusedStarts.incrementAndGet();
        } else {
            throw new AssertionError(
                    "The node on port " + port + " ended by itself with " + node.exitCode() + ":\n" + tail());
        }
    }

    private Point pointItWrote() {
        try {
            return Files.exists(lastWord) ? Point.valueOf(Files.readString(lastWord)) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String tail() {
        String all = node.printed();
        return all.substring(Math.max(0, all.length() - 6_000));
    }

    @Override
    public void close() throws IOException {
        if (node != null) {
            node.kill();
        }
        wire.close();
    }
}
