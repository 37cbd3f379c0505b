package io.aftersale.acceptance;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Desk;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several hands at the same goods at the same moment: one wins, the others are told so, and nothing happens twice. */
@RunningApp
class GoodsAtTheSameTimeTest {
    private static final String INSPECT = "Task_InspectGoods";

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @RepeatedTest(3)
    void a_withdrawal_and_a_shipment_never_both_succeed() {
        var story = given.aReturn();
        var answers = AtOnce.run(2, i -> i == 0 ? story.attempt("withdrawal") : ship(story));
        assertThat(answers.stream().filter(it -> it.status() == 200))
                .as(answers.toString())
                .hasSize(1);
        assertThat(answers.stream().map(Http.Answer::status)).containsExactlyInAnyOrder(200, 409);
        boolean isWithdrawn = answers.get(0).status() == 200;
        story.is(isWithdrawn ? "WITHDRAWN" : "GOODS_IN_TRANSIT");
        assertThat(story.sheet().at("/parcel/shippedAt").isNull()).isEqualTo(isWithdrawn);
    }

    @RepeatedTest(3)
    void a_conversion_and_a_shipment_never_both_succeed() {
        var story = given.aReturn();
        var answers = AtOnce.run(2, i -> i == 0 ? story.attempt("conversion", "to", "ALLOWANCE") : ship(story));
        assertThat(answers.stream().map(Http.Answer::status)).containsExactlyInAnyOrder(200, 409);
        boolean isKept = answers.get(0).status() == 200;
        if (isKept) {
            story.becomes("COMPLETED");
            assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(900);
        } else {
            story.is("GOODS_IN_TRANSIT");
            assertThat(story.sheet().path("convertedTo").isNull()).isTrue();
        }
    }

    @Test
    void many_shipments_of_one_case_are_one() {
        var story = given.aReturn();
        var answers = AtOnce.run(6, i -> ship(story).status());
        assertThat(Collections.frequency(answers, 200)).isEqualTo(1);
        assertThat(answers).allMatch(status -> status == 200 || status == 409);
        assertThat(Collections.frequency(story.events(), "goods-shipped")).isEqualTo(1);
    }

    @Test
    void one_parcel_announced_for_two_cases_belongs_to_one() {
        var stories = List.of(given.aReturn(), given.aReturn());
        String number = "SF" + UUID.randomUUID();
        var answers = AtOnce.run(2, i -> stories.get(i).attempt("shipment", "carrier", "SF", "trackingNumber", number));
        assertThat(answers.stream().map(Http.Answer::status)).containsExactlyInAnyOrder(200, 409);
    }

    @RepeatedTest(2)
    void two_inspections_at_the_same_moment_are_one() {
        var story = given.aReturn();
        ship(story);
        story.buyer("receipt-confirmation").waitsAt(INSPECT);
        var desk = Desk.of(given.port(), "warehouse");
        String task = desk.taskOf(story.number());
        assertThat(desk.claims(task).status()).isEqualTo(204);
        var answers =
                AtOnce.run(4, i -> desk.completes(task, counted(3, 1 + i % 3)).status());
        assertThat(Collections.frequency(answers, 204)).as(answers.toString()).isEqualTo(1);
        assertThat(answers).allMatch(status -> status == 204 || status >= 400 && status < 500);
        assertThat(Collections.frequency(story.events(), "goods-inspected")).isEqualTo(1);
    }

    @Test
    void an_offer_is_answered_once_whoever_is_first() {
        var story = given.aReturn();
        ship(story);
        story.buyer("receipt-confirmation").at(INSPECT, "warehouse", counted(3, 2));
        var answers = AtOnce.run(4, i -> story.attempt("offer-answer", "choice", i % 2 == 0 ? "ACCEPT" : "DISPUTE"));
        assertThat(answers.stream().filter(it -> it.status() == 200)).hasSize(1);
        boolean isAccepted = List.of(0, 2).stream().anyMatch(i -> answers.get(i).status() == 200);
        if (isAccepted) {
            story.becomes("COMPLETED");
            assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(6_000);
        } else {
            story.is("DISPUTED");
        }
    }

    @Test
    void a_unit_is_under_one_case_however_many_ask_for_it_at_once() {
        var shop = given.shop();
        var purchase = shop.sells();
        var application = Shop.application(purchase, 2);
        application.put("kind", "RETURN").put("reason", "NO_LONGER_WANTED");
        var answers = AtOnce.run(5, i -> shop.applies(application).status());
        assertThat(Collections.frequency(answers, 201)).as(answers.toString()).isEqualTo(1);
        assertThat(answers).allMatch(status -> status == 201 || status == 409);
        assertThat(jdbc.sql("select count(distinct case_number) from case_unit where case_number in "
                                + "(select number from after_sale_case where order_id = ?)")
                        .param(purchase.orderId())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void counts_that_cannot_be_are_refused_at_the_engines_door_too() {
        var story = given.aReturn();
        ship(story);
        story.buyer("receipt-confirmation").waitsAt(INSPECT);
        var desk = Desk.of(given.port(), "warehouse");
        String task = desk.taskOf(story.number());
        desk.claims(task);
        for (Map<String, Object> odd : List.of(
                counted(2, 3),
                counted(9, 4),
                counted(-1, 0),
                form("inspection", Shop.JSON.createArrayNode()),
                form("inspection", Shop.JSON.createArrayNode().add(line(3, 3)).add(line(3, 3))),
                form("inspection", Shop.JSON.createArrayNode().add(line(3, 3).put("lineId", "77"))),
                form("inspection", Shop.JSON.createArrayNode().add(line(3, 3).put("payMinor", 1))),
                form("inspection", Shop.JSON.createArrayNode().add(line(3, 3).put("disposition", "MOON"))))) {
            var completed = desk.completes(task, odd);
            assertThat(completed.status()).as(completed.toString()).isBetween(400, 422);
            assertThat(completed.code()).isNotBlank();
            var submitted = desk.http().post("/engine-rest/task/" + task + "/submit-form", Desk.variables(odd));
            assertThat(submitted.status()).as(submitted.toString()).isBetween(400, 422);
        }
        story.is("INSPECTING").waitsAt(INSPECT);
        assertThat(jdbc.sql("select count(*) from goods_line where case_number = ?")
                        .param(story.number())
                        .query(Integer.class)
                        .single())
                .isZero();
        var taken = desk.http().post("/engine-rest/task/" + task + "/submit-form", Desk.variables(counted(3, 3)));
        assertThat(taken.status()).as(taken.toString()).isBetween(200, 204);
        story.becomes("COMPLETED");
    }

    private static Http.Answer ship(Story story) {
        return story.attempt("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID());
    }

    private static ObjectNode line(int received, int accepted) {
        return Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", received)
                .put("accepted", accepted)
                .put("condition", "SEALED");
    }

    private static Map<String, Object> counted(int received, int accepted) {
        JsonNode list = Shop.JSON.createArrayNode().add(line(received, accepted));
        return form("inspection", list);
    }
}
