package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders that a shop tells wrongly: each is refused with its code, and nothing of it is kept. */
@RunningApp
class BadOrdersTest {
    @LocalServerPort
    int port;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.at(port, clock);
    }

    @Test
    void tenders_that_do_not_come_to_what_was_bought() {
        refused(facts -> Shop.tender(facts, "POINTS", 1), 422, "order-amounts-differ");
        refused(facts -> facts.put("shippingPaidMinor", 999), 422, "order-amounts-differ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100000000001", "9223372036854775807"})
    void an_amount_outside_of_what_anything_costs(String amount) {
        refused(facts -> line(facts).put("paidMinor", Long.parseLong(amount)), 422, "field-invalid");
        refused(facts -> facts.put("shippingPaidMinor", Long.parseLong(amount)), 422, "field-invalid");
        refused(facts -> tender(facts).put("amountMinor", Long.parseLong(amount)), 422, "field-invalid");
    }

    @Test
    void an_amount_that_is_not_a_whole_number_of_cents() {
        refused(facts -> line(facts).put("paidMinor", 10.5), 422, "amount-invalid");
        refused(facts -> line(facts).put("paidMinor", "9000"), 422, "amount-invalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_000})
    void a_quantity_that_nobody_buys(int quantity) {
        refused(facts -> line(facts).put("quantity", quantity), 422, "field-invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "<script>", "a/b", "名"})
    void an_id_that_is_none(String id) {
        refused(facts -> facts.put("buyerId", id), 422, "field-invalid");
        refused(facts -> line(facts).put("lineId", id), 422, "field-invalid");
        refused(facts -> line(facts).put("sku", id), 422, "field-invalid");
        refused(facts -> tender(facts).put("tenderId", id), 422, "field-invalid");
    }

    @Test
    void an_id_with_a_nul() {
        refused(facts -> facts.put("buyerId", "\0"), 422, "text-invalid");
        refused(facts -> line(facts).put("lineId", "\0"), 422, "text-invalid");
        refused(facts -> tender(facts).put("tenderId", "\0"), 422, "text-invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CNYX", "cny", "", "XYZ"})
    void a_currency_that_does_not_exist(String currency) {
        refused(facts -> facts.put("currency", currency), 422, "field-invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T00:00:00Z", "-0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"})
    void a_time_beyond_all_calendars(String time) {
        for (String field : new String[] {"placedAt", "paidAt", "shippedAt", "deliveredAt", "installedAt"}) {
            refused(facts -> facts.put(field, time), 422, "field-invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-01", "2026-13-01T00:00:00Z", "2026-11-01T10:00:00"})
    void a_time_without_an_offset_or_that_is_none(String time) {
        refused(facts -> facts.put("placedAt", time), 400, "malformed-request");
    }

    @Test
    void a_time_that_is_a_number() {
        refused(facts -> facts.put("placedAt", 1_763_800_000L), 400, "malformed-request");
        refused(facts -> facts.put("placedAt", "1763800000"), 400, "malformed-request");
    }

    @Test
    void a_text_that_is_a_number() {
        var answer = refused(facts -> line(facts).put("title", 5), 400, "malformed-request");
        assertThat(answer.json().path("field").asText()).isEqualTo("lines[0].title");
    }

    @Test
    void times_that_cannot_follow_each_other() {
        refused(facts -> facts.put("shippedAt", shop.ago(Duration.ofDays(9))), 422, "field-invalid");
        refused(facts -> facts.put("deliveredAt", shop.ago(Duration.ofDays(9))), 422, "field-invalid");
    }

    @Test
    void a_fault_far_down_the_order_is_found() {
        var second = refused(
                facts -> {
                    var copy = line(facts).deepCopy().put("lineId", "2");
                    copy.remove("sku");
                    facts.withArray("lines").add(copy);
                },
                422,
                "field-missing");
        assertThat(second.json().path("field").asText()).isEqualTo("lines[1].sku");
        var paid = refused(facts -> tender(facts).put("tenderId", ""), 422, "field-invalid");
        assertThat(paid.json().path("field").asText()).isEqualTo("tenders[0].tenderId");
    }

    @Test
    void a_line_or_a_tender_told_twice() {
        refused(facts -> facts.withArray("lines").add(line(facts).deepCopy()), 422, null);
        refused(facts -> facts.withArray("tenders").add(tender(facts).deepCopy()), 422, null);
    }

    @Test
    void an_order_without_what_it_needs() {
        for (String field : new String[] {"buyerId", "currency", "placedAt", "lines"}) {
            refused(facts -> facts.remove(field), 422, "field-missing");
            refused(facts -> facts.putNull(field), 422, "field-missing");
        }
        for (String field : new String[] {"lineId", "sku", "title", "category", "quantity", "paidMinor"}) {
            refused(facts -> line(facts).remove(field), 422, "field-missing");
        }
        refused(facts -> facts.putArray("lines"), 422, "field-invalid");
        refused(facts -> facts.putArray("lines").addNull(), 422, "field-missing");
    }

    @Test
    void goods_and_tenders_of_a_kind_that_does_not_exist() {
        refused(facts -> line(facts).put("goodsClass", "ANIMAL"), 400, "malformed-request");
        refused(facts -> line(facts).put("goodsClass", 0), 400, "malformed-request");
        refused(facts -> tender(facts).put("method", "CASH"), 400, "malformed-request");
    }

    @Test
    void fields_that_are_not_known() {
        refused(facts -> facts.put("refundedMinor", 1), 400, "field-unknown");
        refused(facts -> line(facts).put("takenMinor", 1), 400, "field-unknown");
    }

    @Test
    void a_title_with_control_characters_or_without_end() {
        refused(facts -> line(facts).put("title", "马克杯\0"), 422, "text-invalid");
        refused(facts -> line(facts).put("title", "马".repeat(501)), 422, "text-invalid");
    }

    @Test
    void another_merchants_order() {
        refused(facts -> facts.put("merchantId", "M-2"), 403, "foreign-merchant");
    }

    @Test
    void what_was_told_once_stays() {
        var purchase = shop.sells();

        conflict(purchase, facts -> facts.put("buyerId", "B-other"));
        conflict(purchase, facts -> facts.put("currency", "EUR"));
        conflict(
                purchase, facts -> facts.put("deliveredAt", facts.path("paidAt").asText()));
        conflict(purchase, facts -> line(facts).put("lineId", "9"));
        assertThat(shop.tells(purchase.orderId(), purchase.facts()).status()).isEqualTo(200);
    }

    private void conflict(Shop.Purchase purchase, Consumer<ObjectNode> change) {
        var facts = purchase.facts().deepCopy();
        change.accept(facts);
        String before = shop.http().get("/api/orders/" + purchase.orderId()).text();

        var answer = shop.tells(purchase.orderId(), facts);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("order-conflict");
        assertThat(shop.http().get("/api/orders/" + purchase.orderId()).text()).isEqualTo(before);
    }

    private Answer refused(Consumer<ObjectNode> change, int status, String code) {
        var facts = shop.facts();
        change.accept(facts);
        var before = Traces.of(jdbc);

        var answer = shop.tells("O-" + UUID.randomUUID(), facts);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        if (code != null) {
            assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        }
        assertThat(Traces.of(jdbc)).isEqualTo(before);
        return answer;
    }

    private static ObjectNode line(ObjectNode facts) {
        return (ObjectNode) facts.path("lines").path(0);
    }

    private static ObjectNode tender(ObjectNode facts) {
        return (ObjectNode) facts.path("tenders").path(0);
    }
}
