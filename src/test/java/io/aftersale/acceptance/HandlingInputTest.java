package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Given;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One order in one go, asked for wrongly, at every door: all is refused with every fault, and nothing is left behind. */
@RunningApp
class HandlingInputTest {
    @LocalServerPort
    int port;

    @Autowired
    Given given;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    private Shop shop;
    private Purchase purchase;
    private int looks;

    @BeforeEach
    void open() {
        shop = given.shop();
        purchase = shop.sells();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "start", "submit-form"})
    void one_bad_part_refuses_all(String door) {
        assertFaults(door, application(), feedback().put("topic", "WEATHER"), Map.of("feedback", "field-invalid"));
        assertFaults(door, application().put("reason", "BORED"), feedback(), Map.of("afterSale", "field-invalid"));
        assertFaults(door, application().put("kind", "LOAN"), feedback(), Map.of("afterSale", "field-invalid"));
        assertFaults(
                door,
                application().put("amountMinor", 999_999),
                feedback(),
                Map.of("afterSale", "amount-exceeds-refundable"));
        assertFaults(door, application().put("amountMinor", 0), feedback(), Map.of("afterSale", "amount-invalid"));
        assertFaults(door, application().put("colour", "red"), feedback(), Map.of("afterSale", "field-unknown"));
        assertFaults(door, application().put("buyerId", "B-x"), feedback(), Map.of("afterSale", "buyer-not-found"));
        assertFaults(door, application(), feedback().put("buyerId", "B-x"), Map.of("feedback", "buyer-not-found"));
        assertFaults(door, application(), feedback().put("content", ""), Map.of("feedback", "field-missing"));
        assertFaults(
                door,
                application(),
                feedback().put("content", "x".repeat(100_000)),
                Map.of("feedback", "text-invalid"));
        var unknownPicture = application();
        unknownPicture.putArray("evidence").add("EV-00000000-0000-0000-0000-000000000000");
        assertFaults(door, unknownPicture, feedback(), Map.of("afterSale", "evidence-unknown"));
        var tooMany = application();
        ((ObjectNode) tooMany.at("/lines/0")).put("quantity", 4);
        assertFaults(door, tooMany, feedback(), Map.of("afterSale", "quantity-exceeds-bought"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "start"})
    void every_bad_part_is_named_with_its_fault(String door) {
        assertFaults(
                door,
                application().put("reason", "BORED"),
                feedback().put("topic", "WEATHER"),
                Map.of("afterSale", "field-invalid", "feedback", "field-invalid"));
        var answer =
                asks(door, body(application().put("reason", "BORED"), feedback().put("content", "")));
        for (JsonNode fault : answer.json().path("faults")) {
            assertThat(fault.path("part").asText()).isIn("afterSale", "feedback");
            assertThat(fault.path("code").asText()).isNotBlank();
            assertThat(fault.path("detail").asText()).isNotBlank();
            assertThat(fault.path("status").asInt()).isEqualTo(422);
            assertThat(fault.path("field").asText()).isIn("reason", "content");
        }
        assertThat(answer.json().path("detail").asText()).contains("afterSale", "feedback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "start"})
    void parts_that_are_about_another_order_contradict_the_whole(String door) {
        var other = shop.sells();
        assertFaults(
                door,
                application().put("orderId", purchase.orderId()),
                feedback().put("orderId", other.orderId()),
                Map.of("feedback", "field-invalid"));
        assertFaults(
                "api",
                application().put("orderId", other.orderId()),
                feedback().put("orderId", other.orderId()),
                Map.of("afterSale", "field-invalid", "feedback", "field-invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "start", "submit-form"})
    void a_bad_review_refuses_all_and_a_picture_is_on_one_part_only(String door) {
        assertFaults(door, whole(review().put("stars", 6)), Map.of("review", "stars-invalid"));
        assertFaults(door, whole(review().put("lineId", "9")), Map.of("review", "line-unknown"));
        assertFaults(door, whole(review().put("content", "好".repeat(501))), Map.of("review", "text-invalid"));
        assertFaults(door, whole(review().put("buyerId", "B-x")), Map.of("review", "buyer-not-found"));
        var picture = given.aPicture();
        var both = whole(review());
        ((ObjectNode) both.path("afterSale")).putArray("evidence").add(picture);
        ((ObjectNode) both.path("review")).putArray("evidence").add(picture);
        assertFaults(door, both, Map.of("review", "evidence-taken"));
        var unknown = whole(review());
        ((ObjectNode) unknown.path("review")).putArray("evidence").add("EV-none");
        assertFaults(door, unknown, Map.of("review", "evidence-unknown"));
        assertFaults(
                door,
                body(application().put("reason", "BORED"), feedback().put("topic", "X"))
                        .set("review", review().put("stars", 0)),
                Map.of("afterSale", "field-invalid", "review", "stars-invalid", "feedback", "field-invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "start"})
    void a_part_names_all_that_is_wrong_with_it(String door) {
        var body = body(
                application().put("reason", "BORED").put("amountMinor", 999_999).put("colour", "red"),
                feedback().put("topic", "WEATHER").put("content", " "));
        body.set("review", review().put("stars", 6).put("content", "好".repeat(501)));
        ((ObjectNode) body.path("review")).putArray("evidence").add("EV-none");
        var before = rows();
        var answer = asks(door, body);
        assertThat(answer.code()).as(answer.toString()).isEqualTo("handling-refused");
        var said = new ArrayList<String>();
        answer.json()
                .path("faults")
                .forEach(fault -> said.add(
                        fault.path("part").asText() + " " + fault.path("field").asText() + " "
                                + fault.path("code").asText()));
        assertThat(said)
                .containsExactlyInAnyOrder(
                        "afterSale colour field-unknown",
                        "afterSale reason field-invalid",
                        "afterSale amountMinor amount-exceeds-refundable",
                        "review stars stars-invalid",
                        "review content text-invalid",
                        "review evidence evidence-unknown",
                        "feedback topic field-invalid",
                        "feedback content field-missing");
        assertThat(rows()).isEqualTo(before);
    }

    /** The last part breaks after the others were stored and their flows begun. */
    @ParameterizedTest
    @ValueSource(strings = {"api", "start"})
    void what_breaks_half_way_leaves_nothing_of_any_part(String door) {
        String broken = "feedback_broken_on_purpose";
        jdbc.sql("alter table feedback add constraint " + broken + " check (order_id <> '" + purchase.orderId() + "')")
                .update();
        try {
            var stored = stored();
            assertThat(asks(door, whole(review())).status()).isGreaterThanOrEqualTo(409);
            assertThat(stored()).isEqualTo(stored);
        } finally {
            jdbc.sql("alter table feedback drop constraint " + broken).update();
        }
        assertThat(asks(door, whole(review())).status())
                .as("and may be sent again")
                .isBetween(200, 201);
    }

    @Test
    void parts_that_are_no_objects_are_faults_too() {
        for (String odd : List.of("\"abc\"", "5", "[]", "true")) {
            var answer = shop.http()
                    .post(
                            "/api/orders/" + purchase.orderId() + "/handling",
                            "{\"afterSale\":" + odd + ",\"feedback\":" + feedback() + "}");
            assertThat(answer.code()).as(odd).isEqualTo("handling-refused");
            assertThat(answer.json().at("/faults/0/code").asText()).isEqualTo("malformed-request");
        }
    }

    @Test
    void all_parts_missing_and_unknown_members_are_refused() {
        var before = rows();
        for (String empty : List.of("{}", "{\"afterSale\":null,\"feedback\":null}")) {
            var answer = shop.http().post("/api/orders/" + purchase.orderId() + "/handling", empty);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("field-missing");
        }
        assertThat(asks("start", body(null, null)).code()).isEqualTo("field-missing");
        var unknown = body(application(), null).put("gift", true);
        assertThat(shop.http()
                        .post("/api/orders/" + purchase.orderId() + "/handling", unknown.toString())
                        .code())
                .isEqualTo("field-unknown");
        assertThat(asks("start", unknown).code()).isEqualTo("field-unknown");
        assertThat(shop.http()
                        .post(
                                "/api/orders/O-none/handling",
                                body(application(), null).toString())
                        .code())
                .isEqualTo("order-not-found");
        assertThat(Shop.at(port, "shop2", clock)
                        .http()
                        .post(
                                "/api/orders/" + purchase.orderId() + "/handling",
                                body(application(), null).toString())
                        .code())
                .isEqualTo("order-not-found");
        var foreign = body(application(), null).put("merchantId", "M-2");
        assertThat(shop.http()
                        .post("/api/orders/" + purchase.orderId() + "/handling", foreign.toString())
                        .code())
                .isEqualTo("foreign-merchant");
        assertThat(shop.http()
                        .post("/api/orders/" + purchase.orderId() + "/handling", "[1]")
                        .code())
                .isEqualTo("malformed-request");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void a_card_that_came_with_a_refused_whole_is_not_kept() {
        long cards = jdbc.sql("select count(*) from card").query(Long.class).single();
        var application = application();
        application
                .putObject("payTo")
                .put("method", "BANK_CARD")
                .put("cardNumber", "6222021234567890128")
                .put("holder", "张三")
                .put("bank", "ICBC");
        assertThat(asks("api", body(application, feedback().put("topic", "X"))).code())
                .isEqualTo("handling-refused");
        assertThat(jdbc.sql("select count(*) from card").query(Long.class).single())
                .isEqualTo(cards);
    }

    @Test
    void units_under_an_open_case_are_a_fault_with_the_status_of_their_own_call() {
        shop.opens(Shop.application(purchase, 3));
        var answer = asks("api", body(application(), feedback()));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/faults/0/code").asText()).isEqualTo("units-not-available");
        assertThat(answer.json().at("/faults/0/status").asInt()).isEqualTo(409);
    }

    @Test
    void of_many_that_name_the_same_units_at_once_one_is_taken_whole() {
        var onlyOne = application();
        ((ObjectNode) onlyOne.at("/lines/0")).put("quantity", 3);
        var answers = AtOnce.run(8, i -> asks(i % 2 == 0 ? "api" : "start", body(onlyOne, feedback())));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 200 || answer.status() == 201)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() >= 300)
                .allSatisfy(answer -> assertThat(answer.code()).isIn("handling-refused", "request-still-running"));
        assertThat(jdbc.sql("select count(*) from feedback where order_id = ?")
                        .param(purchase.orderId())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void foreign_and_unknown_handlings_are_not_found() {
        String number =
                asks("api", body(null, feedback())).json().path("number").asText();
        assertThat(shop.http().get("/api/handlings/" + number).status()).isEqualTo(200);
        assertThat(shop.http().get("/api/handlings/" + number + "?buyerId=B-x").code())
                .isEqualTo("handling-not-found");
        for (String unknown : List.of(number, "OH-2026-99999999", "x")) {
            assertThat(Shop.at(port, "shop2", clock)
                            .http()
                            .get("/api/handlings/" + unknown)
                            .code())
                    .isEqualTo("handling-not-found");
        }
    }

    private void assertFaults(String door, JsonNode afterSale, JsonNode feedback, Map<String, String> faults) {
        assertFaults(door, body(afterSale, feedback), faults);
    }

    private void assertFaults(String door, ObjectNode body, Map<String, String> faults) {
        var before = rows();
        var answer = asks(door, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("handling-refused");
        var said = new TreeMap<String, String>();
        answer.json()
                .path("faults")
                .forEach(fault ->
                        said.put(fault.path("part").asText(), fault.path("code").asText()));
        assertThat(said).as(answer.toString()).isEqualTo(faults);
        assertThat(rows()).isEqualTo(before);
    }

    private Answer asks(String door, ObjectNode body) {
        if (door.equals("api")) {
            return shop.http().post("/api/orders/" + purchase.orderId() + "/handling", body.toString());
        }
        var start = Shop.JSON.createObjectNode();
        var variables = start.putObject("variables");
        variables.putObject("orderId").put("value", purchase.orderId());
        body.properties().forEach(part -> {
            if (part.getValue().isObject()) {
                variables
                        .putObject(part.getKey())
                        .put("type", "Json")
                        .put("value", part.getValue().toString());
            } else {
                variables.putObject(part.getKey()).set("value", part.getValue());
            }
        });
        return shop.http().post("/engine-rest/process-definition/key/order-handling/" + door, start.toString());
    }

    private static ObjectNode body(JsonNode afterSale, JsonNode feedback) {
        var body = Shop.JSON.createObjectNode();
        if (afterSale != null) {
            body.set("afterSale", afterSale);
        }
        if (feedback != null) {
            body.set("feedback", feedback);
        }
        return body;
    }

    private ObjectNode whole(ObjectNode review) {
        return body(application(), feedback()).set("review", review);
    }

    private ObjectNode review() {
        var review = Given.review(purchase, 4, "杯子很厚实");
        review.remove("orderId");
        return review;
    }

    private ObjectNode application() {
        var application = Shop.application(purchase, 1);
        application.remove("orderId");
        return application;
    }

    private ObjectNode feedback() {
        var feedback = Shop.feedback(purchase);
        feedback.remove("orderId");
        return feedback;
    }

    /** How many rows there are of what a handling would make, and how far the numbers have come but for our looking. */
    private List<Long> rows() {
        var counts = stored();
        looks++;
        for (String sequence : List.of("handling_number_seq", "feedback_number_seq", "case_number_seq")) {
            counts.add(jdbc.sql("select nextval('" + sequence + "')")
                            .query(Long.class)
                            .single()
                    - looks);
        }
        return counts;
    }

    private List<Long> stored() {
        String ofOrder = " where order_id = '" + purchase.orderId() + "'";
        var counts = new ArrayList<Long>();
        for (String table : List.of(
                "handling",
                "handling_part",
                "feedback",
                "card",
                "after_sale_case" + ofOrder,
                "review" + ofOrder,
                "rating_day",
                "order_unit" + ofOrder + " and claimed_by is not null",
                "ACT_HI_PROCINST where PROC_DEF_KEY_ in ('order-handling', 'feedback', 'refund', 'review')",
                "ACT_HI_VARINST where PROC_DEF_KEY_ in ('order-handling', 'feedback')")) {
            counts.add(
                    jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        return counts;
    }
}
