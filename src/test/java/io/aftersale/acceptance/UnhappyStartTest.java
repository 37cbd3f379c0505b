package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.AfterSaleApplication;
import io.aftersale.support.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Starts the application as an operator does, in a process of its own with its settings in the environment, and lacks
 * one thing each time. It ends at once, with a sentence that says what to do and no secret in it.
 */
class UnhappyStartTest {
    private static final String PASSWORD = "a-secret-nobody-reads";

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void everythingIsThere() {
        environment.put("SPRING_PROFILES_ACTIVE", "postgres");
        environment.put("SERVER_PORT", "0");
        environment.put("AFTERSALE_ADMIN_USER", "root");
        environment.put("AFTERSALE_ADMIN_PASSWORD", PASSWORD);
        environment.put("AFTERSALE_CARD_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        environment.put("AFTERSALE_PAYMENTS_URL", "http://127.0.0.1:9/payments");
        environment.put("AFTERSALE_PAYMENTS_TOKEN", PASSWORD);
        environment.put("AFTERSALE_PAYMENTS_CALLBACKSECRET", PASSWORD);
        environment.put("AFTERSALE_GOODS_STOCKURL", "http://127.0.0.1:9/stock");
        environment.put("AFTERSALE_GOODS_CARRIERURL", "http://127.0.0.1:9/carrier");
        environment.put("AFTERSALE_GOODS_TOKEN", PASSWORD);
        environment.put("AFTERSALE_GOODS_ADDRESS", "1 Cangqian Road");
    }

    private void on(Database.Address database) {
        environment.put("SPRING_DATASOURCE_URL", database.url());
        environment.put("SPRING_DATASOURCE_USERNAME", database.user());
        environment.put("SPRING_DATASOURCE_PASSWORD", "");
    }

    @Test
    void a_database_that_is_not_there() throws Exception {
        on(new Database.Address("jdbc:postgresql://127.0.0.1:9/aftersale", "aftersale"));
        assertThat(refusal()).contains("The database cannot be reached").contains("SPRING_DATASOURCE_URL");
    }

    @Test
    void a_database_that_does_not_know_us() throws Exception {
        on(new Database.Address(Database.POSTGRESQL.address().url(), "nobody"));
        assertThat(refusal()).contains("The database refuses the login").contains("SPRING_DATASOURCE_USERNAME");
    }

    @Test
    void a_database_without_the_engines_tables() throws Exception {
        on(Database.POSTGRESQL.address());
        assertThat(refusal()).contains("lacks the engine's tables").contains("docs/operations.md");
    }

    @Test
    void a_database_of_a_newer_version() throws Exception {
        var address = Database.POSTGRESQL.address();
        DataSource database = address.open();
        JdbcClient.create(database).sql("""
                        insert into flyway_schema_history
                            (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                        values (1000, '9999', 'from the future', 'SQL', 'V9999__from_the_future.sql', 1, 'x', 1, true)
                        """).update();
        on(address);
        assertThat(refusal()).contains("made by a newer version").contains("start the newer version");
    }

    @Test
    void the_database_of_the_demo() throws Exception {
        on(Database.H2.address());
        assertThat(refusal()).contains("The database is H2").contains("profile 'postgres'");
    }

    @Test
    void no_key_for_cards() throws Exception {
        on(Database.POSTGRESQL.address());
        environment.remove("AFTERSALE_CARD_KEY");
        assertThat(refusal()).contains("AFTERSALE_CARD_KEY is not set");
    }

    @Test
    void no_secret_for_callbacks() throws Exception {
        on(Database.POSTGRESQL.address());
        environment.remove("AFTERSALE_PAYMENTS_CALLBACKSECRET");
        assertThat(refusal()).contains("AFTERSALE_PAYMENTS_CALLBACKSECRET");
    }

    @Test
    void a_port_that_is_taken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            environment.put("SPRING_PROFILES_ACTIVE", "demo");
            environment.put("AFTERSALE_SAMPLES", "false");
            environment.put("AFTERSALE_SANDBOX_PORT", "0");
            environment.put("SERVER_PORT", String.valueOf(taken.getLocalPort()));
            on(Database.H2.address());
            assertThat(refusal()).contains("Port " + taken.getLocalPort()).contains("already in use");
        }
    }

    /** What is printed between the failure's heading and the end. */
    private String refusal() throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Duser.timezone=UTC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path").replace("test-classes", "no-test-classes"),
                AfterSaleApplication.class.getName()));
        var start = new ProcessBuilder(command).redirectErrorStream(true);
        start.environment().putAll(environment);
        Process process = start.start();
        String printed;
        try {
            printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(printed).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(printed).isEqualTo(1);
        assertThat(printed).doesNotContain(PASSWORD);
        assertThat(printed.contains("APPLICATION FAILED TO START")).as(printed).isTrue();
        String refusal = printed.substring(printed.indexOf("APPLICATION FAILED TO START"));
        assertThat(refusal).doesNotContain("\tat ").hasLineCount(refusal.contains("Action:") ? 11 : 7);
        return refusal;
    }
}
