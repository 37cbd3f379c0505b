package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Database;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Node;
import io.aftersale.support.Surroundings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Starts the application as an operator does, in a process of its own with its settings in the environment: with all
 * that it needs, or lacking one thing each time. Then it ends at once, with a sentence that says what to do and no
 * secret in it.
 */
class StartTest {
    private static final String PASSWORD = "A-secret-Nobody-reads-1";

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    private Path printed;

    @BeforeEach
    void everythingIsThere() {
        printed = folder.resolve("printed");
        environment.put("SPRING_PROFILES_ACTIVE", "postgres");
        environment.put("SERVER_PORT", "0");
        environment.put("AFTERSALE_ADMIN_USER", "root");
        environment.put("AFTERSALE_ADMIN_PASSWORD", PASSWORD);
        environment.put("AFTERSALE_CARD_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        environment.put("AFTERSALE_PAYMENTS_URL", "http://127.0.0.1:9/payments");
        environment.put("AFTERSALE_PAYMENTS_TOKEN", PASSWORD);
        environment.put("AFTERSALE_PAYMENTS_CALLBACKSECRET", PASSWORD);
        environment.put("AFTERSALE_LOGISTICS_STOCKURL", "http://127.0.0.1:9/stock");
        environment.put("AFTERSALE_LOGISTICS_CARRIERURL", "http://127.0.0.1:9/carrier");
        environment.put("AFTERSALE_LOGISTICS_TOKEN", PASSWORD);
        environment.put("AFTERSALE_LOGISTICS_CARRIERSECRET", PASSWORD);
        environment.put("AFTERSALE_LOGISTICS_WAREHOUSESECRET", PASSWORD);
        environment.put("AFTERSALE_GOODS_ADDRESS", "1 Cangqian Road");
    }

    private void on(Database.Address database) {
        environment.put("SPRING_DATASOURCE_URL", database.url());
        environment.put("SPRING_DATASOURCE_USERNAME", database.user());
        environment.put("SPRING_DATASOURCE_PASSWORD", "");
    }

    @Test
    void with_all_that_it_needs_it_serves_on_postgresql() throws Exception {
        var address = Database.POSTGRESQL.address();
        makeTheEnginesTables(address);
        on(address);
        int port = Surroundings.freePort();
        environment.put("SERVER_PORT", String.valueOf(port));
        var node = Node.start(environment, printed);
        try {
            Eventually.get(() -> node.isReadyAt(port), Boolean::booleanValue);
            assertThat(Http.as(port, "shop").get("/api/cases").status()).isEqualTo(401);
            assertThat(Http.as(port, "root", PASSWORD).get("/actuator/health").status())
                    .isEqualTo(200);
        } finally {
            node.kill();
        }
    }

    @Test
    void nodes_that_start_at_once_for_the_first_time_deploy_once() throws Exception {
        var address = Database.POSTGRESQL.address();
        makeTheEnginesTables(address);
        on(address);
        var ports = List.of(Surroundings.freePort(), Surroundings.freePort());
        var nodes = new ArrayList<Node>();
        try {
            for (int port : ports) {
                environment.put("SERVER_PORT", String.valueOf(port));
                nodes.add(Node.start(environment, folder.resolve("printed-" + port)));
            }
            for (int port : ports) {
                Eventually.get(() -> nodes.get(ports.indexOf(port)).isReadyAt(port), Boolean::booleanValue);
            }
        } finally {
            nodes.forEach(Node::kill);
        }
        var database = JdbcClient.create(new DriverManagerDataSource(address.url(), address.user(), ""));
        var versions =
                database.sql("select version_ from act_re_procdef union select version_ from act_re_decision_def");
        assertThat(versions.query(Integer.class).list()).containsExactly(1);
    }

    /** As docs/operations.md has it done by hand: the engine's own scripts, in this order. */
    private static void makeTheEnginesTables(Database.Address address) throws SQLException {
        try (var connection = DriverManager.getConnection(address.url(), address.user(), "")) {
            for (String part : List.of(
                    "engine",
                    "history",
                    "identity",
                    "case.engine",
                    "case.history",
                    "decision.engine",
                    "decision.history")) {
                ScriptUtils.executeSqlScript(
                        connection,
                        new ClassPathResource(
                                "org/camunda/bpm/engine/db/create/activiti.postgres.create." + part + ".sql"));
            }
        }
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
    void a_real_provider_on_the_database_of_the_demo() throws Exception {
        environment.put("SPRING_PROFILES_ACTIVE", "demo");
        environment.put("AFTERSALE_PAYMENTS_URL", "https://pay.example.com/v1");
        environment.put("AFTERSALE_SANDBOX_PORT", "0");
        on(Database.H2.address());
        assertThat(refusal()).contains("is a real one and the database is H2").contains("profile 'postgres'");
    }

    @Test
    void a_database_with_users_of_the_demo() throws Exception {
        var address = Database.POSTGRESQL.address();
        makeTheEnginesTables(address);
        // The demo's user admin, with its name as the password, as the engine keeps it.
        try (var connection = DriverManager.getConnection(address.url(), address.user(), "");
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into act_id_user (id_, rev_, pwd_, salt_) values ('admin', 1, '{SHA-512}' ||
                        replace(encode(sha512(convert_to('adminsalt', 'UTF8')), 'base64'), chr(10), ''), 'salt')
                    """);
        }
        on(address);
        assertThat(refusal()).contains("has demo users [admin]").contains("a database of its own");
    }

    @Test
    void a_job_lock_that_is_shorter_than_ten_deadlines() throws Exception {
        on(Database.POSTGRESQL.address());
        environment.put("CAMUNDA_BPM_DATABASE_SCHEMAUPDATE", "true");
        environment.put("CAMUNDA_BPM_JOBEXECUTION_LOCKTIMEINMILLIS", "60000");
        assertThat(refusal()).contains("The job lock of PT1M").contains("lengthen the lock");
    }

    @Test
    void no_key_for_cards() throws Exception {
        on(Database.POSTGRESQL.address());
        environment.put("CAMUNDA_BPM_DATABASE_SCHEMAUPDATE", "true");
        environment.remove("AFTERSALE_CARD_KEY");
        assertThat(refusal()).contains("AFTERSALE_CARD_KEY is not set");
    }

    @Test
    void no_secret_for_callbacks() throws Exception {
        on(Database.POSTGRESQL.address());
        environment.put("CAMUNDA_BPM_DATABASE_SCHEMAUPDATE", "true");
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

    /** What is printed under the heading of a failure. */
    private String refusal() {
        var node = Node.start(environment, printed);
        int exit = node.awaitEnd();
        String all = node.printed();
        assertThat(exit).as(all).isEqualTo(1);
        assertThat(all).doesNotContain(PASSWORD);
        assertThat(all.contains("APPLICATION FAILED TO START")).as(all).isTrue();
        String refusal = all.substring(all.indexOf("APPLICATION FAILED TO START"));
        assertThat(refusal).doesNotContain("\tat ").hasLineCount(refusal.contains("Action:") ? 11 : 7);
        return refusal;
    }
}
