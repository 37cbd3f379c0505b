package io.aftersale.support;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The two databases that every store has to run on. Each call gives a database of its own, made by our migrations; the
 * PostgreSQL server is a real one, started once.
 */
public enum Database {
    H2 {
        @Override
        protected String newUrl() {
            return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
        }
    },
    POSTGRESQL {
        @Override
        protected String newUrl() {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            JdbcClient.create(server().getPostgresDatabase())
                    .sql("create database " + name)
                    .update();
            return "jdbc:postgresql://127.0.0.1:" + server().getPort() + "/" + name;
        }
    };

    private static final Duration MOST_TO_CLOSE = Duration.ofSeconds(20);
    private static final Queue<HikariDataSource> OPEN = new ConcurrentLinkedQueue<>();
    private static EmbeddedPostgres server;

    /** The database that the application under test runs on. */
    static Database underTest() {
        return valueOf(System.getProperty("test.database", H2.name()));
    }

    /** Makes an empty database and says where it is. */
    protected abstract String newUrl();

    private String user() {
        return this == H2 ? "sa" : "postgres";
    }

    /** Where an empty database is that was just made. */
    public Address address() {
        return new Address(newUrl(), user());
    }

    /** A fresh database with all our tables. */
    public DataSource open() {
        return address().open();
    }

    /** Where a database is, and whose it is; nobody asks for a password here. */
    public record Address(String url, String user) {
        /** Our tables are made if they are not there. */
        public DataSource open() {
            var source = new HikariDataSource();
            source.setJdbcUrl(url);
            source.setMaximumPoolSize(8);
            source.setMinimumIdle(0);
            source.setUsername(user);
            source.setPassword("");
            Flyway.configure().dataSource(source).load().migrate();
            OPEN.add(source);
            return source;
        }
    }

    static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setRegisterShutdownHook(false)
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(Database::stop, "database"));
            } catch (IOException unstartable) {
                throw new UncheckedIOException(unstartable);
            }
        }
        return server;
    }

    /** It goes after the applications do, which are closed at the same time and else wait for connections in vain. */
    private static void stop() {
        OPEN.forEach(HikariDataSource::close);
        long end = System.nanoTime() + MOST_TO_CLOSE.toNanos();
        while (isInUse() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        try {
            server.close();
        } catch (IOException unstoppable) {
            throw new UncheckedIOException(unstoppable);
        }
    }

    private static boolean isInUse() {
        return JdbcClient.create(server.getPostgresDatabase())
                .sql("""
                select exists (select 1 from pg_stat_activity
                               where backend_type = 'client backend' and pid <> pg_backend_pid())
                """)
                .query(Boolean.class)
                .single();
    }
}
