package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way through {@code return.bpmn} and {@code goods-back.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReturnFlowTest {
    private static final String INSPECT = "Task_InspectGoods";
    private static final String ARBITRATE = "Task_ArbitrateDispute";

    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    JdbcClient jdbc;

    @Test
    void what_came_back_as_new_is_paid_and_put_on_the_shelf() {
        var story = tell(given.aReturn());
        story.is("AWAITING_GOODS")
                .next("buyer", "Gateway_AwaitShipment", "EXPIRE")
                .isDue("Event_ShipmentOverdue", Duration.ofDays(7));
        assertThat(story.sheet().at("/parcel/authorization").asText()).isEqualTo("R" + story.number());
        assertThat(story.sheet().at("/parcel/address").asText()).isNotBlank();
        ship(story)
                .is("GOODS_IN_TRANSIT")
                .next("warehouse", "Gateway_AwaitReceipt", "ACCEPT")
                .isDue("Event_ReceiptOverdue", Duration.ofDays(10));
        story.buyer("receipt-confirmation")
                .is("INSPECTING")
                .next("warehouse", INSPECT, "ESCALATE")
                .isDue("Event_InspectionOverdue", Duration.ofHours(48));
        story.at(INSPECT, "warehouse", counted(3, 3, "SEALED"))
                .passed("Task_AssessGoods", "Flow_AcceptedInFull", "Task_RecordAcceptance")
                .becomes("COMPLETED")
                .outcome("REFUNDED")
                .endedAt("EndEvent_Refunded");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(9_000);
        assertThat(story.sheet().at("/lines/0/receivedQuantity").asInt()).isEqualTo(3);
        assertThat(story.sheet().at("/lines/0/acceptedQuantity").asInt()).isEqualTo(3);
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("RESTOCK", 3));
        assertThat(story.events())
                .containsSubsequence(
                        "return-authorized",
                        "goods-shipped",
                        "goods-received",
                        "goods-inspected",
                        "goods-accepted",
                        "refund-settled",
                        "goods-put-away",
                        "case-closed");
    }

    @Test
    void units_that_came_back_are_used_up_and_refused_ones_are_free_again() {
        var story = tell(given.aReturn());
        receive(story).at(INSPECT, "warehouse", counted(3, 1, "OPENED"));
        story.buyer("offer-answer", "choice", "ACCEPT").becomes("COMPLETED");
        assertThat(usedUp(story)).isEqualTo(1);
        var again = given.shop().applies(again(story, 3));
        assertThat(again.status()).as(again.toString()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("units-not-available");
        assertThat(given.shop().applies(again(story, 2)).status()).isEqualTo(201);
    }

    @Test
    void a_short_parcel_is_paid_in_part_when_the_buyer_agrees() {
        var story = tell(given.aReturn());
        receive(story)
                .at(INSPECT, "warehouse", counted(2, 2, "OPENED"))
                .passed("Flow_AcceptedInPart", "Task_OfferPartialAmount")
                .is("AWAITING_BUYER")
                .next("buyer", "Gateway_AwaitOfferAnswer", "ACCEPT")
                .isDue("Event_OfferOverdue", Duration.ofDays(7));
        assertThat(story.sheet().at("/parcel/offeredMinor").asLong()).isEqualTo(6_000);
        story.buyer("offer-answer", "choice", "ACCEPT")
                .passed("Event_OfferAnswered", "Flow_OfferAccepted")
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(6_000);
        assertThat(story.attempt("offer-answer", "choice", "DISPUTE").code()).isEqualTo("wrong-state");
    }

    @Test
    void silence_accepts_the_offer_and_refused_goods_go_back() {
        var story = tell(given.aReturn());
        receive(story).at(INSPECT, "warehouse", counted(4, 2, "USED")).fires("Event_OfferOverdue");
        story.passed("Task_AcceptBySilence").becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(5_400);
        assertThat(moved(story)).containsAllEntriesOf(Map.of("REFURBISH", 2, "RETURN_TO_BUYER", 2));
    }

    @Test
    void an_arbitrator_overturns_the_inspection() {
        var story = tell(given.aReturn());
        receive(story)
                .at(INSPECT, "warehouse", counted(2, 1, "USED"))
                .buyer("offer-answer", "choice", "DISPUTE")
                .passed("Flow_OfferDisputed", "Task_OpenDispute")
                .waitsAt(ARBITRATE)
                .is("DISPUTED")
                .isDue("Event_ArbitrationOverdue", Duration.ofHours(72));
        story.fires("Event_ArbitrationOverdue")
                .passed("Task_EscalateArbitration")
                .waitsAt(ARBITRATE);
        story.at(ARBITRATE, "arbitrator", form("decision", "OVERTURN", "liabilitySeller", "100"))
                .passed("Flow_InspectionOverturned", "Task_OverturnInspection")
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(9_000);
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("REFURBISH", 2));
    }

    @Test
    void who_arbitrated_the_refusal_may_arbitrate_the_inspection_too() {
        var story = tell(given.aReturn(order -> {}, 3, application -> application.put("reason", "DAMAGED")));
        story.at("Task_AuditApplication", "reviewer", form("decision", "REJECT", "reasonCode", "NOT_AS_CLAIMED"))
                .buyer("dispute", "text", "look again")
                .at(ARBITRATE, "arbitrator", form("decision", "OVERTURN", "liabilitySeller", "100"));
        receive(story).at(INSPECT, "warehouse", counted(3, 1, "OPENED")).buyer("offer-answer", "choice", "DISPUTE");
        story.at(ARBITRATE, "arbitrator", form("decision", "UPHOLD", "liabilityBuyer", "100"))
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    void an_arbitrator_upholds_that_nothing_is_accepted() {
        var story = tell(given.aReturn());
        receive(story).at(INSPECT, "warehouse", counted(3, 0, "WRONG_ITEM")).buyer("offer-answer", "choice", "DISPUTE");
        story.at(ARBITRATE, "arbitrator", form("decision", "UPHOLD", "liabilityBuyer", "100"))
                .passed("Flow_InspectionUpheld")
                .becomes("CLOSED")
                .outcome("NOTHING_ACCEPTED")
                .endedAt("EndEvent_NothingAccepted");
        story.passed("Flow_NoRefundDue", "Flow_NoRefundOwed");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("RETURN_TO_BUYER", 3));
    }

    @Test
    void an_inspection_that_takes_too_long_is_escalated() {
        var story = tell(given.aReturn());
        receive(story)
                .fires("Event_InspectionOverdue")
                .passed("Task_EscalateInspection")
                .waitsAt(INSPECT);
        story.at(INSPECT, "supervisor", counted(3, 3, "SEALED")).becomes("COMPLETED");
    }

    @Test
    void a_return_that_nobody_sends_expires() {
        var story = tell(given.aReturn());
        story.fires("Event_ShipmentOverdue")
                .passed("Task_ExpireReturn")
                .passed("Flow_ReturnExpired")
                .is("EXPIRED")
                .outcome("EXPIRED")
                .endedAt("EndEvent_Expired");
        assertThat(attemptToShip(story).code()).isEqualTo("wrong-state");
        assertThat(given.shop().applies(again(story, 3)).status()).isEqualTo(201);
    }

    @Test
    void the_buyer_withdraws_until_the_goods_are_sent() {
        var audited = tell(given.aReturn(order -> {}, 1, ask -> ask.put("reason", "DAMAGED")));
        audited.is("AUDITING").buyer("withdrawal").is("WITHDRAWN");
        var approved = tell(given.aReturn());
        approved.buyer("withdrawal")
                .passed("Event_ReturnWithdrawn", "Task_WithdrawReturn")
                .passed("Flow_ReturnWithdrawn")
                .is("WITHDRAWN")
                .endedAt("EndEvent_Withdrawn");
        var sent = tell(given.aReturn());
        ship(sent);
        var refused = sent.attempt("withdrawal");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("currentStatus").asText()).isEqualTo("GOODS_IN_TRANSIT");
    }

    @Test
    void a_receipt_that_nobody_confirms_counts_as_received() {
        var story = tell(given.aReturn());
        ship(story)
                .fires("Event_ReceiptOverdue")
                .passed("Flow_AcceptsItself", "Task_AcceptAsReceived")
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(9_000);
        assertThat(moved(story)).as("nobody has seen anything to put away").isEmpty();
        assertThat(usedUp(story)).isEqualTo(3);
    }

    @Test
    void where_the_table_says_so_the_warehouse_looks_for_an_overdue_parcel() {
        var story = tell(given.aReturn());
        ship(story).sets("receiptConsequence", "ESCALATE").fires("Event_ReceiptOverdue");
        story.passed("Flow_ReceiptUnclear", "Task_RequestInspection").is("INSPECTING");
        story.at(INSPECT, "warehouse", counted(0, 0, null)).is("AWAITING_BUYER");
        story.buyer("offer-answer", "choice", "ACCEPT").becomes("CLOSED").outcome("NOTHING_ACCEPTED");
    }

    @Test
    void what_a_technician_is_to_look_at_is_not_inspected() {
        var story = tell(given.aReturn());
        ship(story).sets("checkedBy", "TECHNICIANS").buyer("receipt-confirmation");
        story.passed("Flow_GoesToTechnician", "Task_HandToTechnician", "EndEvent_HandedToTechnician");
        assertThat(usedUp(story)).as("the unit stays the buyer's").isZero();
    }

    @Test
    void the_buyer_keeps_the_goods_for_a_part_of_the_money() {
        var story = tell(given.aReturn());
        assertThat(story.attempt("conversion", "to", "EXCHANGE").code()).isEqualTo("wrong-state");
        story.buyer("conversion", "to", "ALLOWANCE")
                .passed("Event_AllowanceAgreed", "Task_RecordAllowance", "EndEvent_GoodsKept")
                .becomes("COMPLETED")
                .outcome("REFUNDED");
        assertThat(story.sheet().path("convertedTo").asText()).isEqualTo("ALLOWANCE");
        assertThat(story.sheet().path("paidMinor").asLong())
                .as("a tenth of 90.00")
                .isEqualTo(900);
        assertThat(usedUp(story)).as("the units stay the buyer's").isZero();
        assertThat(moved(story)).isEmpty();
        assertThat(attemptToShip(story).code()).isEqualTo("wrong-state");
        assertThat(given.shop().applies(again(story, 3)).status())
                .as("the rest may be asked for later, without a second allowance of the same cents")
                .isEqualTo(201);
    }

    @Test
    void an_allowance_is_not_open_once_the_goods_are_sent_or_where_too_much_is_at_stake() {
        var sent = tell(given.aReturn());
        ship(sent);
        var refused = sent.attempt("conversion", "to", "ALLOWANCE");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("open")).isEmpty();
        var large = tell(given.aReturn(Shop.onlyLine(1, 300_000), 1, ask -> {}));
        assertThat(large.attempt("conversion", "to", "ALLOWANCE").code()).isEqualTo("wrong-state");
        assertThat(large.attempt("conversion", "to", "GIFT").code()).isEqualTo("field-invalid");
        assertThat(tell(given.aReturn()).attempt("conversion").code()).isEqualTo("field-missing");
    }

    @Test
    void a_return_that_is_rejected_ends_there() {
        var story = tell(given.aReturn(given.shop().delivered(Duration.ofDays(20)), 1, ask -> {}));
        story.is("REJECTED").fires("Event_ObjectionTimeOver").is("CLOSED").outcome("REJECTED");
    }

    @Test
    void finance_may_cancel_the_payout_of_a_return() {
        var story = tell(given.aReturn(
                order -> ((ObjectNode) order.path("tenders").path(0)).put("tenderId", "DECLINE-" + UUID.randomUUID()),
                1,
                ask -> {}));
        receive(story).at(INSPECT, "warehouse", counted(1, 1, "SEALED")).becomesAt("Task_SettlePayout");
        story.at("Task_SettlePayout", "finance", form("decision", "CANCEL", "remark", "the card is closed"))
                .becomes("CLOSED")
                .outcome("PAYOUT_CANCELLED");
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("RESTOCK", 1));
    }

    @Test
    void a_stock_system_that_loses_its_answer_books_once() {
        var story = tell(given.aReturn(
                order -> ((ObjectNode) order.path("lines").path(0)).put("sku", "CUT-" + UUID.randomUUID()),
                2,
                ask -> {}));
        receive(story).at(INSPECT, "warehouse", counted(2, 2, "SEALED"));
        story.becomes("COMPLETED");
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("RESTOCK", 2));
        assertThat(attempts(story)).as("sent once, then asked").isEqualTo(1);
    }

    @Test
    void refused_goods_go_where_the_buyer_said_and_the_sheet_names_who_pays_the_ways_as_the_preview_did() {
        var shop = given.shop();
        var purchase = shop.sells();
        var asked = Shop.application(purchase, 2);
        asked.put("kind", "RETURN").put("reason", "NO_LONGER_WANTED");
        asked.putObject("address").put("name", "林悦").put("street", "漕溪北路18号");
        var preview = shop.http().post("/api/cases/preview", asked.toString()).json();
        var story = tell(given.storyOf(shop.opens(asked), purchase.buyerId()));
        var sheet = story.sheet();
        for (String same : List.of("freightOut", "freightBack", "shippingMinor", "refundableMinor", "requestedMinor")) {
            assertThat(sheet.path(same)).as(same).isEqualTo(preview.path(same));
        }
        assertThat(sheet.path("freightBack").asText()).isEqualTo("BUYER");
        assertThat(sheet.at("/address/street").asText()).isEqualTo("漕溪北路18号");
        receive(story).at(INSPECT, "warehouse", counted(2, 0, "DAMAGED"));
        story.buyer("offer-answer", "choice", "ACCEPT").becomes("CLOSED").outcome("NOTHING_ACCEPTED");
        var sent = StreamSupport.stream(sandbox().path("movements").spliterator(), false)
                .filter(it -> it.path("caseNumber").asText().equals(story.number()))
                .toList();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).path("purpose").asText()).isEqualTo("RETURN_TO_BUYER");
        assertThat(sent.get(0).path("address").asText()).isEqualTo("林悦, 漕溪北路18号");
    }

    @Test
    void shipping_that_goes_back_is_on_the_sheet_as_it_was_in_the_preview() {
        var shop = given.shop();
        var asked = Shop.application(shop.sells(), 3).put("kind", "RETURN").put("includeShipping", true);
        var preview = shop.http().post("/api/cases/preview", asked.toString()).json();
        var sheet = shop.sheet(shop.opens(asked));
        assertThat(preview.path("shippingMinor").asLong()).isEqualTo(1_000);
        for (String same : List.of("freightOut", "freightBack", "shippingMinor", "refundableMinor", "requestedMinor")) {
            assertThat(sheet.path(same)).as(same).isEqualTo(preview.path(same));
        }
    }

    @Test
    void the_parcel_of_another_case_or_of_our_own_is_refused_whatever_its_carrier_is_called() {
        var story = tell(given.aReturn());
        var other = tell(given.aReturn());
        receive(other).at(INSPECT, "warehouse", counted(3, 0, "DAMAGED"));
        other.buyer("offer-answer", "choice", "ACCEPT").becomes("CLOSED");
        String ours = other.sheet().at("/sentParcels/0/trackingNumber").asText();
        String theirs = other.sheet().at("/parcel/trackingNumber").asText();
        for (String number : List.of(ours, theirs)) {
            var refused = story.attempt("shipment", "carrier", "Yunda", "trackingNumber", number);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("tracking-number-taken");
        }
        ship(story.is("AWAITING_GOODS")).is("GOODS_IN_TRANSIT");
    }

    @Test
    void odd_calls_and_counts_are_refused_and_leave_nothing_behind() {
        var story = tell(given.aReturn());
        assertThat(story.attempt("receipt-confirmation").code()).isEqualTo("wrong-state");
        assertThat(story.attempt("offer-answer", "choice", "ACCEPT").code()).isEqualTo("wrong-state");
        assertThat(story.attempt("offer-answer", "choice", "PERHAPS").code()).isEqualTo("field-invalid");
        assertThat(story.attempt("shipment", "carrier", "SF").code()).isEqualTo("field-missing");
        assertThat(story.attempt("shipment", "carrier", "SF", "trackingNumber", "a b")
                        .code())
                .isEqualTo("field-invalid");
        assertThat(story.attempt("shipment", "carrier", "SF", "trackingNumber", "a b\u0000")
                        .code())
                .isEqualTo("text-invalid");
        var other = tell(given.aReturn());
        ship(other);
        assertThat(story.attempt(
                                "shipment",
                                "carrier",
                                "SF Express",
                                "trackingNumber",
                                other.sheet().at("/parcel/trackingNumber").asText())
                        .code())
                .isEqualTo("tracking-number-taken");
        assertThat(attemptToShip(tell(given.aRefund())).code()).isEqualTo("wrong-state");
        story.is("AWAITING_GOODS");
        receive(story);
        assertThat(attemptToShip(story).code()).isEqualTo("wrong-state");
        String desk = "warehouse";
        assertThat(story.refuses(desk, counted(2, 3, "SEALED"))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(desk, counted(9, 4, "SEALED"))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(desk, counted(-1, 0, "SEALED"))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(desk, counted(3, 3, "WRONG_ITEM"))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(desk, counted(3, 3, "MELTED"))).isEqualTo("field-invalid");
        assertThat(story.refusesAgain(desk, form())).isEqualTo("field-missing");
        assertThat(story.refusesAgain(desk, form("decision", "INSPECTED"))).isEqualTo("field-missing");
        story.is("INSPECTING");
        assertThat(jdbc.sql("select count(*) from goods_line where case_number = ?")
                        .param(story.number())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        var instances = told.stream()
                .flatMap(story -> story.processInstances().stream())
                .toList();
        assertThat(footprints.missing(Path.of("bpmn/return.bpmn"), instances)).isEmpty();
        assertThat(footprints.missing(Path.of("bpmn/parts/goods-back.bpmn"), instances))
                .isEmpty();
    }

    private Story tell(Story story) {
        told.add(story);
        return story;
    }

    private static Story ship(Story story) {
        var sent = attemptToShip(story);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
        return story;
    }

    private static Http.Answer attemptToShip(Story story) {
        return story.attempt("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID());
    }

    private static Story receive(Story story) {
        return ship(story).buyer("receipt-confirmation").waitsAt(INSPECT);
    }

    private static Map<String, Object> counted(int received, int accepted, String condition) {
        var line = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", received)
                .put("accepted", accepted)
                .put("condition", condition);
        return form("inspection", Shop.JSON.createArrayNode().add(line));
    }

    private static JsonNode again(Story story, int quantity) {
        var sheet = story.sheet();
        var application = Shop.JSON
                .createObjectNode()
                .put("kind", "RETURN")
                .put("orderId", sheet.path("orderId").asText())
                .put("buyerId", sheet.path("buyerId").asText())
                .put("reason", "NO_LONGER_WANTED");
        application.withArray("lines").addObject().put("lineId", "1").put("quantity", quantity);
        return application;
    }

    /** How many units went where, as the sandbox's stock system and carrier have it. */
    private Map<String, Integer> moved(Story story) {
        var moved = new LinkedHashMap<String, Integer>();
        sandbox().path("movements").forEach(movement -> {
            if (movement.path("caseNumber").asText().equals(story.number())) {
                moved.merge(
                        movement.path("purpose").asText(),
                        movement.path("quantity").asInt(),
                        Integer::sum);
            }
        });
        return moved;
    }

    private JsonNode sandbox() {
        return given.sandbox().get("/stock/journal").json();
    }

    private int attempts(Story story) {
        return jdbc.sql("select attempts from movement where case_number = ?")
                .param(story.number())
                .query(Integer.class)
                .single();
    }

    private int usedUp(Story story) {
        return jdbc.sql("select count(*) from order_unit where used_up_by = ?")
                .param(story.number())
                .query(Integer.class)
                .single();
    }
}
