package io.aftersale.support;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
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
        String newUrl() {
            return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
        }
    },
    POSTGRESQL {
        @Override
        String newUrl() {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            JdbcClient.create(server().getPostgresDatabase())
                    .sql("create database " + name)
                    .update();
            return server().getJdbcUrl("postgres", name);
        }
    };

    private static EmbeddedPostgres server;

    abstract String newUrl();

    /** A fresh database with all our tables. Its connections are few; it goes with the test's JVM. */
    public DataSource open() {
        var source = new HikariDataSource();
        source.setJdbcUrl(newUrl());
        source.setMaximumPoolSize(8);
        source.setUsername(this == H2 ? "sa" : "postgres");
        source.setPassword("");
        Flyway.configure().dataSource(source).load().migrate();
        return source;
    }

    static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder().start();
            } catch (IOException unstartable) {
                throw new UncheckedIOException(unstartable);
            }
        }
        return server;
    }
}
