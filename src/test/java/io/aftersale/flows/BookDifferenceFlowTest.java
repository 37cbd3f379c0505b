package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Desk;
import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Our record of payouts held against the provider's book: what differs becomes a task of finance, once, and nothing is
 * corrected by itself.
 */
@RunningApp
class BookDifferenceFlowTest {
    private static final String EXPLAIN = "Task_ExplainDifference";

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Footprints footprints;

    @Test
    void a_refund_that_both_books_have_alike_is_no_difference() {
        String payout = payoutOf(paid());
        compare();
        assertThat(differencesOf(payout)).isEmpty();
    }

    @Test
    void an_amount_that_differs_is_explained_by_finance_and_corrected_by_nobody() {
        var story = paid();
        String payout = payoutOf(story);
        jdbc.sql("update payout set amount_minor = amount_minor + 1 where id = ?")
                .param(payout)
                .update();
        compare();
        compare();
        assertThat(differencesOf(payout)).containsExactly("NOT_THE_SAME");
        String number = numberOf(payout);
        var finance = Desk.of(given.port(), "finance");
        var task = finance.tasksOf(number).get(0);
        assertThat(task.path("taskDefinitionKey").asText()).isEqualTo(EXPLAIN);
        var shown = finance.http()
                .get("/engine-rest/task/" + task.path("id").asText() + "/form-variables?deserializeValues=false")
                .json()
                .at("/differenceView/value")
                .asText();
        assertThat(shown).contains(payout, "30.01 CNY", "30.00 CNY", story.number());
        assertThat(finance.answers(number, form("decision", "EXPLAINED")).code())
                .isEqualTo("field-missing");
        String id = finance.taskOf(number);
        assertThat(finance.completes(id, form("decision", "CORRECTED", "remark", "x"))
                        .code())
                .isEqualTo("field-missing");
        assertThat(finance.completes(id, form("decision", "RETRY", "remark", "x"))
                        .code())
                .isEqualTo("field-invalid");
        var answer = form("decision", "CORRECTED", "reference", "BANK-7", "remark", "a cent too much in our record");
        assertThat(finance.completes(id, answer).status()).isEqualTo(204);
        assertThat(story.events()).contains("books-differ", "books-explained");
        assertThat(jdbc.sql("select decision, reference, decided_by from book_difference where number = ?")
                        .param(number)
                        .query()
                        .singleRow())
                .containsValues("CORRECTED", "BANK-7", "finance");
        assertThat(amountOf(payout)).as("nobody corrected it").isEqualTo(3_001);
        compare();
        assertThat(differencesOf(payout)).as("noted once, for ever").hasSize(1);
    }

    @Test
    void what_the_provider_paid_and_nobody_asked_for_is_found_and_escalated_in_time() {
        String key = "PO-" + UUID.randomUUID();
        book(key, "M-1");
        String stranger = "PO-" + UUID.randomUUID();
        book(stranger, "M-unheard-of");
        compare();
        assertThat(differencesOf(key)).containsExactly("NOT_OURS");
        var story = given.storyOf(numberOf(key), "nobody");
        story.waitsAt(EXPLAIN)
                .fires("Event_ExplanationOverdue")
                .waitsAt(EXPLAIN)
                .passed("Task_EscalateExplanation", "EndEvent_ExplanationEscalated");
        Desk.of(given.port(), "supervisor")
                .decides(story.number(), form("decision", "EXPLAINED", "remark", "a test of the provider's"));
        story.endedAt("EndEvent_DifferenceExplained");
        assertThat(footprints.missing(Path.of("bpmn/parts/book-difference.bpmn"), story.processInstances()))
                .as("every node and flow was passed")
                .isEmpty();
        assertThat(Desk.of(given.port(), "finance").tasksOf(numberOf(stranger)))
                .as("what belongs to no merchant of ours is for all of finance")
                .hasSize(1);
    }

    @Test
    void what_our_record_has_as_paid_and_the_provider_has_not() {
        var story = given.aRefund(
                        order -> {
                            given.shop().notShipped().accept(order);
                            ((ObjectNode) order.path("tenders").path(0))
                                    .put("tenderId", "DECLINE-" + UUID.randomUUID());
                        },
                        application -> application.put("reason", "NOT_SHIPPED"))
                .becomesAt("Task_SettlePayout")
                .at("Task_SettlePayout", "finance", form("decision", "PAID_OUTSIDE", "reference", "BANK-1"))
                .becomes("COMPLETED");
        String payout = payoutOf(story);
        compare();
        assertThat(differencesOf(payout))
                .as("paid outside is not in the provider's book")
                .isEmpty();
        jdbc.sql("update payout set outside_reference = null where id = ?")
                .param(payout)
                .update();
        compare();
        assertThat(differencesOf(payout)).containsExactly("NOT_PAID_THERE");
    }

    @Test
    void who_approved_a_refund_does_not_explain_its_books() {
        var story = paid();
        String payout = payoutOf(story);
        jdbc.sql("update payout set currency = 'EUR' where id = ?")
                .param(payout)
                .update();
        jdbc.sql("update audit_decision set decided_by = 'finance' where case_number = ?")
                .param(story.number())
                .update();
        compare();
        assertThat(Desk.of(given.port(), "finance")
                        .answers(numberOf(payout), form("decision", "EXPLAINED", "remark", "fine"))
                        .code())
                .isEqualTo("same-person");
    }

    @Test
    void only_administrators_and_finance_have_a_day_compared_and_only_one_that_is_a_day() {
        assertThat(asks("shop", today().toString()).status()).isEqualTo(403);
        assertThat(asks("reviewer", today().toString()).status()).isEqualTo(403);
        assertThat(asks("finance", today().toString()).status()).isEqualTo(200);
        assertThat(asks("admin", today().plusDays(2).toString()).code()).isEqualTo("field-invalid");
        assertThat(asks("admin", "2026-02-30").code()).isEqualTo("field-invalid");
        assertThat(asks("admin", "yesterday").code()).isEqualTo("field-invalid");
        var details =
                Http.as(given.port(), "admin").get("/actuator/health").json().at("/components/providerBooks/details");
        assertThat(details.path("differences").isNumber()).isTrue();
        assertThat(details.path("daysBehind").isNumber()).isTrue();
    }

    /** Approved by a reviewer and paid by the provider: 30.00. */
    private Story paid() {
        return given.aRefund()
                .at("Task_AuditApplication", "reviewer", form("decision", "APPROVE"))
                .becomes("COMPLETED");
    }

    private static String payoutOf(Story story) {
        return story.sheet().at("/payouts/0/id").asText();
    }

    private void book(String key, String merchantId) {
        var body = Shop.JSON
                .createObjectNode()
                .put("merchantId", merchantId)
                .put("orderId", "O-1")
                .put("tenderId", "T-1")
                .put("tenderMethod", "CARD")
                .put("amountMinor", 700)
                .put("currency", "CNY");
        body.putObject("payTo").put("method", "ORIGINAL");
        var sandbox = given.sandbox();
        var answer = sandbox.send(sandbox.request("POST", "/payments/refunds")
                .header("Authorization", "Bearer demo-token")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .method("POST", BodyPublishers.ofString(body.toString())));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void compare() {
        var answer = asks("admin", today().toString());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private Http.Answer asks(String user, String day) {
        return Http.as(given.port(), user).post("/api/operations/books/" + day, "");
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private List<String> differencesOf(String key) {
        return jdbc.sql("select kind from book_difference where payout_key = ?")
                .param(key)
                .query(String.class)
                .list();
    }

    private String numberOf(String key) {
        return jdbc.sql("select number from book_difference where payout_key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    private long amountOf(String payout) {
        return jdbc.sql("select amount_minor from payout where id = ?")
                .param(payout)
                .query(Long.class)
                .single();
    }
}
