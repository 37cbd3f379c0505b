package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Door;
import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.Places;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Applications that are wrong in every way a shop can get them wrong, through every door. Each is refused with its
 * stable code and a sentence, and leaves nothing behind.
 */
@RunningApp
class BadInputTest {
    private static final String CARD = "4242 4242 4242 4242";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.at(port, clock);
    }

    @ParameterizedTest
    @EnumSource
    void an_order_that_nobody_told(Door door) {
        var application = damaged().put("orderId", "O-unheard-of");

        refused(door, application, 404, "order-not-found");
    }

    @ParameterizedTest
    @EnumSource
    void an_order_of_another_buyer(Door door) {
        var application = damaged().put("buyerId", "B-somebody-else");

        refused(door, application, 404, "buyer-not-found");
    }

    @ParameterizedTest
    @EnumSource
    void an_order_of_another_merchant_is_as_good_as_none(Door door) {
        var foreign = Shop.at(port, "shop2", clock).sells();

        refused(door, Shop.application(foreign, 1), 404, "order-not-found");
    }

    @ParameterizedTest
    @EnumSource
    void an_order_that_was_not_paid(Door door) {
        var unpaid =
                shop.sells(facts -> facts.putNull("paidAt").putNull("shippedAt").putNull("deliveredAt"));

        refused(door, Shop.application(unpaid, 1), 422, "order-not-paid");
    }

    @ParameterizedTest
    @EnumSource
    void an_amount_of_zero(Door door) {
        refused(door, damaged().put("amountMinor", 0), 422, "amount-invalid", "amountMinor");
    }

    @ParameterizedTest
    @EnumSource
    void an_amount_below_zero(Door door) {
        refused(door, damaged().put("amountMinor", -1), 422, "amount-invalid", "amountMinor");
    }

    @ParameterizedTest
    @EnumSource
    void an_amount_with_a_fraction_of_a_cent(Door door) {
        refused(door, damaged().put("amountMinor", 10.5), 422, "amount-invalid", "amountMinor");
    }

    @ParameterizedTest
    @EnumSource
    void an_amount_beyond_all_numbers(Door door) {
        refused(door, damaged().put("amountMinor", BigInteger.TEN.pow(30)), 422, "amount-invalid", "amountMinor");
    }

    @ParameterizedTest
    @EnumSource
    void an_amount_in_words(Door door) {
        refused(door, damaged().put("amountMinor", "ten"), 422, "amount-invalid", "amountMinor");
    }

    @ParameterizedTest
    @EnumSource
    void an_amount_above_what_can_be_refunded(Door door) {
        var answer =
                refused(door, damaged().put("amountMinor", 3_001), 422, "amount-exceeds-refundable", "amountMinor");

        assertThat(answer.json().path("refundableMinor").asLong()).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource
    void the_greatest_amount_there_is(Door door) {
        refused(door, damaged().put("amountMinor", Long.MAX_VALUE), 422, "amount-exceeds-refundable", "amountMinor");
    }

    @ParameterizedTest
    @EnumSource
    void a_line_that_the_order_does_not_have(Door door) {
        var application = damaged();
        line(application).put("lineId", "9");

        refused(door, application, 422, "line-unknown");
    }

    @ParameterizedTest
    @EnumSource
    void more_units_than_were_bought(Door door) {
        var application = damaged();
        line(application).put("quantity", 4);

        refused(door, application, 422, "quantity-exceeds-bought");
    }

    @ParameterizedTest
    @EnumSource
    void no_unit_at_all(Door door) {
        var application = damaged();
        line(application).put("quantity", 0);

        refused(door, application, 422, "field-invalid", "lines[0].quantity");
    }

    @ParameterizedTest
    @EnumSource
    void half_a_unit(Door door) {
        var application = damaged();
        line(application).put("quantity", 0.5);

        refused(door, application, 400, "malformed-request");
    }

    @ParameterizedTest
    @EnumSource
    void a_line_named_twice(Door door) {
        var application = damaged();
        application.withArray("lines").add(line(application).deepCopy());

        refused(door, application, 422, "field-invalid", "lines");
    }

    @ParameterizedTest
    @EnumSource
    void units_that_are_under_an_open_case(Door door) {
        var purchase = shop.sells();
        shop.opens(Shop.application(purchase, 2));

        var answer = refused(door, Shop.application(purchase, 2), 409, "units-not-available");

        assertThat(answer.json().path("available").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void units_for_which_nothing_was_paid(Door door) {
        var gift = shop.sells(Shop.onlyLine(2, 0));

        refused(door, Shop.application(gift, 1), 422, "nothing-to-refund");
    }

    @ParameterizedTest
    @EnumSource
    void a_reason_that_does_not_exist(Door door) {
        refused(door, damaged().put("reason", "BORED"), 422, "field-invalid", "reason");
    }

    @ParameterizedTest
    @EnumSource
    void a_reason_in_small_letters(Door door) {
        refused(door, damaged().put("reason", "damaged"), 422, "field-invalid", "reason");
    }

    @ParameterizedTest
    @EnumSource
    void a_reason_that_contradicts_the_order(Door door) {
        refused(door, damaged().put("reason", "NOT_SHIPPED"), 422, "reason-not-fitting", "reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reason", "orderId", "buyerId", "lines"})
    void a_field_that_is_absent_or_empty(String field) {
        for (Door door : Door.values()) {
            refused(door, without(damaged(), field), 422, "field-missing", field);
            refused(door, damaged().putNull(field), 422, "field-missing", field);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_line_without_its_id_or_its_quantity(Door door) {
        var noId = damaged();
        line(noId).remove("lineId");
        var noQuantity = damaged();
        line(noQuantity).remove("quantity");

        refused(door, noId, 422, "field-missing", "lines[0].lineId");
        refused(door, noQuantity, 422, "field-missing", "lines[0].quantity");
    }

    @ParameterizedTest
    @EnumSource
    void lines_that_are_no_list(Door door) {
        var application = damaged();
        application.putObject("lines").put("lineId", "1").put("quantity", 1);

        refused(door, application, 400, "malformed-request");
    }

    @ParameterizedTest
    @EnumSource
    void a_description_of_a_hundred_thousand_characters(Door door) {
        refused(door, damaged().put("description", "长".repeat(33_000)), 422, "text-invalid", "description");
        refused(door, damaged().put("description", "x".repeat(100_000)), 422, "text-invalid", "description");
    }

    @ParameterizedTest
    @EnumSource
    void a_description_with_a_nul_or_another_control_character(Door door) {
        refused(door, damaged().put("description", "broken\0mug"), 422, "text-invalid", "description");
        refused(door, damaged().put("description", "broken\u001bmug"), 422, "text-invalid", "description");
    }

    @Test
    void an_id_with_half_a_character_is_nobodys() {
        String half = damaged().put("buyerId", "HALF").toString().replace("HALF", "B-1\\ud83d");
        var answer = nothingIsLeftBy(() -> shop.applies(Shop.newKey(), half), 422, "text-invalid");
        assertThat(answer.json().path("field").asText()).isEqualTo("buyerId");

        String start = "{\"variables\":{\"buyerId\":{\"type\":\"String\",\"value\":\"B-1\\ud83d\"}}}";
        answer = nothingIsLeftBy(
                () -> shop.http().post("/engine-rest/process-definition/key/refund/start", start), 422, "text-invalid");
        assertThat(answer.json().path("field").asText()).isEqualTo("buyerId");
    }

    @Test
    void a_list_asked_for_with_a_nul() {
        for (String filter : List.of("orderId", "buyerId", "status", "cursor")) {
            var answer = shop.http().get("/api/cases?" + filter + "=a%00b");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("malformed-request");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_id_with_a_nul_is_nobodys(Door door) {
        refusedSomehow(door, damaged().put("orderId", "O-1\0"));
        refusedSomehow(door, damaged().put("buyerId", "B-1\0"));
        var application = damaged();
        line(application).put("lineId", "1\0");
        refusedSomehow(door, application);
    }

    @ParameterizedTest
    @EnumSource
    void a_field_that_is_not_known_is_named(Door door) {
        refused(door, damaged().put("approvedMinor", 3_000), 400, "field-unknown", "approvedMinor");
    }

    @ParameterizedTest
    @EnumSource
    void a_field_that_is_not_known_inside_a_line(Door door) {
        var application = damaged();
        line(application).put("refundableMinor", 1);

        refused(door, application, 400, "field-unknown", "lines[0].refundableMinor");
    }

    @ParameterizedTest
    @EnumSource
    void a_way_of_paying_out_that_does_not_exist(Door door) {
        var application = damaged();
        application.putObject("payTo").put("method", "CASH");

        refused(door, application, 422, "field-invalid", "payTo.method");
    }

    @ParameterizedTest
    @EnumSource
    void a_card_that_nobody_left_here(Door door) {
        var application = damaged();
        application.putObject("payTo").put("method", "BANK_CARD").put("cardToken", "card-unheard-of");

        refused(door, application, 422, "card-unknown");
    }

    @ParameterizedTest
    @EnumSource
    void a_card_that_another_merchant_left_here(Door door) {
        var foreign = Http.as(port, "shop2")
                .post("/api/cards", "{\"cardNumber\":\"4242424242424242\",\"holder\":\"Wang\",\"bank\":\"ICBC\"}");
        assertThat(foreign.status()).as(foreign.toString()).isEqualTo(201);
        var application = damaged();
        application
                .putObject("payTo")
                .put("method", "BANK_CARD")
                .set("cardToken", foreign.json().path("cardToken"));

        refused(door, application, 422, "card-unknown");
    }

    @ParameterizedTest
    @EnumSource
    void evidence_that_does_not_exist(Door door) {
        var application = damaged();
        application.putArray("evidence").add("EV-unheard-of");

        refusedSomehow(door, application);
    }

    @ParameterizedTest
    @EnumSource
    void a_truth_value_in_words(Door door) {
        refused(door, damaged().put("includeShipping", "yes"), 400, "malformed-request", "includeShipping");
    }

    @ParameterizedTest
    @EnumSource
    void emoji_and_line_breaks_are_kept_as_they_are_written(Door door) {
        String written = "杯子碎了 💔🫖\n第二行\tend <script>alert(1)</script> & ' \" \\ ${1+1} #{x}";
        var purchase = shop.sells();

        var taken = door.applies(shop, Shop.application(purchase, 1).put("description", written));

        assertThat(taken.status()).as(taken.toString()).isIn(200, 201);
        assertThat(theCaseOf(purchase).path("description").asText()).isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource
    void a_late_application_is_a_case_that_is_rejected_with_its_reason(Door door) {
        var purchase = shop.sells(shop.delivered(Duration.ofDays(9)));

        var taken = door.applies(shop, Shop.application(purchase, 1));

        assertThat(taken.status()).as(taken.toString()).isEqualTo(door == Door.API ? 201 : 200);
        var sheet = theCaseOf(purchase);
        assertThat(sheet.path("status").asText()).isEqualTo("REJECTED");
        assertThat(sheet.path("verdict").path("value").asText()).isEqualTo("REJECT");
        assertThat(sheet.path("verdict").path("reasonCode").asText()).isEqualTo("OUT_OF_WINDOW");
        assertThat(sheet.path("verdict").path("legalBasis").asText()).isNotBlank();
        assertThat(sheet.path("verdict").path("table").asText()).isEqualTo("eligibility");
        assertThat(sheet.path("verdict").path("version").asInt()).isPositive();
        assertThat(sheet.path("next").path(0).path("owner").asText()).isEqualTo("buyer");
    }

    @Test
    void a_card_number_in_what_a_buyer_writes_is_hidden_but_for_its_last_digits() {
        var purchase = shop.sells();

        shop.opens(Shop.application(purchase, 1).put("description", "pay to " + CARD + " please"));

        assertThat(theCaseOf(purchase).path("description").asText()).isEqualTo("pay to **** 4242 please");
        assertThat(Places.with("4242 4242 4242 4242", jdbc)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "API")
    void a_card_number_in_free_text_never_enters_the_engine(Door door) {
        refused(door, damaged().put("description", "pay to " + CARD), 422, "card-number-not-here");
        assertThat(Places.with("4242 4242 4242 4242", jdbc)).isEmpty();
    }

    @Nested
    class At_the_api {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "nonsense",
                    "[]",
                    "null",
                    "\"text\"",
                    "{\"kind\":\"REFUND\",}",
                    "{\"kind\":\"REFUND\"} x"
                })
        void a_body_that_is_not_json_of_an_application(String body) {
            nothingIsLeftBy(() -> shop.applies(Shop.newKey(), body), 400, "malformed-request");
        }

        @Test
        void a_field_that_is_given_twice() {
            String twice = damaged().toString().replaceFirst("\\{", "{\"reason\":\"OTHER\",");

            var answer = nothingIsLeftBy(() -> shop.applies(Shop.newKey(), twice), 400, "malformed-request");

            assertThat(answer.json().path("field").asText()).isEqualTo("reason");
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
        void a_content_type_that_is_not_json(String type) {
            String application = damaged().toString();

            nothingIsLeftBy(
                    () -> shop.http()
                            .send(shop.http()
                                    .request("POST", "/api/cases")
                                    .header("Content-Type", type)
                                    .header("Idempotency-Key", Shop.newKey())
                                    .method("POST", BodyPublishers.ofString(application))),
                    415,
                    "unsupported-media-type");
        }

        @Test
        void a_body_of_more_than_a_quarter_of_a_megabyte() {
            var application = damaged().put("description", "x".repeat(257 * 1024));

            nothingIsLeftBy(() -> shop.applies(application), 413, "request-too-large");
        }

        @Test
        void a_body_that_does_not_say_how_long_it_is_and_never_ends() {
            byte[] body = damaged()
                    .put("description", "x".repeat(400 * 1024))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);

            nothingIsLeftBy(
                    () -> shop.http()
                            .send(shop.http()
                                    .request("POST", "/api/cases")
                                    .header("Content-Type", "application/json")
                                    .header("Idempotency-Key", Shop.newKey())
                                    .method(
                                            "POST",
                                            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))),
                    413,
                    "request-too-large");
        }

        @Test
        void another_merchants_name() {
            var application = damaged().put("merchantId", "M-2");

            nothingIsLeftBy(() -> shop.applies(application), 403, "foreign-merchant");
        }

        @Test
        void a_kind_of_application_that_does_not_exist_or_is_absent() {
            var unknown = damaged().put("kind", "GIFT");
            var absent = without(damaged(), "kind");

            nothingIsLeftBy(() -> shop.applies(unknown), 422, "field-invalid");
            nothingIsLeftBy(() -> shop.applies(absent), 422, "field-missing");
        }

        @ParameterizedTest
        @ValueSource(strings = {"4242424242424241", "4242", "4242-4242-4242-424a", "0", " "})
        void a_card_whose_number_is_not_one(String number) {
            var application = damaged();
            application
                    .putObject("payTo")
                    .put("method", "BANK_CARD")
                    .put("cardNumber", number)
                    .put("holder", "王小明")
                    .put("bank", "招商银行");

            var answer = nothingIsLeftBy(() -> shop.applies(application), 422, null);

            assertThat(answer.code()).isIn("card-number-invalid", "field-missing");
            assertThat(answer.text()).doesNotContain("4242424242424241");
        }

        @Test
        void a_good_card_in_an_application_that_is_refused_for_something_else_is_not_kept() {
            var application = damaged().put("orderId", "O-unheard-of");
            application
                    .putObject("payTo")
                    .put("method", "BANK_CARD")
                    .put("cardNumber", "4242424242424242")
                    .put("holder", "王小明")
                    .put("bank", "招商银行");

            nothingIsLeftBy(() -> shop.applies(application), 404, "order-not-found");
        }

        @Test
        void a_stranger_and_a_person_cannot_apply() {
            var application = damaged();
            var before = Traces.of(jdbc);

            assertThat(Http.stranger(port)
                            .post("/api/cases", application.toString())
                            .status())
                    .isEqualTo(401);
            assertThat(Http.as(port, "reviewer")
                            .post("/api/cases", application.toString())
                            .status())
                    .isEqualTo(403);
            assertThat(Traces.of(jdbc)).isEqualTo(before);
        }

        @Test
        void a_preview_says_what_an_application_would_and_leaves_no_trace() {
            var application = damaged();
            var before = Traces.of(jdbc);

            var preview = shop.http().post("/api/cases/preview", application.toString());
            var refused = shop.http()
                    .post("/api/cases/preview", damaged().put("reason", "BORED").toString());

            assertThat(preview.status()).as(preview.toString()).isEqualTo(200);
            assertThat(preview.json().path("verdict").path("value").asText()).isEqualTo("AUDIT");
            assertThat(preview.json().path("refundableMinor").asLong()).isEqualTo(3_000);
            assertThat(refused.code()).isEqualTo("field-invalid");
            // The order of the second preview is the only thing that came new.
            assertThat(withoutOrders(Traces.of(jdbc))).isEqualTo(withoutOrders(before));
        }

        @Test
        void an_order_that_many_tell_at_once_is_told_once_and_never_breaks() {
            var facts = shop.facts();

            var answers = AtOnce.run(
                    12,
                    i -> shop.tells("O-told-at-once-" + facts.path("buyerId").asText(), facts));

            assertThat(answers).allMatch(answer -> answer.status() < 500, "no failure of ours");
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        }
    }

    @Nested
    class With_the_idempotency_key {
        @Test
        void absent_or_blank_or_endless() {
            String application = damaged().toString();

            nothingIsLeftBy(() -> shop.http().post("/api/cases", application), 400, "idempotency-key-invalid");
            nothingIsLeftBy(() -> shop.applies(" ", application), 400, "idempotency-key-invalid");
            nothingIsLeftBy(() -> shop.applies("k".repeat(1_000), application), 400, "idempotency-key-invalid");
        }

        @Test
        void used_again_for_the_same_application_gives_the_same_answer() {
            String application = damaged().toString();
            String key = Shop.newKey();
            var first = shop.applies(key, application);
            var before = Traces.of(jdbc);

            var second = shop.applies(key, application);

            assertThat(first.status()).as(first.toString()).isEqualTo(201);
            assertThat(second.status()).isEqualTo(201);
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(second.header("Location")).isEqualTo(first.header("Location"));
            assertThat(Traces.of(jdbc)).isEqualTo(before);
        }

        @Test
        void used_again_for_another_application_is_refused() {
            var application = damaged();
            String key = Shop.newKey();
            shop.applies(key, application.toString());

            nothingIsLeftBy(
                    () -> shop.applies(key, application.put("reason", "FAULTY").toString()),
                    422,
                    "idempotency-key-reused");
        }

        @Test
        void of_a_refused_application_may_be_used_for_the_mended_one() {
            var application = damaged().put("reason", "BORED");
            String key = Shop.newKey();
            nothingIsLeftBy(() -> shop.applies(key, application.toString()), 422, "field-invalid");

            var mended = shop.applies(key, application.put("reason", "DAMAGED").toString());

            assertThat(mended.status()).as(mended.toString()).isEqualTo(201);
        }

        @Test
        void of_one_merchant_says_nothing_about_anothers() {
            String key = Shop.newKey();
            var other = Shop.at(port, "shop2", clock);

            var first = shop.applies(key, damaged().toString());
            var second = other.applies(key, Shop.application(other.sells(), 1).toString());

            assertThat(first.status()).isEqualTo(201);
            assertThat(second.status()).as(second.toString()).isEqualTo(201);
        }

        @Test
        void used_fifty_times_at_once_makes_one_case_and_no_failure() {
            var purchase = shop.sells();
            String application = Shop.application(purchase, 1).toString();
            String key = Shop.newKey();

            List<Answer> answers = AtOnce.run(50, i -> shop.applies(key, application));

            assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
            assertThat(answers).filteredOn(answer -> answer.status() == 201).isNotEmpty();
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .allMatch(answer -> answer.code().equals("request-still-running"));
            assertThat(casesOf(purchase)).hasSize(1);
            assertThat(shop.applies(key, application).json().path("number"))
                    .isEqualTo(theCaseOf(purchase).path("number"));
        }
    }

    @Nested
    class At_the_engines_rest {
        @ParameterizedTest
        @ValueSource(strings = {"start", "submit-form"})
        void a_number_that_the_shop_made_up(String how) {
            var body = body(damaged()).put("businessKey", "AS-2026-00000001");

            nothingIsLeftBy(() -> starts(how, body), 400, "field-unknown");
        }

        @Test
        void a_start_in_the_middle_of_the_flow() {
            var body = body(damaged());
            body.putArray("startInstructions")
                    .addObject()
                    .put("type", "startBeforeActivity")
                    .put("activityId", "Call_Payout");

            nothingIsLeftBy(() -> starts("start", body.put("skipCustomListeners", true)), 400, "field-unknown");
        }

        @ParameterizedTest
        @ValueSource(strings = {"skipCustomListeners", "skipIoMappings"})
        void a_flag_that_skips_what_guards_the_flow(String flag) {
            var body = body(damaged()).put(flag, true);

            nothingIsLeftBy(() -> starts("start", body), 400, "field-unknown");
        }

        @ParameterizedTest
        @ValueSource(strings = {"kind", "merchantId", "auditOutcome", "verdict", "application", "approvals"})
        void a_variable_that_belongs_to_the_flow(String name) {
            for (String how : List.of("start", "submit-form")) {
                var body = body(damaged());
                body.withObject("/variables").putObject(name).put("value", "APPROVED");

                var answer = nothingIsLeftBy(() -> starts(how, body), -1, null);

                assertThat(answer.json().path("field").asText()).isEqualTo(name);
            }
        }

        @Test
        void an_application_that_claims_to_be_checked_already() {
            var body = body(damaged());
            body.withObject("/variables")
                    .putObject("application")
                    .put("type", "Object")
                    .put("value", "{\"orderId\":\"O-1\"}")
                    .putObject("valueInfo")
                    .put("objectTypeName", "io.aftersale.cases.Application")
                    .put("serializationDataFormat", "application/json");

            nothingIsLeftBy(() -> starts("start", body), -1, null);
        }

        @Test
        void an_object_of_java() {
            var body = body(damaged());
            body.withObject("/variables")
                    .putObject("description")
                    .put("type", "Object")
                    .put("value", "rO0ABXQAA2FiYw==")
                    .putObject("valueInfo")
                    .put("objectTypeName", "java.lang.String")
                    .put("serializationDataFormat", "application/x-java-serialized-object");

            nothingIsLeftBy(() -> starts("start", body), -1, null);
        }

        @ParameterizedTest
        @ValueSource(strings = {"lines", "payTo", "evidence"})
        void json_that_is_not_json(String name) {
            for (String type : List.of("Json", "String")) {
                var body = body(damaged());
                body.withObject("/variables").putObject(name).put("type", type).put("value", "[{");

                nothingIsLeftBy(() -> starts("start", body), -1, null);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "null",
                    "{\"variables\":7}",
                    "{\"variables\":{\"orderId\":null}}",
                    "{\"variables\":{\"orderId\":\"O-1\"}}",
                    "{\"variables\":{\"lines\":{\"type\":\"Json\",\"value\":\" \"}}}",
                    "{\"variables\":{\"description\":{\"type\":\"String\",\"value\":{\"a\":1}}}}",
                    "{\"variables\":{\"orderId\":{\"type\":\"Long\",\"value\":\"x\"}}}"
                })
        void a_body_that_cannot_be_read(String body) {
            var answer = nothingIsLeftBy(
                    () -> shop.http().post("/engine-rest/process-definition/key/refund/start", body), -1, null);

            assertThat(answer.code()).isIn("malformed-request", "field-missing");
        }

        @ParameterizedTest
        @ValueSource(strings = {"start", "submit-form"})
        void an_amount_that_the_engine_would_read_as_none_and_so_as_the_full_one(String how) {
            var body = body(damaged());
            body.withObject("/variables")
                    .putObject("amountMinor")
                    .put("type", "Long")
                    .put("value", "\"1000\"");

            var answer = nothingIsLeftBy(() -> starts(how, body), 400, "malformed-request");

            assertThat(answer.json().path("field").asText()).isEqualTo("amountMinor");
        }

        @Test
        void a_variable_that_is_given_twice() {
            String twice = body(damaged())
                    .toString()
                    .replaceFirst("\"reason\"", "\"reason\":{\"value\":\"OTHER\"},\"reason\"");

            nothingIsLeftBy(
                    () -> shop.http().post("/engine-rest/process-definition/key/refund/start", twice),
                    400,
                    "malformed-request");
        }

        @Test
        void a_card_number_instead_of_its_token() {
            var application = damaged();
            application
                    .putObject("payTo")
                    .put("method", "BANK_CARD")
                    .put("cardNumber", "4242424242424242")
                    .put("holder", "王小明")
                    .put("bank", "招商银行");

            refused(Door.ENGINE_START, application, 422, "card-number-not-here");
            assertThat(Places.with("4242424242424242", jdbc)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"audit", "payout"})
        void a_part_that_only_flows_may_start(String part) {
            nothingIsLeftBy(
                    () -> shop.http()
                            .post("/engine-rest/process-definition/key/" + part + "/start", "{\"variables\":{}}"),
                    -1,
                    null);
        }

        @Test
        void a_flow_that_does_not_exist() {
            nothingIsLeftBy(
                    () -> shop.http().post("/engine-rest/process-definition/key/gift/start", "{\"variables\":{}}"),
                    404,
                    "resource-not-found");
        }

        @Test
        void a_body_of_more_than_a_quarter_of_a_megabyte() {
            var application = damaged().put("description", "x".repeat(257 * 1024));

            refused(Door.ENGINE_START, application, 413, "request-too-large");
        }

        private Answer starts(String how, ObjectNode body) {
            return shop.http().post("/engine-rest/process-definition/key/refund/" + how, body.toString());
        }

        private ObjectNode body(ObjectNode application) {
            try {
                return (ObjectNode) Shop.JSON.readTree(Door.variables(application));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private ObjectNode damaged() {
        return Shop.application(shop.sells(), 1);
    }

    private static ObjectNode line(ObjectNode application) {
        return (ObjectNode) application.path("lines").path(0);
    }

    private static ObjectNode without(ObjectNode application, String field) {
        application.remove(field);
        return application;
    }

    private Answer refused(Door door, ObjectNode application, int status, String code) {
        return nothingIsLeftBy(() -> door.applies(shop, application), status, code);
    }

    private Answer refused(Door door, ObjectNode application, int status, String code, String field) {
        var answer = refused(door, application, status, code);
        assertThat(answer.json().path("field").asText()).as(answer.toString()).isEqualTo(field);
        return answer;
    }

    private void refusedSomehow(Door door, ObjectNode application) {
        nothingIsLeftBy(() -> door.applies(shop, application), -1, null);
    }

    /** @param status -1 for any refusal that blames the caller; @param code null for any */
    private Answer nothingIsLeftBy(Supplier<Answer> call, int status, String code) {
        var before = Traces.of(jdbc);
        var answer = call.get();
        if (status == -1) {
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        } else {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        }
        assertThat(answer.header("Content-Type")).as(answer.toString()).startsWith("application/problem+json");
        var problem = answer.json();
        if (code != null) {
            assertThat(problem.path("code").asText()).as(answer.toString()).isEqualTo(code);
        }
        assertThat(problem.path("type").asText()).isEqualTo("/problems/" + answer.code());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(Traces.of(jdbc)).as("what " + answer + " left behind").isEqualTo(before);
        return answer;
    }

    private List<JsonNode> casesOf(Purchase purchase) {
        var items = shop.http()
                .get("/api/cases?orderId=" + purchase.orderId())
                .json()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private JsonNode theCaseOf(Purchase purchase) {
        var cases = casesOf(purchase);
        assertThat(cases).hasSize(1);
        return cases.get(0);
    }

    private static Map<String, Long> withoutOrders(Traces traces) {
        var rows = new TreeMap<>(traces.rows());
        rows.keySet().removeAll(List.of("shop_order", "order_line", "tender"));
        return rows;
    }
}
