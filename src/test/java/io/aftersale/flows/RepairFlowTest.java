package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Eventually;
import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Sender;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way through {@code repair.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RepairFlowTest {
    private static final String DIAGNOSE = "Task_DiagnoseFault";
    private static final String REPAIR = "Task_RepairGoods";
    private static final String TECHNICIAN = "technician";

    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ManagementService management;

    @Test
    void a_fault_within_the_warranty_is_mended_free_of_charge() {
        var story = tell(given.aRepair());
        story.is("AWAITING_GOODS");
        assertThat(story.sheet().at("/repair/fault").asText()).isEqualTo("按键失灵，无法开机");
        receive(story)
                .is("INSPECTING")
                .next("technicians", DIAGNOSE, "ESCALATE")
                .isDue("Event_DiagnosisOverdue", Duration.ofHours(72));
        story.at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
        story.passed("Task_CheckStock", "Task_DecideTerms", "Flow_NotQuoted", "Task_StartRepair")
                .is("REPAIRING")
                .next("technicians", REPAIR, "ESCALATE")
                .isDue("Event_RepairOverdue", Duration.ofDays(30));
        assertThat(story.sheet().at("/repair/terms").asText()).isEqualTo("REPAIR");
        story.at(REPAIR, TECHNICIAN, repaired("keypad", 600, 400)).becomes("SHIPPING");
        story.next("buyer", "Gateway_AwaitDelivery", "COMPLETE").isDue("Event_DeliveryOverdue", Duration.ofDays(10));
        assertThat(story.sheet().at("/repair/sentBack/purpose").asText()).isEqualTo("REPAIRED");
        assertThat(story.sheet().at("/repair/sentBack/trackingNumber").asText()).isNotBlank();
        story.buyer("receipt-confirmation").is("COMPLETED").outcome("REPAIRED").endedAt("EndEvent_Repaired");
        var work = story.sheet().at("/repair/work");
        assertThat(work.path("result").asText()).isEqualTo("REPAIRED");
        assertThat(work.path("partsMinor").asLong()).isEqualTo(600);
        assertThat(work.path("labourMinor").asLong()).isEqualTo(400);
        assertThat(work.at("/parts/0/name").asText()).isEqualTo("keypad");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("REPAIRED", 1));
        assertThat(story.events())
                .containsSubsequence(
                        "goods-received",
                        "handed-to-technician",
                        "fault-diagnosed",
                        "terms-decided",
                        "repair-started",
                        "goods-repaired",
                        "repaired-sent",
                        "goods-delivered",
                        "case-closed");
    }

    @Test
    void what_was_repaired_twice_and_fails_again_is_taken_back() {
        var shop = given.shop();
        var purchase = shop.sells(Shop.onlyLine(1, 9_000)
                .andThen(shop.delivered(Duration.ofDays(60)))
                .andThen(sku("NONE-" + UUID.randomUUID())));
        for (int time = 0; time < 2; time++) {
            var story = tell(given.aRepair(shop, purchase, ask -> {}));
            receive(story).at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
            story.at(REPAIR, TECHNICIAN, repaired("keypad", 600, 400)).becomes("SHIPPING");
            story.buyer("receipt-confirmation").is("COMPLETED");
        }
        var again = tell(given.aRepair(shop, purchase, ask -> {}));
        receive(again).at(DIAGNOSE, TECHNICIAN, found(1_000, 5));
        again.becomes("COMPLETED")
                .passed("Flow_Converted", "Task_ConvertToRefund")
                .outcome("REFUNDED")
                .endedAt("EndEvent_Refunded");
        assertThat(again.sheet().path("convertedTo").asText()).isEqualTo("REFUND");
        assertThat(again.sheet().path("kind").asText()).isEqualTo("REPAIR");
        assertThat(again.sheet().path("paidMinor").asLong()).isEqualTo(9_000);
        assertThat(moved(again)).containsExactlyEntriesOf(Map.of("VENDOR", 1));
        assertThat(shop.applies(Shop.repair(purchase, 1)).code()).isEqualTo("units-not-available");
    }

    @Test
    void a_quote_that_the_buyer_declines_sends_it_back_unrepaired() {
        var story = quoted(1_500);
        story.is("AWAITING_BUYER")
                .next("buyer", "Gateway_AwaitQuoteAnswer", "SEND_BACK")
                .isDue("Event_QuoteOverdue", Duration.ofDays(7));
        assertThat(story.sheet().at("/repair/quote/amountMinor").asLong()).isEqualTo(1_500);
        assertThat(answer(story, "somebody else", true).code()).isEqualTo("buyer-not-found");
        assertThat(answer(story, null, true).code()).isEqualTo("field-missing");
        assertThat(story.attempt("quote-answer").code()).isEqualTo("field-missing");
        assertThat(story.attempt("quote-answer", "accept", "perhaps").status()).isBetween(400, 422);
        story.buyer("quote-answer", "accept", false)
                .passed("Flow_QuoteDeclined", "Task_PrepareReturnTrip")
                .becomes("SHIPPING");
        assertThat(story.attempt("quote-answer", "accept", true).code()).isEqualTo("wrong-state");
        assertThat(story.sheet().at("/repair/sentBack/purpose").asText()).isEqualTo("RETURN_TO_BUYER");
        story.fires("Event_DeliveryOverdue")
                .is("CLOSED")
                .outcome("NOT_REPAIRED")
                .endedAt("EndEvent_SentBackUnrepaired");
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("RETURN_TO_BUYER", 1));
    }

    @Test
    void silence_declines_a_quote() {
        var story = quoted(1_500);
        story.fires("Event_QuoteOverdue").becomes("SHIPPING");
        assertThat(story.sheet().at("/repair/quote/answer").asText()).isEqualTo("LAPSED");
        assertThat(story.attempt("quote-answer", "accept", true).code()).isEqualTo("wrong-state");
        story.buyer("receipt-confirmation").outcome("NOT_REPAIRED");
    }

    @Test
    void a_quote_that_nobody_pays_lapses() {
        var story = quoted(1_500);
        story.buyer("quote-answer", "accept", true)
                .passed("Flow_QuoteAccepted", "Task_RequestQuotePayment")
                .next("buyer", "Gateway_AwaitQuotePayment", "SEND_BACK")
                .isDue("Event_PaymentOverdue", Duration.ofDays(7));
        story.fires("Event_PaymentOverdue").becomes("SHIPPING");
        assertThat(story.sheet().at("/repair/quote/answer").asText()).isEqualTo("LAPSED");
    }

    @Test
    void a_paid_repair_that_fails_goes_back_and_says_what_is_owed_to_the_buyer() {
        var story = quoted(1_500);
        assertThat(pay(story, 1_500, "PAY-1").code()).isEqualTo("wrong-state");
        story.buyer("quote-answer", "accept", true);
        assertThat(story.attempt("quote-answer", "accept", false).code()).isEqualTo("wrong-state");
        String reference = "PAY-" + UUID.randomUUID();
        assertThat(pay(story, 1_499, reference).code()).isEqualTo("difference-not-exact");
        assertThat(pay(story, -1, reference).code()).isEqualTo("amount-invalid");
        assertThat(pay(story, 1_500, " ").code()).isEqualTo("field-missing");
        assertThat(pay(story, 1_500, reference).status()).isEqualTo(200);
        assertThat(pay(story, 1_500, reference).code()).isEqualTo("wrong-state");
        story.passed("Event_QuotePaid").waitsAt(REPAIR);
        assertThat(story.sheet().at("/repair/quote/reference").asText()).isEqualTo(reference);
        story.at(REPAIR, TECHNICIAN, form("decision", "NOT_REPAIRABLE")).becomes("SHIPPING");
        story.passed("Task_ReviseTerms", "Flow_FailedRepairSentBack");
        assertThat(story.sheet().at("/repair/quote/owedBackMinor").asLong()).isEqualTo(1_500);
        story.buyer("receipt-confirmation").outcome("NOT_REPAIRED");
        var other = quoted(1_600);
        other.buyer("quote-answer", "accept", true);
        assertThat(pay(other, 1_600, reference).code()).isEqualTo("payment-reference-taken");
        assertThat(pay(other, 1_600, "PAY-" + UUID.randomUUID()).status()).isEqualTo(200);
        other.at(REPAIR, TECHNICIAN, repaired("keypad", 900, 700)).becomes("SHIPPING");
        assertThat(other.sheet().at("/repair/quote/owedBackMinor").isNull()).isTrue();
    }

    @Test
    void what_cannot_be_mended_within_the_warranty_is_exchanged() {
        var shop = given.shop();
        var purchase = shop.sells(Shop.onlyLine(1, 9_000).andThen(shop.delivered(Duration.ofDays(60))));
        var story = tell(given.aRepair(shop, purchase, ask -> {}));
        receive(story).at(DIAGNOSE, TECHNICIAN, beyondRepair()).becomesAt("Gateway_AwaitDelivery");
        story.is("SHIPPING").passed("Flow_Exchange", "Task_ConvertToExchange", "Task_SettleExchange");
        assertThat(story.sheet().path("convertedTo").asText()).isEqualTo("EXCHANGE");
        assertThat(story.sheet().path("kind").asText()).isEqualTo("REPAIR");
        String parcel = story.sheet().at("/replacement/trackingNumber").asText();
        assertThat(given.carrier()
                        .says(Sender.event("DELIVERED", "trackingNumber", parcel))
                        .status())
                .isEqualTo(200);
        story.becomes("COMPLETED").outcome("EXCHANGED").endedAt("EndEvent_Exchanged");
        assertThat(moved(story)).containsOnly(Map.entry("REPLACEMENT", 1), Map.entry("VENDOR", 1));
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        assertThat(shop.applies(Shop.repair(purchase, 1)).code()).isEqualTo("units-not-available");
        var later = Shop.repair(purchase, 1);
        ((ObjectNode) later.path("lines").path(0))
                .put("lineId", story.sheet().at("/replacement/lineIds/0").asText());
        var again = shop.applies(later);
        assertThat(again.status()).as(again.toString()).isEqualTo(201);
        assertThat(again.json().at("/verdict/reasonCode").asText()).isEqualTo("WARRANTY_REPAIR");
    }

    @Test
    void an_exchange_for_which_the_last_one_has_gone_becomes_a_refund() {
        String last = "LAST-" + UUID.randomUUID();
        var story = tell(given.aRepair(sku(last), ask -> {}));
        receive(story).at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
        var faster = tell(given.aRepair(sku(last), ask -> {}));
        receive(faster).at(DIAGNOSE, TECHNICIAN, beyondRepair()).becomesAt("Gateway_AwaitDelivery");
        story.buyer("conversion", "to", "EXCHANGE").becomes("COMPLETED");
        story.passed("Task_ReserveStock", "Flow_OutOfStock", "Task_ConvertToRefund")
                .outcome("REFUNDED");
        assertThat(story.sheet().path("convertedTo").asText()).isEqualTo("REFUND");
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("VENDOR", 1));
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    void the_carrier_says_that_a_repaired_thing_has_arrived() {
        var story = tell(given.aRepair());
        receive(story).at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
        story.at(REPAIR, TECHNICIAN, repaired("keypad", 600, 400)).becomes("SHIPPING");
        String parcel = story.sheet().at("/repair/sentBack/trackingNumber").asText();
        var event = Sender.event("DELIVERED", "trackingNumber", parcel);
        assertThat(given.carrier().says(event).status()).isEqualTo(200);
        assertThat(given.carrier().says(event).status()).isEqualTo(200);
        story.becomes("COMPLETED").outcome("REPAIRED");
        assertThat(story.events()).containsOnlyOnce("goods-delivered");
        assertThat(story.attempt("receipt-confirmation").code()).isEqualTo("wrong-state");
    }

    @Test
    void outside_the_warranty_what_costs_too_much_goes_back() {
        var story = tell(outOfWarranty());
        receive(story).at(DIAGNOSE, TECHNICIAN, found(4_501, 5)).becomes("SHIPPING");
        story.passed("Flow_Refused");
        assertThat(story.sheet().at("/repair/terms").asText()).isEqualTo("REFUSE");
        story.buyer("receipt-confirmation").is("CLOSED").outcome("NOT_REPAIRED");
    }

    @Test
    void misuse_is_quoted_even_within_the_warranty() {
        var story = tell(given.aRepair());
        var misused = found(1_000, 5);
        misused.put("misuse", true);
        receive(story).at(DIAGNOSE, TECHNICIAN, misused).becomesAt("Gateway_AwaitQuoteAnswer");
        assertThat(story.sheet().at("/repair/quote/amountMinor").asLong()).isEqualTo(1_000);
        assertThat(story.sheet().at("/repair/remedies")).isEmpty();
    }

    @Test
    void a_diagnosis_that_takes_too_long_is_escalated() {
        var story = tell(given.aRepair());
        receive(story)
                .fires("Event_DiagnosisOverdue")
                .passed("Task_EscalateDiagnosis")
                .waitsAt(DIAGNOSE);
        story.at(DIAGNOSE, "supervisor", found(1_000, 5)).becomesAt(REPAIR);
    }

    @Test
    void a_repair_that_fails_within_the_warranty_is_paid_back() {
        var story = tell(given.aRepair(sku("NONE-" + UUID.randomUUID()), ask -> {}));
        receive(story).at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
        story.at(REPAIR, TECHNICIAN, form("decision", "NOT_REPAIRABLE", "remark", "burnt"))
                .becomes("COMPLETED");
        story.passed("Flow_RepairFailed", "Task_ReviseTerms", "Flow_FailedRepairConverted")
                .outcome("REFUNDED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    void a_repair_that_takes_too_long_lets_the_buyer_have_the_money() {
        var story = tell(given.aRepair(
                given.shop().delivered(Duration.ofDays(60)).andThen(sku("NONE-" + UUID.randomUUID())), ask -> {}));
        receive(story).at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
        assertThat(story.attempt("conversion", "to", "REFUND").code()).isEqualTo("wrong-state");
        story.fires("Event_RepairOverdue").passed("Task_RecordRepairDelay").waitsAt(REPAIR);
        assertThat(story.sheet().at("/repair/remedies").toString()).isEqualTo("[\"RETURN\",\"REPAIR\"]");
        assertThat(story.sheet().at("/repair/work/overdue").asBoolean()).isTrue();
        story.buyer("conversion", "to", "REFUND")
                .passed("Event_ConversionChosen", "Task_ConvertToRefund")
                .becomes("COMPLETED");
        story.outcome("REFUNDED");
        assertThat(story.sheet().path("convertedTo").asText()).isEqualTo("REFUND");
    }

    @Test
    void where_no_rule_fits_people_look_again() {
        var story = tell(given.aRepair(sku("ERROR-" + UUID.randomUUID()), ask -> {}));
        receive(story).at(DIAGNOSE, TECHNICIAN, found(1_000, 5));
        var asking = Eventually.get(
                () -> management
                        .createJobQuery()
                        .activityId("Task_CheckStock")
                        .withException()
                        .list(),
                failed -> failed.stream().anyMatch(job -> isOf(story, job)));
        jdbc.sql("update repair set days = null where case_number = ?")
                .param(story.number())
                .update();
        asking.stream().filter(job -> isOf(story, job)).forEach(job -> management.executeJob(job.getId()));
        story.becomesAt(DIAGNOSE).passed("Flow_TermsUnclear").is("INSPECTING");
        story.at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
    }

    @Test
    void a_repair_that_nobody_sends_expires_and_one_may_be_withdrawn() {
        tell(given.aRepair()).fires("Event_ShipmentOverdue").is("EXPIRED").endedAt("EndEvent_Expired");
        tell(given.aRepair()).buyer("withdrawal").is("WITHDRAWN").endedAt("EndEvent_Withdrawn");
        tell(outOfWarrantyInAudit()).is("AUDITING").buyer("withdrawal").is("WITHDRAWN");
    }

    @Test
    void a_receipt_that_nobody_confirms_sends_the_technicians_to_look() {
        var story = tell(given.aRepair());
        ship(story).fires("Event_ReceiptOverdue").passed("Flow_ReceiptUnclear", "Task_HandToTechnician");
        story.waitsAt(DIAGNOSE);
    }

    @Test
    void an_order_that_has_not_shipped_is_not_repaired() {
        var story = tell(given.aRepair(given.shop().notShipped(), ask -> {}));
        story.is("REJECTED").fires("Event_ObjectionTimeOver").is("CLOSED").outcome("REJECTED");
    }

    @Test
    void finance_may_cancel_the_payout_of_a_repair() {
        Consumer<ObjectNode> declined =
                order -> ((ObjectNode) order.path("tenders").path(0)).put("tenderId", "DECLINE-" + UUID.randomUUID());
        var story = tell(given.aRepair(declined.andThen(sku("NONE-" + UUID.randomUUID())), ask -> {}));
        receive(story).at(DIAGNOSE, TECHNICIAN, beyondRepair()).becomesAt("Task_SettlePayout");
        story.at("Task_SettlePayout", "finance", form("decision", "CANCEL", "remark", "the card is closed"))
                .becomes("CLOSED")
                .outcome("PAYOUT_CANCELLED");
    }

    @Test
    void odd_applications_are_refused_and_leave_nothing_behind() {
        assertThat(refused(ask -> ask.remove("fault"))).isEqualTo("field-missing");
        assertThat(refused(ask -> ask.put("fault", "  "))).isEqualTo("field-missing");
        assertThat(refused(ask -> ask.put("fault", "x".repeat(2_001)))).isEqualTo("text-invalid");
        assertThat(refused(ask -> ask.put("fault", "a\u0000b"))).isEqualTo("text-invalid");
        assertThat(refused(ask -> ask.remove("address"))).isEqualTo("field-missing");
        assertThat(refused(ask -> ask.put("wantedSku", "MUG-2"))).isEqualTo("field-invalid");
        assertThat(refused(ask ->
                        ask.withArray("lines").addObject().put("lineId", "2").put("quantity", 1)))
                .isEqualTo("field-invalid");
        assertThat(refused(ask -> ask.put("kind", "RETURN"))).isEqualTo("field-invalid");
        assertThat(refused(ask -> ask.withArray("lines").removeAll())).isEqualTo("field-missing");
    }

    @Test
    void the_engine_s_own_door_checks_the_same() {
        var shop = given.shop();
        var purchase = shop.sells();
        var asked = Shop.repair(purchase, 1);
        assertThat(start(asked, "start").status()).isEqualTo(200);
        asked.remove("fault");
        assertThat(start(asked, "start").code()).isEqualTo("field-missing");
        asked.put("fault", "坏了，卡号 4111111111111111");
        assertThat(start(asked, "submit-form").code()).isEqualTo("card-number-not-here");
        asked.put("fault", "坏了");
        assertThat(start(asked, "submit-form").status()).isEqualTo(200);
    }

    @Test
    void a_preview_says_how_long_the_steps_of_a_repair_may_take() {
        var shop = given.shop();
        var seen = shop.http()
                .post("/api/cases/preview", Shop.repair(shop.sells(), 1).toString());
        assertThat(seen.status()).as(seen.toString()).isEqualTo(200);
        assertThat(seen.json().at("/verdict/reasonCode").asText()).isEqualTo("WARRANTY_REPAIR");
        assertThat(seen.json().path("freightBack").asText()).isEqualTo("SELLER");
        assertThat(seen.json().findValuesAsText("stage")).contains("diagnosis", "quote", "repair");
    }

    @Test
    void odd_answers_are_refused() {
        var story = tell(given.aRepair());
        receive(story);
        assertThat(story.refuses(TECHNICIAN, found(-1, 5))).isEqualTo("amount-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, found("1.5", 5))).isEqualTo("amount-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, found("1e3x", 5))).isEqualTo("amount-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, found(1_000, -1))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, found(1_000, 0))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, found(1_000, 366))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, found(2_000_000_000_000L, 3))).isEqualTo("amount-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, form("cause", "x"))).isEqualTo("field-missing");
        assertThat(story.refusesAgain(TECHNICIAN, form("repairable", true, "costMinor", 1, "days", 1)))
                .isEqualTo("field-missing");
        assertThat(story.refusesAgain(TECHNICIAN, form("cause", "x", "repairable", "maybe")))
                .isEqualTo("field-invalid");
        var more = found(1_000, 5);
        more.put("repairTerms", "RETURN");
        assertThat(story.refusesAgain(TECHNICIAN, more)).isEqualTo("field-unknown");
        assertThat(story.sheet().at("/repair/diagnosis").isNull()).isTrue();
        assertThat(story.attempt("quote-answer", "accept", true).code()).isEqualTo("wrong-state");
        story.at(DIAGNOSE, TECHNICIAN, found(1_000, 5)).becomesAt(REPAIR);
        assertThat(story.refuses(TECHNICIAN, form("decision", "PERHAPS"))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, form())).isEqualTo("field-missing");
        assertThat(story.refusesAgain(TECHNICIAN, repaired("keypad", -1, 0))).isEqualTo("amount-invalid");
        assertThat(story.refusesAgain(TECHNICIAN, repaired("", 5, 0))).isEqualTo("field-missing");
        assertThat(story.refusesAgain(TECHNICIAN, form("decision", "REPAIRED", "parts", "nothing")))
                .isEqualTo("field-invalid");
        assertThat(story.attempt("receipt-confirmation").code()).isEqualTo("wrong-state");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        var instances = told.stream()
                .flatMap(story -> story.processInstances().stream())
                .toList();
        assertThat(footprints.missing(Path.of("bpmn/repair.bpmn"), instances)).isEmpty();
    }

    private Story tell(Story story) {
        told.add(story);
        return story;
    }

    /** Delivered long ago, approved by a reviewer. */
    private Story outOfWarranty() {
        var story = outOfWarrantyInAudit();
        return story.at("Task_AuditApplication", "reviewer", form("decision", "APPROVE"));
    }

    private Story outOfWarrantyInAudit() {
        return given.aRepair(Shop.onlyLine(1, 9_000).andThen(given.shop().delivered(Duration.ofDays(500))), ask -> {});
    }

    private Story quoted(long costMinor) {
        var story = tell(outOfWarranty());
        receive(story).at(DIAGNOSE, TECHNICIAN, found(costMinor, 5)).becomesAt("Gateway_AwaitQuoteAnswer");
        return story;
    }

    private static boolean isOf(Story story, Job job) {
        return story.processInstances().contains(job.getProcessInstanceId());
    }

    private static Story ship(Story story) {
        return story.buyer("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID());
    }

    private static Story receive(Story story) {
        return ship(story).buyer("receipt-confirmation").waitsAt(DIAGNOSE);
    }

    private static Map<String, Object> found(Object costMinor, int days) {
        return form("cause", "键盘排线松动", "misuse", false, "repairable", true, "costMinor", costMinor, "days", days);
    }

    private static Map<String, Object> beyondRepair() {
        return form("cause", "主板烧毁", "misuse", false, "repairable", false);
    }

    private static Map<String, Object> repaired(String name, long costMinor, long labourMinor) {
        var part = Shop.JSON
                .createObjectNode()
                .put("name", name)
                .put("quantity", 1)
                .put("costMinor", costMinor)
                .put("labourMinor", labourMinor);
        return form("decision", "REPAIRED", "parts", Shop.JSON.createArrayNode().add(part), "remark", "ok");
    }

    private static Consumer<ObjectNode> sku(String sku) {
        return order -> ((ObjectNode) order.path("lines").path(0)).put("sku", sku);
    }

    private Http.Answer answer(Story story, String buyerId, boolean accept) {
        return given.shop()
                .does(
                        story.number(),
                        "quote-answer",
                        Shop.JSON.createObjectNode().put("buyerId", buyerId).put("accept", accept));
    }

    private static Http.Answer pay(Story story, long amountMinor, String reference) {
        return story.attempt("difference-payment", "amountMinor", amountMinor, "reference", reference);
    }

    private String refused(Consumer<ObjectNode> change) {
        var shop = given.shop();
        var asked = Shop.repair(shop.sells(order -> Shop.line(order, "2", 1, 0)), 1);
        change.accept(asked);
        var answer = shop.applies(asked);
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 422);
        assertThat(shop.http()
                        .get("/api/cases?orderId=" + asked.path("orderId").asText())
                        .json()
                        .path("items"))
                .isEmpty();
        return answer.code();
    }

    private Http.Answer start(ObjectNode asked, String way) {
        var body = Shop.JSON.createObjectNode();
        var variables = body.putObject("variables");
        asked.properties().forEach(field -> {
            if (field.getKey().equals("kind")) {
                return;
            }
            JsonNode value = field.getValue();
            if (value.isContainerNode()) {
                variables.putObject(field.getKey()).put("type", "Json").put("value", value.toString());
            } else {
                variables.putObject(field.getKey()).set("value", value);
            }
        });
        return given.shop().http().post("/engine-rest/process-definition/key/repair/" + way, body.toString());
    }

    /** How many units went where, as the sandbox's stock system and carrier have it. */
    private Map<String, Integer> moved(Story story) {
        var moved = new LinkedHashMap<String, Integer>();
        given.sandbox().get("/stock/journal").json().path("movements").forEach(movement -> {
            if (movement.path("caseNumber").asText().equals(story.number())) {
                moved.merge(
                        movement.path("purpose").asText(),
                        movement.path("quantity").asInt(),
                        Integer::sum);
            }
        });
        return moved;
    }
}
