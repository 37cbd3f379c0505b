package io.aftersale.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL of our own that keeps what it promised, and that can be killed and started again on what is left. */
class MortalDatabase implements AutoCloseable {
    private static final int TRIES = 60;

    private final Path folder;
    private final int port;
    private final AtomicInteger kills = new AtomicInteger();
    private volatile long lastAwayNanos = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private volatile EmbeddedPostgres server;

    MortalDatabase(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        server = start();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    JdbcClient jdbc() {
        return JdbcClient.create(server.getPostgresDatabase());
    }

    int kills() {
        return kills.get();
    }

    /** Whether it was away at some time since then, by {@link System#nanoTime}. */
    boolean wasAwaySince(long nanos) {
        return lastAwayNanos - nanos > 0;
    }

    /** SIGKILL for its first process; the others end by themselves. Then it is started again. */
    void killAndStart(long awayMillis) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        lastAwayNanos = System.nanoTime();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        kills.incrementAndGet();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(awayMillis));
        for (int tryNo = 1; ; tryNo++) {
            try {
                // The lock of the server that was killed is still held by this JVM.
                Files.deleteIfExists(folder.resolve("epg-lock"));
                server = start();
                lastAwayNanos = System.nanoTime();
                return;
            } catch (IOException | IllegalStateException notYet) {
                if (tryNo == TRIES) {
                    throw notYet;
                }
                lastAwayNanos = System.nanoTime();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
