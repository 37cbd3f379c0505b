package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.Node;
import io.aftersale.support.Shop;
import io.aftersale.support.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two nodes on one database: callers who act at once on both get what they would get on one.
 * Part of the suite on PostgreSQL only, since H2 is for one node.
 */
@EnabledIfSystemProperty(named = "test.database", matches = "POSTGRESQL")
class TwoNodesTest {
    private static final Map<String, ?> APPROVE = Map.of("decision", "APPROVE");

    @TempDir
    private static Path folder;

    private static int[] ports;
    private static List<Node> nodes;
    private static JdbcClient jdbc;

    /** The second one pays at the sandbox of the first, as two nodes of one shop would at one provider. */
    @BeforeAll
    static void startBoth() {
        var database = Database.POSTGRESQL.address();
        jdbc = JdbcClient.create(database.open());
        ports = new int[] {Surroundings.freePort(), Surroundings.freePort()};
        int provider = Surroundings.freePort();
        nodes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int at = i;
            var settings = Map.ofEntries(
                    Map.entry("SPRING_PROFILES_ACTIVE", "demo"),
                    Map.entry("SPRING_DATASOURCE_URL", database.url()),
                    Map.entry("SPRING_DATASOURCE_USERNAME", database.user()),
                    Map.entry("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", "10"),
                    Map.entry("SERVER_PORT", String.valueOf(ports[at])),
                    Map.entry("AFTERSALE_SAMPLES", "false"),
                    Map.entry("AFTERSALE_CARD_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                    Map.entry("AFTERSALE_SANDBOX_ENABLED", String.valueOf(at == 0)),
                    Map.entry("AFTERSALE_SANDBOX_PORT", String.valueOf(provider)),
                    Map.entry(
                            "AFTERSALE_SANDBOX_BOOK",
                            folder.resolve("book.jsonl").toString()));
            nodes.add(Node.start(settings, folder.resolve("printed-" + at)));
            Eventually.get(() -> nodes.get(at).isReadyAt(ports[at]), Boolean::booleanValue);
        }
    }

    @AfterAll
    static void stopBoth() {
        nodes.forEach(Node::kill);
    }

    @Test
    void each_model_is_deployed_once_by_the_node_that_was_first() {
        assertThat(jdbc.sql("select key_ from act_re_procdef group by key_ having count(*) > 1")
                        .query(String.class)
                        .list())
                .isEmpty();
    }

    @Test
    void twenty_reviewers_answer_one_task_on_both() {
        String number = shop(0).opens(Shop.application(shop(1).sells(), 1));
        var desks = List.of(desk(0, "reviewer"), desk(1, "reviewer"), desk(1, "reviewer2"), desk(0, "supervisor"));
        String task = desks.get(0).taskOf(number);
        desks.get(0).claims(task);

        var answers = AtOnce.run(20, i -> desks.get(i % desks.size()).completes(task, APPROVE));

        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 204)
                .allMatch(answer -> List.of(403, 404, 409).contains(answer.status()));
        Eventually.get(
                () -> shop(1).sheet(number),
                sheet -> sheet.path("status").asText().equals("COMPLETED"));
        assertThat(shop(0).sheet(number).path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(booked(number)).isEqualTo(1);
    }

    @Test
    void fifty_applications_with_one_key_on_both_are_one() {
        var purchase = shop(0).sells();
        String application = Shop.application(purchase, 1).toString();
        String key = Shop.newKey();

        List<Answer> answers = AtOnce.run(50, i -> shop(i % 2).applies(key, application));

        assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).isNotEmpty();
        assertThat(cases(purchase)).hasSize(1);
    }

    @Test
    void six_applications_for_one_unit_on_both() {
        var purchase = shop(0).sells(Shop.onlyLine(1, 9_000));

        var answers = AtOnce.run(6, i -> shop(i % 2).applies(Shop.application(purchase, 1)));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(5);
        assertThat(cases(purchase)).hasSize(1);
    }

    @Test
    void a_withdrawal_on_one_races_the_approval_on_the_other() {
        for (int round = 0; round < 6; round++) {
            var purchase = shop(0).sells();
            String number = shop(0).opens(Shop.application(purchase, 1));
            var reviewer = desk(1, "reviewer");
            String task = reviewer.taskOf(number);
            reviewer.claims(task);

            var answers = AtOnce.run(
                    2,
                    i -> i == 0
                            ? shop(0).does(number, "withdrawal", Shop.by(purchase.buyerId()))
                            : reviewer.completes(task, APPROVE));

            boolean isWithdrawn = answers.get(0).status() == 200;
            assertThat(isWithdrawn)
                    .as(answers.toString())
                    .isNotEqualTo(answers.get(1).status() == 204);
            assertThat(answers).allMatch(answer -> answer.status() < 500);
            Eventually.get(
                    () -> shop(0).sheet(number),
                    sheet -> sheet.path("status").asText().equals(isWithdrawn ? "WITHDRAWN" : "COMPLETED"));
            assertThat(shop(1).sheet(number).path("paidMinor").asLong()).isEqualTo(isWithdrawn ? 0 : 3_000);
        }
    }

    private static Shop shop(int node) {
        return Shop.at(ports[node], Clock.systemUTC());
    }

    private static Desk desk(int node, String user) {
        return Desk.of(ports[node], user);
    }

    private static JsonNode cases(Shop.Purchase purchase) {
        return Http.as(ports[0], "shop")
                .get("/api/cases?orderId=" + purchase.orderId())
                .json()
                .path("items");
    }

    private static long booked(String number) {
        return jdbc.sql(
                        "select count(*) from payout_attempt a join payout p on p.id = a.payout_id where case_number = ?")
                .param(number)
                .query(Long.class)
                .single();
    }
}
