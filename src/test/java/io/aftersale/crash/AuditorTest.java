package io.aftersale.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A checker that cannot fail proves nothing: true books pass, and each book with one thing changed in it does not. */
class AuditorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Claim> CLAIMS = List.of(
            claim(Tale.APPROVED, "1", "COMPLETED", Map.of("T-1", 900L), Map.of(), 0),
            claim(Tale.EXCHANGED, "2", "COMPLETED", Map.of(), Map.of("VENDOR", 1, "REPLACEMENT", 1), 1),
            claim(Tale.LEFT_WAITING, "3", "AUDITING", Map.of(), Map.of(), 0));

    private static final List<Stars> STARS = List.of(new Stars("MUG", 5), new Stars("MUG", 5));

    @Test
    void true_books_are_in_order() {
        assertThat(faults(books -> {})).isEmpty();
    }

    @Test
    void what_the_provider_booked_twice_is_found() {
        assertThat(faults(books -> books.provider().add(books.provider().get(0).deepCopy())))
                .anyMatch(fault -> fault.startsWith("Invariant 2") && fault.contains("bookings of T-1"))
                .anyMatch(fault -> fault.startsWith("Invariant 1") && fault.contains("provider's book of tender T-1"));
    }

    @Test
    void what_was_promised_and_not_paid_is_found() {
        assertThat(faults(books -> books.provider().clear()))
                .anyMatch(fault -> fault.contains("bookings of T-1: expected 1, found 0"));
    }

    @Test
    void another_amount_at_the_provider_is_found() {
        assertThat(faults(books -> put(books.provider().get(0), "amountMinor", 899)))
                .anyMatch(fault -> fault.contains("booked of T-1: expected 900, found 899"));
    }

    @Test
    void money_for_an_order_that_nobody_claimed_is_found() {
        assertThat(faults(books -> put(books.provider().get(0), "orderId", "O-9")))
                .anyMatch(fault -> fault.contains("an order that nobody claimed"));
    }

    @Test
    void a_booking_under_a_key_of_nobody_is_found() {
        assertThat(faults(books -> put(books.provider().get(0), "key", "PO-9")))
                .anyMatch(fault -> fault.contains("a key that we do not know"))
                .anyMatch(fault -> fault.contains("bookings under payout PO-1: expected 1, found 0"));
    }

    @Test
    void an_acknowledged_case_that_is_gone_is_found() {
        assertThat(faults(books -> books.rows("cases").remove(1)))
                .anyMatch(fault -> fault.startsWith("Invariant 2") && fault.contains("cases: expected 1, found 0"));
    }

    @Test
    void a_second_case_for_one_application_is_found() {
        assertThat(faults(books ->
                        books.rows("cases").add(put(books.rows("cases").get(0).deepCopy(), "number", "AS-9"))))
                .anyMatch(fault -> fault.contains("cases: expected 1, found 2"));
    }

    @Test
    void a_unit_that_gave_back_more_than_its_share_is_found() {
        assertThat(faults(books -> put(books.rows("units").get(0), "taken_minor", 451)))
                .anyMatch(fault -> fault.startsWith("Invariant 1: unit 1 of O-1"));
    }

    @Test
    void a_last_cent_that_was_not_given_back_is_found() {
        assertThat(faults(books -> put(books.rows("units").get(0), "taken_minor", 449)))
                .anyMatch(fault -> fault.startsWith("Invariant 1") && fault.contains("expected 900, found 899"));
    }

    @Test
    void a_reservation_of_money_left_behind_is_found() {
        assertThat(faults(books -> put(books.rows("entries").get(0), "state", "RESERVED")))
                .anyMatch(fault -> fault.contains("a reservation is left behind by AS-1"));
    }

    @Test
    void a_payout_left_under_way_is_found() {
        assertThat(faults(books -> put(books.rows("payouts").get(0), "status", "UNKNOWN")))
                .anyMatch(fault -> fault.contains("payout PO-1 is left UNKNOWN"));
    }

    @Test
    void a_lost_unit_is_found() {
        assertThat(faults(books -> books.movements().remove(0)))
                .anyMatch(fault -> fault.contains("moved by stock and carrier"));
    }

    @Test
    void a_parcel_that_was_sent_twice_is_found() {
        assertThat(faults(
                        books -> books.movements().add(books.movements().get(1).deepCopy())))
                .anyMatch(fault -> fault.contains("moved by stock and carrier"));
    }

    @Test
    void a_movement_that_our_record_does_not_close_is_found() {
        assertThat(faults(books -> put(books.rows("movements").get(0), "state", "OPEN")))
                .anyMatch(fault -> fault.contains("is left open"));
    }

    @Test
    void stock_that_stays_set_aside_is_found() {
        assertThat(faults(books -> put(books.reservations().get(0), "quantity", 1)))
                .anyMatch(fault -> fault.contains("still set aside: expected 0, found 1"));
    }

    @Test
    void goods_moved_for_nobody_are_found() {
        assertThat(faults(books -> put(books.movements().get(0), "caseNumber", "AS-9")))
                .anyMatch(fault -> fault.contains("a case that nobody knows: AS-9"));
    }

    @Test
    void an_event_that_was_taken_and_never_applied_is_found() {
        assertThat(faults(books -> put(books.rows("callbacks").get(0), "state", "RECEIVED")))
                .anyMatch(fault -> fault.contains("EV-1 was never applied"));
    }

    @Test
    void a_case_in_no_place_or_in_two_is_found() {
        assertThat(faults(books -> books.rows("flows").clear()))
                .anyMatch(fault -> fault.startsWith("Invariant 3") && fault.contains("flows: expected 1, found 0"));
        assertThat(faults(books -> books.rows("flows").add(row("{\"case_number\":\"AS-1\"}"))))
                .anyMatch(fault -> fault.contains("flows: expected 0, found 1"));
    }

    @Test
    void a_wait_without_an_owner_is_found() {
        assertThat(faults(books -> put(books.rows("waits").get(0), "owner", "")))
                .anyMatch(fault -> fault.startsWith("Invariant 3") && fault.contains("without owner"));
        assertThat(faults(books -> books.rows("waits").clear()))
                .anyMatch(fault -> fault.contains("open waits: expected 1, found 0"));
    }

    @Test
    void an_incident_is_found() {
        assertThat(faults(books -> books.rows("incidents").add(row("{\"type\":\"failedJob\"}"))))
                .anyMatch(fault -> fault.contains("an incident"));
    }

    @Test
    void one_person_with_two_voices_is_found() {
        assertThat(faults(books -> books.rows("decisions")
                        .add(books.rows("decisions").get(0).deepCopy())))
                .anyMatch(fault -> fault.equals("Invariant 4: AS-1: reviewer gave both approvals"));
        assertThat(faults(books -> books.rows("decisions")
                        .add(put(books.rows("decisions").get(0).deepCopy(), "decision", "OVERTURN"))))
                .anyMatch(fault -> fault.equals("Invariant 4: AS-1: reviewer judged what they had decided"));
        assertThat(faults(books -> put(books.rows("payouts").get(0), "finance_by", "reviewer")))
                .anyMatch(fault -> fault.contains("its approver decided about its payout"));
    }

    @Test
    void a_card_number_is_found() {
        assertThat(faults(books -> books.cardPlaces().add("act_hi_varinst.text_")))
                .containsExactly("Invariant 5: a card number stands in act_hi_varinst.text_");
    }

    @Test
    void a_rating_that_counts_twice_or_not_at_all_is_found() {
        assertThat(faults(books -> put(books.ratings().get(0).path("histogram"), "5", 3)))
                .containsExactly("Invariant 6: ratings that are shown: expected {MUG with 5=2}, found {MUG with 5=3}");
        assertThat(faults(books -> books.rows("reviews").remove(0)))
                .containsExactly(
                        "Invariant 6: reviews that are published: expected {MUG with 5=2}, found {MUG with 5=1}");
    }

    @Test
    void a_payout_that_nobody_approved_is_found() {
        assertThat(faults(books -> books.rows("approvals").clear()))
                .containsExactly("Invariant 8: the payouts of AS-1: at most 0, found 900");
    }

    private static List<String> faults(Consumer<Books> doctor) {
        var books = books();
        doctor.accept(books);
        return new Auditor(books).faults(CLAIMS, STARS);
    }

    private static Claim claim(
            Tale tale, String no, String end, Map<String, Long> due, Map<String, Integer> moved, int handedOut) {
        return new Claim(tale, "O-" + no, "AS-" + no, end, Map.of("T-" + no, 900L), due, moved, handedOut);
    }

    private static Books books() {
        var tables = new HashMap<String, List<JsonNode>>();
        tables.put("cases", rows("""
                {"number":"AS-1","order_id":"O-1","status":"COMPLETED","paid_minor":900,"closed":true}
                {"number":"AS-2","order_id":"O-2","status":"COMPLETED","paid_minor":0,"closed":true}
                {"number":"AS-3","order_id":"O-3","status":"AUDITING","paid_minor":0,"closed":false}
                """));
        tables.put("payouts", rows("""
                {"id":"PO-1","case_number":"AS-1","order_id":"O-1","tender_id":"T-1","amount_minor":900,\
                "status":"SETTLED","outside_reference":null,"finance_by":null}
                """));
        tables.put("entries", rows("""
                {"payout_id":"PO-1","case_number":"AS-1","order_id":"O-1","tender_id":"T-1","amount_minor":450,\
                "state":"SETTLED"}
                {"payout_id":"PO-1","case_number":"AS-1","order_id":"O-1","tender_id":"T-1","amount_minor":450,\
                "state":"SETTLED"}
                """));
        tables.put("units", rows("""
                {"order_id":"O-1","line_id":"1","unit_no":1,"share_minor":450,"taken_minor":450}
                {"order_id":"O-1","line_id":"1","unit_no":2,"share_minor":450,"taken_minor":450}
                """));
        tables.put("tenders", rows("""
                {"order_id":"O-1","tender_id":"T-1","amount_minor":900,"taken_minor":900}
                """));
        tables.put("approvals", rows("""
                {"case_number":"AS-1","amount_minor":900}
                """));
        tables.put("decisions", rows("""
                {"case_number":"AS-1","round":1,"step":"AUDIT","decided_by":"reviewer","decision":"APPROVE"}
                """));
        tables.put("movements", rows("""
                {"id":"MV-1","case_number":"AS-2","purpose":"VENDOR","quantity":1,"state":"DONE"}
                {"id":"MV-2","case_number":"AS-2","purpose":"REPLACEMENT","quantity":1,"state":"DONE"}
                """));
        tables.put("waits", rows("""
                {"case_number":"AS-3","owner":"reviewers","action":"Task_AuditApplication","consequence":"APPROVE"}
                """));
        tables.put("flows", rows("""
                {"case_number":"AS-3"}
                """));
        tables.put("incidents", new ArrayList<>());
        tables.put("reviews", rows("""
                {"sku":"MUG","stars":5}
                {"sku":"MUG","stars":5}
                """));
        tables.put("callbacks", rows("""
                {"sender":"payment-provider","event_id":"EV-1","state":"APPLIED"}
                """));
        return new Books(rows("""
                        {"key":"PO-1","orderId":"O-1","tenderId":"T-1","amountMinor":900,"status":"SETTLED"}
                        """), rows("""
                        {"caseNumber":"AS-2","purpose":"VENDOR","quantity":1}
                        {"caseNumber":"AS-2","purpose":"REPLACEMENT","quantity":1}
                        """), rows("""
                        {"id":"SR-1","caseNumber":"AS-2","quantity":0,"handedOut":1}
                        """), rows("""
                        {"sku":"MUG","count":2,"histogram":{"1":0,"2":0,"3":0,"4":0,"5":2}}
                        """), tables, new ArrayList<>());
    }

    private static List<JsonNode> rows(String lines) {
        var rows = new ArrayList<JsonNode>();
        lines.lines().map(AuditorTest::row).forEach(rows::add);
        return rows;
    }

    private static JsonNode row(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static JsonNode put(JsonNode row, String field, Object value) {
        return ((ObjectNode) row).set(field, JSON.valueToTree(value));
    }
}
