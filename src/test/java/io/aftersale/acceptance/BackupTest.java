package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Node;
import io.aftersale.support.Programs;
import io.aftersale.support.Shop;
import io.aftersale.support.Surroundings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is worth what its restore is worth: cases that were under way go on to their end in a copy of a stopped
 * server's files, and in a database restored from a dump. Part of the suite on PostgreSQL only.
 */
@EnabledIfSystemProperty(named = "test.database", matches = "POSTGRESQL")
class BackupTest {
    private static final int NEW_SERVER = 17;

    @TempDir
    private Path folder;

    /** Cases of one shop: one that waits for a reviewer, one that was paid. */
    private record UnderWay(String waiting, String paid) {}

    @Test
    void cases_go_on_in_a_copy_of_the_files_of_a_stopped_server() throws Exception {
        Path data = folder.resolve("data");
        Path copy = folder.resolve("copy");
        UnderWay cases;
        try (var server = server(data).start()) {
            cases = begin(url(server, "postgres"));
        }
        copy(data, copy);
        try (var server = server(copy).start()) {
            goOn(url(server, "postgres"), cases);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void cases_go_on_in_a_database_restored_from_a_dump() throws Exception {
        assumeTrue(Programs.find("pg_dump").isPresent(), "There is no pg_dump on the PATH.");
        try (var server = dumpable(folder.resolve("data")).start()) {
            var cases = begin(url(server, "postgres"));
            run(server, "pg_dump", "--format=custom", "--file=aftersale.dump", "postgres");
            restore(server, "restored");
            goOn(url(server, "restored"), cases);
            restore(server, "earlier");
            compareBooks(url(server, "earlier"), cases);
        }
    }

    private void restore(EmbeddedPostgres server, String database) throws Exception {
        run(server, "createdb", "--encoding=UTF8", "--template=template0", database);
        run(server, "pg_restore", "--exit-on-error", "--dbname=" + database, "aftersale.dump");
    }

    /** The provider has paid since the dump: without any job run, an operator is told of it. */
    private void compareBooks(String database, UnderWay cases) {
        int port = Surroundings.freePort();
        var node = start(database, port, Map.of("CAMUNDA_BPM_JOBEXECUTION_ENABLED", "false"));
        try {
            assertThat(Shop.at(port, Clock.systemUTC())
                            .sheet(cases.waiting())
                            .path("paidMinor")
                            .asLong())
                    .isZero();
            var compared =
                    Http.as(port, "admin").post("/api/operations/books/" + LocalDate.now(Clock.systemUTC()), "{}");
            assertThat(compared.json().path("differences").asInt())
                    .as(compared.toString())
                    .isEqualTo(1);
        } finally {
            node.kill();
        }
    }

    /** A pg_dump cannot dump a server that is newer than itself, and a new pg_restore sets what an old server lacks. */
    private EmbeddedPostgres.Builder dumpable(Path data) throws Exception {
        var process = new ProcessBuilder("pg_dump", "--version").start();
        String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int major = Integer.parseInt(version.replaceFirst("(?s)^\\D+(\\d+).*", "$1"));
        return major < NEW_SERVER ? server(data).setPgBinaryResolver(BackupTest::oldServer) : server(data);
    }

    private static InputStream oldServer(String system, String hardware) throws IOException {
        var jar = URI.create("jar:" + Path.of("target", "old-postgres.jar").toUri());
        try (var files = FileSystems.newFileSystem(jar, Map.of())) {
            String name = "postgres-%s-%s.txz".formatted(system, hardware).toLowerCase(Locale.ROOT);
            return new ByteArrayInputStream(Files.readAllBytes(files.getPath(name)));
        }
    }

    /** One of PostgreSQL's own programs, as docs/operations.md has an operator call it. */
    private void run(EmbeddedPostgres server, String... command) throws Exception {
        var program = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        program.environment()
                .putAll(Map.of(
                        "PGHOST", "127.0.0.1", "PGPORT", String.valueOf(server.getPort()), "PGUSER", "postgres"));
        var process = program.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }

    private UnderWay begin(String database) {
        int port = Surroundings.freePort();
        var node = start(database, port);
        try {
            var shop = Shop.at(port, Clock.systemUTC());
            String paid = shop.opens(Shop.application(shop.sells(), 1));
            Desk.of(port, "reviewer").decides(paid, Map.of("decision", "APPROVE"));
            awaitPaid(shop, paid);
            return new UnderWay(shop.opens(Shop.application(shop.sells(), 1)), paid);
        } finally {
            node.kill();
        }
    }

    private void goOn(String database, UnderWay cases) {
        int port = Surroundings.freePort();
        var node = start(database, port);
        try {
            var shop = Shop.at(port, Clock.systemUTC());
            Desk.of(port, "reviewer").decides(cases.waiting(), Map.of("decision", "APPROVE"));
            awaitPaid(shop, cases.waiting());
            assertThat(shop.sheet(cases.paid()).path("paidMinor").asLong()).isEqualTo(3_000);
            String next = shop.opens(Shop.application(shop.sells(), 1));
            assertThat(next).as("numbers go on where they were").isGreaterThan(cases.waiting());
        } finally {
            node.kill();
        }
    }

    private static void awaitPaid(Shop shop, String number) {
        Eventually.get(
                () -> shop.sheet(number), sheet -> sheet.path("paidMinor").asLong() == 3_000);
    }

    /** The demo's users and sandbox on this database; the provider's book is the same before and after. */
    private Node start(String database, int port) {
        return start(database, port, Map.of());
    }

    private Node start(String database, int port, Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "SPRING_PROFILES_ACTIVE",
                "demo",
                "SPRING_DATASOURCE_URL",
                database,
                "SPRING_DATASOURCE_USERNAME",
                "postgres",
                "SERVER_PORT",
                String.valueOf(port),
                "AFTERSALE_SAMPLES",
                "false",
                "AFTERSALE_CARD_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AFTERSALE_SANDBOX_PORT",
                String.valueOf(Surroundings.freePort()),
                "AFTERSALE_SANDBOX_BOOK",
                folder.resolve("book.jsonl").toString()));
        settings.putAll(more);
        var node = Node.start(settings, folder.resolve("printed-" + port));
        Eventually.get(() -> node.isReadyAt(port), Boolean::booleanValue);
        return node;
    }

    private static EmbeddedPostgres.Builder server(Path data) {
        return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.toList();
        }
        for (Path file : all) {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.deleteIfExists(to.resolve("postmaster.pid"));
    }
}
