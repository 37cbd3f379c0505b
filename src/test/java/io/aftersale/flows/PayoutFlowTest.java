package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.Places;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way through {@code parts/payout.bpmn}, against the sandbox provider over real HTTP. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PayoutFlowTest {
    private static final String CARD = "6200000000000005";
    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Value("${aftersale.sandbox.port}")
    int sandboxPort;

    @Test
    void each_tender_gets_its_own_part_back() {
        var story = tell(given.aRefund(
                order -> {
                    given.shop().notShipped().accept(order);
                    tenders(order, "CARD", 7_000, "POINTS", 3_000);
                },
                application -> application.put("reason", "NOT_SHIPPED")));

        story.becomes("COMPLETED")
                .outcome("REFUNDED")
                .passed("Task_ReserveRefund", "Task_IssueRefund", "Task_ReadOutcome", "Flow_Settled")
                .neverPassed("Task_AwaitSettlement", "Task_SettlePayout")
                .endedAt("EndEvent_PayoutConcluded");
        assertThat(payouts(story))
                .extracting(payout -> payout.path("amountMinor").asLong() + " "
                        + payout.path("status").asText() + " "
                        + payout.path("attempts").asInt())
                .containsExactly("2100 SETTLED 1", "900 SETTLED 1");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(bookedFor(story)).isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNKNOWN", "ERROR", "BUSY"})
    void what_was_never_booked_is_sent_again(String mishap) {
        var story = tell(refundBy(mishap));

        story.becomesAt("Task_AwaitSettlement")
                .is("PAYING")
                .next("payment-provider", "Task_AwaitSettlement", "FINANCE")
                .isDue("Event_ProviderOverdue", Duration.ofHours(24));
        assertThat(payouts(story).get(0).path("status").asText()).isEqualTo("UNKNOWN");
        story.fires("Event_CheckDue")
                .becomes("COMPLETED")
                .passed("Flow_NotSettled", "Flow_NotKnownYet", "Task_AwaitSettlement", "Event_CheckDue")
                .passed("Task_QueryRefund", "Flow_NeverBooked", "Task_IssueRefund", "Flow_Settled")
                .endedAt("EndEvent_Refunded");

        assertThat(payouts(story).get(0).path("attempts").asInt()).isEqualTo(2);
        assertThat(bookedFor(story)).isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT", "BROKEN", "HALF", "GARBLED", "TIMEOUT"})
    void what_was_booked_without_an_answer_is_found_out_by_asking(String mishap) {
        var story = tell(refundBy(mishap));

        story.becomesAt("Task_AwaitSettlement")
                .fires("Event_CheckDue")
                .becomes("COMPLETED")
                .passed("Task_QueryRefund", "Flow_Settled")
                .neverPassed("Flow_NeverBooked")
                .endedAt("EndEvent_Refunded");

        assertThat(payouts(story).get(0).path("attempts").asInt()).isEqualTo(1);
        assertThat(bookedFor(story)).isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "DOUBLE", "REORDERED", "EARLY"})
    void what_is_pending_is_settled_by_the_providers_word(String mishap) {
        var story = tell(refundBy(mishap));

        story.becomes("COMPLETED").neverPassed("Task_SettlePayout").endedAt("EndEvent_Refunded");

        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(story.events()).containsOnlyOnce("refund-settled");
        assertThat(bookedFor(story)).isEqualTo(3_000);
    }

    @Test
    void what_is_pending_in_silence_is_found_out_by_asking() {
        var story = tell(refundBy("SILENT"));
        story.becomesAt("Task_AwaitSettlement").isDue("Event_CheckDue", Duration.ofSeconds(10));
        assertThat(payouts(story).get(0).path("status").asText()).isEqualTo("PENDING");
        Eventually.get(() -> booked(story).get(0).path("status").asText(), "SETTLED"::equals);

        story.fires("Event_CheckDue").becomes("COMPLETED").endedAt("EndEvent_Refunded");
    }

    @Test
    void the_pauses_between_questions_grow() {
        var story = tell(refundBy("STUCK"));
        story.becomesAt("Task_AwaitSettlement");

        for (Duration pause : List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15))) {
            story.fires("Event_CheckDue").becomesAt("Task_AwaitSettlement").isDue("Event_CheckDue", pause);
        }
        for (int i = 0; i < 2; i++) {
            story.fires("Event_CheckDue")
                    .becomesAt("Task_AwaitSettlement")
                    .isDue("Event_CheckDue", Duration.ofHours(1))
                    .isDue("Event_ProviderOverdue", Duration.ofHours(24));
        }
        control(story, "settlement");
        story.becomes("COMPLETED").passed("From_AwaitSettlement").endedAt("EndEvent_Refunded");
    }

    @Test
    void what_the_provider_declines_finance_tries_again() {
        var story = tell(refundBy("RELUCTANT"));

        story.becomesAt("Task_SettlePayout")
                .next("finance", "Task_SettlePayout", "ESCALATE")
                .at("Task_SettlePayout", "finance", form("decision", "RETRY", "remark", "the account is open again"))
                .becomes("COMPLETED")
                .passed("Flow_Refused", "Task_ReferPayout", "Task_SettlePayout", "Flow_TryAgain", "Task_IssueRefund")
                .endedAt("EndEvent_Refunded");

        assertThat(story.events()).contains("refund-declined", "refund-referred", "refund-retried", "refund-settled");
        assertThat(bookedFor(story)).isEqualTo(3_000);
    }

    @Test
    void what_the_provider_declines_later_goes_to_finance_too() {
        var story = tell(refundBy("BOUNCE"));

        story.becomesAt("Task_SettlePayout").neverPassed("Event_ProviderOverdue");

        assertThat(payouts(story).get(0).path("status").asText()).isEqualTo("FAILED");
        finishByCancelling(story);
    }

    @Test
    void an_answer_with_another_amount_is_never_believed() {
        var story = tell(refundBy("WRONG"));

        story.becomesAt("Task_SettlePayout").passed("Flow_Refused");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        assertThat(payouts(story).get(0).path("status").asText()).isEqualTo("UNKNOWN");
        story.at("Task_SettlePayout", "finance", form("decision", "PAID_OUTSIDE", "reference", "RF-in-their-book"))
                .becomes("COMPLETED")
                .outcome("REFUNDED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    void a_part_that_is_cancelled_leaves_the_other_part_paid() {
        var story = tell(given.aRefund(
                order -> {
                    given.shop().notShipped().accept(order);
                    tenders(order, "DECLINE-CARD", 7_000, "POINTS", 3_000);
                },
                application -> application.put("reason", "NOT_SHIPPED")));

        story.becomesAt("Task_SettlePayout")
                .at("Task_SettlePayout", "finance", form("decision", "CANCEL", "remark", "paid in the shop"))
                .becomes("COMPLETED")
                .outcome("REFUNDED")
                .passed("Task_StopRefund", "Task_ClosePayout", "Flow_Closed", "EndEvent_PayoutClosed");

        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(900);
        assertThat(payouts(story))
                .extracting(payout -> payout.path("status").asText())
                .containsExactly("CANCELLED", "SETTLED");
    }

    @Test
    void what_stays_unknown_goes_to_finance_and_is_not_cancelled_while_the_provider_is_silent() {
        var story = tell(refundBy("DOWN"));

        story.becomesAt("Task_AwaitSettlement")
                .fires("Event_CheckDue")
                .becomesAt("Task_AwaitSettlement")
                .fires("Event_ProviderOverdue")
                .becomesAt("Task_SettlePayout")
                .isDue("Event_FinanceOverdue", Duration.ofHours(24))
                .at("Task_SettlePayout", "finance", form("decision", "CANCEL", "remark", "they do not answer"));
        Eventually.get(story::events, events -> events.contains("payout-in-doubt"));
        story.becomesAt("Task_SettlePayout")
                .passed("Task_StopRefund", "Task_ClosePayout", "Flow_StillInDoubt", "Task_SettlePayout")
                .at("Task_SettlePayout", "finance", form("decision", "PAID_OUTSIDE", "reference", "BANK-42"))
                .becomes("COMPLETED")
                .outcome("REFUNDED");

        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(booked(story)).isEmpty();
    }

    @Test
    void a_cancelled_payout_is_stopped_at_the_provider() {
        var story = tell(refundBy("STUCK"));
        story.becomesAt("Task_AwaitSettlement").fires("Event_ProviderOverdue");

        finishByCancelling(story);

        assertThat(booked(story).get(0).path("status").asText()).isEqualTo("CANCELLED");
        assertThat(control(story, "settlement").status()).isEqualTo(409);
    }

    @Test
    void finance_is_reminded_by_supervisors_and_relieved_by_the_provider() {
        var story = tell(refundBy("STUCK"));
        story.becomesAt("Task_AwaitSettlement").fires("Event_ProviderOverdue").becomesAt("Task_SettlePayout");
        assertThat(Desk.of(given.port(), "supervisor").tasksOf(story.number())).isEmpty();

        story.fires("Event_FinanceOverdue").passed("Task_EscalatePayout", "EndEvent_PayoutEscalated");
        assertThat(Desk.of(given.port(), "supervisor").tasksOf(story.number())).hasSize(1);
        control(story, "settlement");

        story.becomes("COMPLETED")
                .passed("Event_SettledMeanwhile", "EndEvent_SettledMeanwhile")
                .endedAt("EndEvent_Refunded");
        assertThat(Desk.of(given.port(), "finance").tasksOf(story.number())).isEmpty();
    }

    @Test
    void finance_answers_in_full_or_not_at_all() {
        var story = tell(refundBy("DECLINE"));
        story.becomesAt("Task_SettlePayout");

        assertThat(story.refuses("finance", form())).isEqualTo("field-missing");
        assertThat(story.refuses("finance", form("decision", "PAY"))).isEqualTo("field-invalid");
        assertThat(story.refuses("finance", form("decision", "PAID_OUTSIDE"))).isEqualTo("field-missing");
        assertThat(story.refuses("finance", form("decision", "CANCEL", "remark", " ")))
                .isEqualTo("field-missing");
        assertThat(story.refuses("finance", form("decision", "CANCEL", "remark", "x", "payoutId", "PO-1")))
                .isEqualTo("field-unknown");
        assertThat(story.refuses("finance", form("decision", "CANCEL", "remark", "a\u0000b")))
                .isEqualTo("text-invalid");
        story.waitsAt("Task_SettlePayout");
        finishByCancelling(story);
    }

    @Test
    void a_bank_card_takes_the_place_of_money_and_its_number_is_nowhere() {
        String token = given.shop()
                .http()
                .post("/api/cards", "{\"cardNumber\":\"" + CARD + "\",\"holder\":\"王小明\",\"bank\":\"ICBC\"}")
                .json()
                .path("cardToken")
                .asText();
        var story = tell(given.aRefund(
                order -> {
                    given.shop().notShipped().accept(order);
                    tenders(order, "CARD", 7_000, "POINTS", 3_000);
                },
                application -> application
                        .put("reason", "NOT_SHIPPED")
                        .putObject("payTo")
                        .put("method", "BANK_CARD")
                        .put("cardToken", token)));

        story.becomes("COMPLETED");

        assertThat(payouts(story))
                .extracting(payout -> payout.path("method").asText())
                .containsExactly("BANK_CARD", "ORIGINAL");
        assertThat(booked(story))
                .extracting(refund -> refund.path("paidTo").asText())
                .containsExactlyInAnyOrder("**** 0005", "ORIGINAL");
        assertThat(Places.with(CARD, jdbc)).isEmpty();
    }

    @Test
    void nothing_is_paid_for_a_case_that_nobody_approved_whoever_starts_the_part() {
        var story = given.aRefund();

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("payout", story.number()))
                .hasStackTraceContaining("payable");
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("payout")).isInstanceOf(RuntimeException.class);

        assertThat(payouts(story)).isEmpty();
        story.waitsAt("Task_AuditApplication");
    }

    @Test
    void a_part_that_is_started_again_pays_nothing_again() {
        var story = tell(refundBy("PAID"));
        story.becomes("COMPLETED");

        var again = runtime.startProcessInstanceByKey("payout", story.number());

        assertThat(footprints.of(again.getId()))
                .contains("EndEvent_PayoutConcluded")
                .doesNotContain("Task_IssueRefund");
        assertThat(bookedFor(story)).isEqualTo(3_000);
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        assertThat(footprints.missing(
                        Path.of("bpmn/parts/payout.bpmn"),
                        told.stream()
                                .flatMap(story -> story.processInstances().stream())
                                .toList()))
                .isEmpty();
    }

    private Story tell(Story story) {
        told.add(story);
        return story;
    }

    /** One of three mugs, 30.00, not shipped and approved by rule, paid by a card that asks for this mishap. */
    private Story refundBy(String mishap) {
        return given.aRefund(
                order -> {
                    given.shop().notShipped().accept(order);
                    tenders(order, mishap, 10_000);
                },
                application -> application.put("reason", "NOT_SHIPPED"));
    }

    private void finishByCancelling(Story story) {
        story.becomesAt("Task_SettlePayout")
                .at("Task_SettlePayout", "finance", form("decision", "CANCEL", "remark", "agreed with the buyer"))
                .becomes("CLOSED")
                .outcome("PAYOUT_CANCELLED");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        assertThat(payouts(story).get(0).path("status").asText()).isEqualTo("CANCELLED");
    }

    /** Tenders by the prefix of their id and their amount; a prefix that names no other method is paid by card. */
    private static void tenders(ObjectNode order, Object... prefixesAndAmounts) {
        order.remove("tenders");
        for (int i = 0; i < prefixesAndAmounts.length; i += 2) {
            String prefix = (String) prefixesAndAmounts[i];
            order.withArray("tenders")
                    .addObject()
                    .put("tenderId", prefix + "-" + UUID.randomUUID())
                    .put("method", prefix.equals("POINTS") ? "POINTS" : "CARD")
                    .put("amountMinor", (int) prefixesAndAmounts[i + 1]);
        }
    }

    private static List<JsonNode> payouts(Story story) {
        return list(story.sheet().path("payouts"));
    }

    /** What the provider's own journal says of a case. */
    private List<JsonNode> booked(Story story) {
        String orderId = story.sheet().path("orderId").asText();
        return list(Http.stranger(sandboxPort).get("/journal").json().path("refunds")).stream()
                .filter(refund -> refund.path("orderId").asText().equals(orderId))
                .toList();
    }

    private long bookedFor(Story story) {
        return booked(story).stream()
                .filter(refund -> refund.path("status").asText().equals("SETTLED"))
                .mapToLong(refund -> refund.path("amountMinor").asLong())
                .sum();
    }

    private Http.Answer control(Story story, String word) {
        return Http.stranger(sandboxPort)
                .post("/control/refunds/" + payouts(story).get(0).path("id").asText() + "/" + word, "{}");
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
