package io.aftersale.crash;

import io.aftersale.support.Http;
import io.aftersale.support.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final Wire wire;
    private final MortalDatabase database;
    private final Fates fates;
    final Queue<Duration> recoveries = new ConcurrentLinkedQueue<>();
    final AtomicInteger refusedStarts = new AtomicInteger();
    private Node node;
    private long startedNanos;

    House(
            int port,
            int outsidePort,
            Map<String, String> settings,
            List<String> java,
            Path printed,
            MortalDatabase database,
            Fates fates) {
        this.port = port;
        this.stranger = Http.stranger(port);
        this.java = java;
        this.printed = printed;
        this.database = database;
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
            live(fates.deal());
        }
        do {
            begin(new TreeMap<>());
        } while (!awaitReady(Instant.now().plus(MOST_TO_START), null));
    }

    private void live(Fate fate) {
        begin(fate.environment());
        Node mine = node;
        if (fate.point() != null && fate.point().edge.isOnTheWire()) {
            wire.set(fate.point(), mine::kill);
        }
        if (fate.isAtStart()) {
            awaitEnd(fate.millis());
            kill(Fate.STARTING, fate.point(), mine);
        } else if (awaitReady(Instant.now().plus(MOST_TO_START), fate.point())) {
            if (!awaitEnd(fate.millis())) {
                kill(Fate.ANY_MOMENT, fate.point(), mine);
            } else {
                countEnd(fate.point());
            }
        }
        wire.set(null, null);
    }

    private void begin(Map<String, String> fate) {
        var all = new TreeMap<>(settings);
        all.putAll(fate);
        startedNanos = System.nanoTime();
        node = Node.start(all, printed, java);
    }

    /** @return false when the node ended before it was ready */
    private boolean awaitReady(Instant end, Point point) {
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
        countEnd(point);
        return false;
    }

    private boolean isReady() {
        try {
            return stranger.get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** @return whether it ended by itself within that time */
    private boolean awaitEnd(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (node.isAlive() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return !node.isAlive();
    }

    private void kill(String moment, Point point, Node mine) {
        boolean isMine = mine.isAlive();
        mine.kill();
        if (isMine) {
            fates.count(moment);
        } else {
            countEnd(point);
        }
    }

    /** It ended without us: at its point, or because there was no database to start with. */
    private void countEnd(Point point) {
        if (node.exitCode() == KILLED && point != null) {
            fates.count(point);
        } else if (node.exitCode() != KILLED && database.wasAwaySince(startedNanos)) {
            refusedStarts.incrementAndGet();
        } else {
            throw new AssertionError(
                    "The node on port " + port + " ended by itself with " + node.exitCode() + ":\n" + tail());
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
