package io.aftersale.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The databases that stores must run on alike, each with our own tables and none of the engine's. Made at the first use
 * and shared by all tests of a JVM, so every test makes data of its own.
 */
public enum Database {
    H2 {
        @Override
        String url() {
            return "jdbc:h2:mem:stores;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
        }

        @Override
        String user() {
            return "sa";
        }
    },
    POSTGRES {
        @Override
        String url() {
            try {
                return EmbeddedPostgres.builder().start().getJdbcUrl("postgres", "postgres");
            } catch (IOException broken) {
                throw new UncheckedIOException("PostgreSQL does not start", broken);
            }
        }

        @Override
        String user() {
            return "postgres";
        }
    };

    private static final int MOST_CONNECTIONS = 20;

    private DataSource dataSource;

    abstract String url();

    abstract String user();

    public synchronized DataSource dataSource() {
        if (dataSource == null) {
            var pool = new HikariConfig();
            pool.setJdbcUrl(url());
            pool.setUsername(user());
            pool.setMaximumPoolSize(MOST_CONNECTIONS);
            var made = new HikariDataSource(pool);
            Flyway.configure().dataSource(made).load().migrate();
            dataSource = made;
        }
        return dataSource;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /** Runs work in a transaction that the stores of {@link #jdbc()} take part in. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource()));
    }
}
