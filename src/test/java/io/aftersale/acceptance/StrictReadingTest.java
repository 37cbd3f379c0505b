package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Door;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing is guessed from what was sent: a refusal says what is wrong and at which place of the body. */
@RunningApp
class StrictReadingTest {
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
    void a_text_that_is_a_number_or_a_truth_value(Door door) {
        refused(door, damaged().put("description", 5), 400, "malformed-request", "description");
        refused(door, damaged().put("buyerId", true), 400, "malformed-request", "buyerId");
        var application = damaged();
        line(application).put("lineId", 1);

        refused(door, application, 400, "malformed-request", "lines[0].lineId");
    }

    @Test
    void a_number_that_is_too_large_is_called_so() {
        var amount = damaged().put("amountMinor", BigInteger.TEN.pow(20));
        assertThat(refused(Door.API, amount, 422, "amount-invalid", "amountMinor")
                        .text())
                .contains("too large");
    }

    @ParameterizedTest
    @EnumSource
    void a_second_line_that_is_wrong_is_told_from_the_first(Door door) {
        var application = damaged();
        application.withArray("lines").addObject().put("lineId", "2").put("quantity", 0);

        refused(door, application, 422, "field-invalid", "lines[1].quantity");
    }

    @Test
    void an_amount_where_no_money_is_asked_for() {
        var application = damaged().put("kind", "EXCHANGE");
        var answer = nothingIsLeftBy(() -> shop.applies(application.put("amountMinor", 5)), 422, "field-invalid");
        assertThat(answer.json().path("field").asText()).isEqualTo("amountMinor");
        application.putNull("amountMinor").put("includeShipping", true);
        answer = nothingIsLeftBy(() -> shop.applies(application), 422, "field-invalid");
        assertThat(answer.json().path("field").asText()).isEqualTo("includeShipping");
    }

    @Test
    void an_endless_id_is_not_repeated_in_full() {
        String endless = "O-" + "9".repeat(3_000);

        var application = damaged().put("orderId", endless);

        var answer = nothingIsLeftBy(() -> shop.applies(application), 404, "order-not-found");

        assertThat(answer.json().path("detail").asText()).contains("O-999").hasSizeLessThan(200);
    }

    @Test
    void a_list_asked_for_with_a_filter_that_says_nothing() {
        for (String filter : List.of("orderId=", "buyerId=", "status=", "kind=", "status=FOO", "kind=FOO")) {
            var answer = shop.http().get("/api/cases?" + filter);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.code()).isEqualTo("field-invalid");
            assertThat(answer.json().path("field").asText()).isEqualTo(filter.split("=")[0]);
        }
        assertThat(shop.http().get("/api/cases?status=AWAITING_GOODS").status()).isEqualTo(200);
    }

    @Test
    void a_field_that_is_given_twice_inside_a_line() {
        String twice = damaged().toString().replace("{\"lineId\":", "{\"lineId\":\"7\",\"lineId\":");

        var answer = nothingIsLeftBy(() -> shop.applies(Shop.newKey(), twice), 400, "malformed-request");

        assertThat(answer.json().path("field").asText()).isEqualTo("lines[0].lineId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "7"})
    void a_body_that_is_json_but_no_object_is_not_called_broken(String body) {
        var answer = nothingIsLeftBy(() -> shop.applies(Shop.newKey(), body), 400, "malformed-request");

        assertThat(answer.text()).contains("must be a JSON object");
    }

    @Test
    void a_preview_with_pictures_that_do_not_exist() {
        var application = damaged();
        application.putArray("evidence").add("nope");

        nothingIsLeftBy(() -> shop.http().post("/api/cases/preview", application.toString()), 422, "evidence-unknown");
    }

    private ObjectNode damaged() {
        return Shop.application(shop.sells(), 1);
    }

    private static ObjectNode line(ObjectNode application) {
        return (ObjectNode) application.path("lines").path(0);
    }

    private Answer refused(Door door, ObjectNode application, int status, String code, String field) {
        var answer = nothingIsLeftBy(() -> door.applies(shop, application), status, code);
        assertThat(answer.json().path("field").asText()).as(answer.toString()).isEqualTo(field);
        return answer;
    }

    private Answer nothingIsLeftBy(Supplier<Answer> call, int status, String code) {
        var before = Traces.of(jdbc);
        var answer = call.get();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(Traces.of(jdbc)).as("what " + answer + " left behind").isEqualTo(before);
        return answer;
    }
}
