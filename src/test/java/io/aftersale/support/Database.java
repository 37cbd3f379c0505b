package io.aftersale.support;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
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
        /** Our tables are made if they are not there. Its connections are few; they go with the test's JVM. */
        public DataSource open() {
            var source = new HikariDataSource();
            source.setJdbcUrl(url);
            source.setMaximumPoolSize(8);
            source.setUsername(user);
            source.setPassword("");
            Flyway.configure().dataSource(source).load().migrate();
            return source;
        }
    }

    /** It goes after the application does, which else waits for connections that never come. */
    static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setRegisterShutdownHook(false)
                        .start();
                SpringApplication.getShutdownHandlers().add(Database::stop);
            } catch (IOException unstartable) {
                throw new UncheckedIOException(unstartable);
            }
        }
        return server;
    }

    private static void stop() {
        try {
            server.close();
        } catch (IOException unstoppable) {
            throw new UncheckedIOException(unstoppable);
        }
    }
}
