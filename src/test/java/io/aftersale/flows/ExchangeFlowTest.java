package io.aftersale.flows;

import static io.aftersale.support.Sender.event;
import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Eventually;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way through {@code exchange.bpmn} and {@code replacement.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExchangeFlowTest {
    private static final String AUDIT = "Task_AuditApplication";
    private static final String INSPECT = "Task_InspectGoods";
    private static final String SETTLE = "Task_SettlePayout";

    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    JdbcClient jdbc;

    @Test
    void another_piece_goes_out_for_each_that_was_accepted() {
        var story = approved(given.anExchange(2));
        story.is("AWAITING_GOODS").next("buyer", "Gateway_AwaitShipment", "EXPIRE");
        assertThat(story.sheet().at("/replacement/stock").asText()).isEqualTo("RESERVED");
        assertThat(reserved(story)).isEqualTo(2);
        sendBack(story, 2, 2, "SEALED")
                .passed("Task_SettleExchange", "Flow_ReplacementDue", "Flow_NoDifferenceDue", "Flow_NoMoneyDue")
                .becomesAt("Gateway_AwaitDelivery")
                .is("SHIPPING")
                .next("buyer", "Gateway_AwaitDelivery", "COMPLETE")
                .isDue("Event_DeliveryUnconfirmed", Duration.ofDays(10));
        var sheet = story.sheet().path("replacement");
        assertThat(sheet.path("sku").asText()).isEqualTo("MUG-BLUE");
        assertThat(sheet.path("differenceMinor").asLong()).isZero();
        assertThat(sheet.path("trackingNumber").asText()).isNotBlank();
        assertThat(sheet.path("stock").asText()).isEqualTo("TAKEN");
        story.buyer("receipt-confirmation").is("COMPLETED").outcome("EXCHANGED").endedAt("EndEvent_Exchanged");
        assertThat(story.sheet().path("kind").asText()).isEqualTo("EXCHANGE");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        assertThat(moved(story)).containsAllEntriesOf(Map.of("VENDOR", 2, "REPLACEMENT", 2));
        assertThat(reserved(story)).isZero();
        assertThat(story.events())
                .containsSubsequence(
                        "stock-reserved",
                        "return-authorized",
                        "goods-inspected",
                        "exchange-settled",
                        "replacement-sent",
                        "replacement-delivered",
                        "case-closed");
        assertThat(story.attempt("receipt-confirmation").code()).isEqualTo("wrong-state");
    }

    @Test
    void a_cheaper_article_pays_the_difference_out_and_the_carrier_says_that_it_arrived() {
        var story = approved(given.anExchange(order -> {}, 2, wanted("MUG-BLUE", 2_450)));
        sendBack(story, 2, 2, "SEALED").passed("Flow_MoneyDue").becomesAt("Gateway_AwaitDelivery");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(1_100);
        assertThat(story.sheet().at("/replacement/differenceMinor").asLong()).isEqualTo(-1_100);
        String parcel = story.sheet().at("/replacement/trackingNumber").asText();
        assertThat(given.carrier()
                        .says(event("IN_TRANSIT", "trackingNumber", parcel))
                        .status())
                .isEqualTo(200);
        var delivered = event("DELIVERED", "trackingNumber", parcel);
        assertThat(given.carrier().says(delivered).status()).isEqualTo(200);
        story.becomes("COMPLETED").outcome("EXCHANGED");
        assertThat(given.carrier().says(delivered).status()).as("told again").isEqualTo(200);
        assertThat(given.carrier()
                        .says(event("DELIVERED", "trackingNumber", parcel))
                        .status())
                .as("told late")
                .isEqualTo(200);
        assertThat(taken(story)).isEqualTo(1_100);
        assertThat(carried(story)).isEqualTo(4_900);
    }

    @Test
    void a_dearer_article_waits_for_the_exact_difference_and_ships_then() {
        var story = approved(given.anExchange(order -> {}, 1, wanted("MUG-GOLD", 3_550)));
        sendBack(story, 1, 1, "SEALED")
                .passed("Flow_DifferenceDue", "Task_QuoteDifference")
                .is("AWAITING_BUYER")
                .next("buyer", "Gateway_AwaitDifference", "REFUND")
                .isDue("Event_DifferenceOverdue", Duration.ofDays(7));
        assertThat(story.sheet().at("/replacement/differenceMinor").asLong()).isEqualTo(550);
        assertThat(pay(story, "P-" + UUID.randomUUID(), 549L).code()).isEqualTo("difference-not-exact");
        assertThat(pay(story, "P-" + UUID.randomUUID(), 0L).code()).isEqualTo("amount-invalid");
        assertThat(pay(story, "P-" + UUID.randomUUID(), null).code()).isEqualTo("field-missing");
        assertThat(pay(story, null, 550L).code()).isEqualTo("field-missing");
        assertThat(pay(story, "4111 1111", 550L).code()).isEqualTo("field-invalid");
        assertThat(story.attempt("receipt-confirmation").code()).isEqualTo("wrong-state");
        assertThat(story.attempt("difference-payment", "buyerId", "B-other", "reference", "P-1", "amountMinor", 550L)
                        .code())
                .isEqualTo("buyer-not-found");
        assertThat(story.attempt("offer-answer", "buyerId", "B-other", "choice", "REFUND")
                        .code())
                .isEqualTo("buyer-not-found");
        story.is("AWAITING_BUYER");
        String reference = "P-" + UUID.randomUUID();
        assertThat(pay(story, reference, 550L).status()).isEqualTo(200);
        assertThat(pay(story, reference, 550L).code()).as("twice").isEqualTo("wrong-state");
        story.passed("Event_DifferencePaid", "Task_RecordDifference").becomesAt("Gateway_AwaitDelivery");
        assertThat(story.sheet().at("/replacement/paymentReference").asText()).isEqualTo(reference);
        story.fires("Event_DeliveryUnconfirmed")
                .passed("Task_ConfirmDelivery")
                .is("COMPLETED")
                .outcome("EXCHANGED");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        var other = approved(given.anExchange(order -> {}, 1, wanted("MUG-GOLD", 3_550)));
        sendBack(other, 1, 1, "SEALED").is("AWAITING_BUYER");
        assertThat(pay(other, reference, 550L).code()).isEqualTo("payment-reference-taken");
        assertThat(other.attempt("conversion", "to", "EXCHANGE").code()).isEqualTo("wrong-state");
        assertThat(other.attempt("conversion", "to", "MONEY").code()).isEqualTo("field-invalid");
        other.buyer("conversion", "to", "REFUND")
                .becomes("COMPLETED")
                .outcome("REFUNDED")
                .passed("Event_RefundPreferred", "Task_RefundInstead", "Task_ReleaseStock");
        assertThat(other.sheet().path("convertedTo").asText()).isEqualTo("REFUND");
        assertThat(other.sheet().path("kind").asText()).isEqualTo("EXCHANGE");
        assertThat(other.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(reserved(other)).isZero();
        assertThat(pay(other, "P-" + UUID.randomUUID(), 550L).code()).as("late").isEqualTo("wrong-state");
    }

    @Test
    void a_difference_that_nobody_pays_turns_the_exchange_into_a_refund() {
        var story = approved(given.anExchange(order -> {}, 1, wanted("MUG-GOLD", 9_000)));
        sendBack(story, 1, 1, "SEALED").fires("Event_DifferenceOverdue");
        story.becomes("COMPLETED").outcome("REFUNDED").passed("Task_RefundInstead", "Flow_GoodsReturned");
        assertThat(story.sheet().path("convertedTo").asText()).isEqualTo("REFUND");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("VENDOR", 1));
    }

    @Test
    void only_what_was_accepted_is_exchanged_and_the_rest_goes_back() {
        var story = approved(given.anExchange(3));
        ship(story).buyer("receipt-confirmation");
        story.at(INSPECT, "warehouse", counted(3, 2, "OPENED")).is("AWAITING_BUYER");
        story.buyer("offer-answer", "choice", "ACCEPT").becomesAt("Gateway_AwaitDelivery");
        assertThat(story.sheet().at("/replacement/quantity").asInt()).isEqualTo(2);
        story.buyer("receipt-confirmation").is("COMPLETED").outcome("EXCHANGED");
        assertThat(moved(story)).containsAllEntriesOf(Map.of("RETURN_TO_BUYER", 1, "REPLACEMENT", 2));
        assertThat(reserved(story)).as("what is left over is free again").isZero();
    }

    @Test
    void nothing_accepted_exchanges_nothing() {
        var story = approved(given.anExchange(1));
        ship(story).buyer("receipt-confirmation");
        story.at(INSPECT, "warehouse", counted(1, 0, "WRONG_ITEM"));
        story.buyer("offer-answer", "choice", "ACCEPT")
                .becomes("CLOSED")
                .outcome("NOTHING_ACCEPTED")
                .endedAt("EndEvent_NothingAccepted");
        story.passed("Flow_NoReplacementDue", "Task_ReleaseStock", "Flow_NoReplacementOwed", "Flow_NoRefundOwed");
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("RETURN_TO_BUYER", 1));
        assertThat(reserved(story)).isZero();
    }

    @Test
    void without_stock_the_buyer_waits_until_there_is_some() {
        var story = decided(given.anExchange(order -> {}, 1, wanted("SOON-" + UUID.randomUUID(), null)));
        story.becomes("AWAITING_BUYER")
                .next("buyer", "Gateway_AwaitStock", "ESCALATE")
                .isDue("Event_StockOverdue", Duration.ofDays(7))
                .isDue("Event_StockChecked", Duration.ofHours(6));
        assertThat(story.attempt("offer-answer", "choice", "ACCEPT").code()).isEqualTo("wrong-state");
        story.buyer("offer-answer", "choice", "WAIT").passed("Event_StockChosen", "Flow_WaitChosen");
        story.becomesAt("Gateway_AwaitShipment").passed("Flow_StockReserved").is("AWAITING_GOODS");
        assertThat(story.attempt("offer-answer", "choice", "WAIT").code()).isEqualTo("wrong-state");
        assertThat(reserved(story)).isEqualTo(1);
    }

    @Test
    void without_stock_the_buyer_takes_the_money() {
        var story = decided(given.anExchange(order -> {}, 1, wanted("NONE-1", null)));
        story.becomes("AWAITING_BUYER").buyer("offer-answer", "choice", "REFUND");
        story.passed("Flow_RefundChosen").becomesAt("Gateway_AwaitShipment");
        assertThat(story.sheet().path("convertedTo").asText()).isEqualTo("REFUND");
        assertThat(story.attempt("conversion", "to", "REFUND").code()).isEqualTo("wrong-state");
        sendBack(story, 1, 1, "SEALED").becomes("COMPLETED").outcome("REFUNDED").endedAt("EndEvent_Refunded");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("VENDOR", 1));
    }

    @Test
    void waiting_for_stock_is_looked_after_escalated_and_can_be_converted() {
        var story = decided(given.anExchange(order -> {}, 1, wanted("NONE-2", null)));
        story.becomes("AWAITING_BUYER").buyer("offer-answer", "choice", "WAIT");
        story.becomesAt("Gateway_AwaitStock").next("warehouse", "Gateway_AwaitStock", "ESCALATE");
        assertThat(story.attempt("offer-answer", "choice", "WAIT").code())
                .as("answered twice")
                .isEqualTo("wrong-state");
        story.fires("Event_StockChecked").becomesAt("Gateway_AwaitStock");
        story.next("warehouse", "Gateway_AwaitStock", "ESCALATE");
        story.fires("Event_StockOverdue").passed("Task_EscalateStock").becomesAt("Gateway_AwaitStock");
        story.next("supervisors", "Gateway_AwaitStock", "ESCALATE");
        story.buyer("conversion", "to", "REFUND").passed("Flow_RefundChosen").becomesAt("Gateway_AwaitShipment");
        story.buyer("withdrawal").becomes("WITHDRAWN").endedAt("EndEvent_WithdrawnBeforeSending");
    }

    @Test
    void the_buyer_withdraws_while_nothing_has_moved() {
        var audited = tell(given.anExchange(1));
        audited.is("AUDITING").buyer("withdrawal").is("WITHDRAWN").endedAt("EndEvent_Withdrawn");
        var waiting = decided(given.anExchange(order -> {}, 1, wanted("NONE-3", null)));
        waiting.becomes("AWAITING_BUYER").buyer("withdrawal").is("WITHDRAWN").endedAt("EndEvent_WithdrawnWithoutStock");
        var reserved = approved(given.anExchange(2));
        assertThat(reserved(reserved)).isEqualTo(2);
        reserved.buyer("withdrawal").becomes("WITHDRAWN").passed("Task_ReleaseStock", "Flow_ReturnWithdrawn");
        assertThat(reserved(reserved)).isZero();
        assertThat(given.shop().applies(again(reserved, "1", 3)).status()).isEqualTo(201);
    }

    @Test
    void goods_that_are_never_sent_free_the_stock() {
        var story = approved(given.anExchange(1));
        story.fires("Event_ShipmentOverdue")
                .becomes("EXPIRED")
                .outcome("EXPIRED")
                .endedAt("EndEvent_Expired");
        assertThat(reserved(story)).isZero();
        var rejected = tell(given.anExchange(given.shop().delivered(Duration.ofDays(20)), 1, ask -> {}));
        rejected.is("REJECTED").fires("Event_ObjectionTimeOver").is("CLOSED").outcome("REJECTED");
    }

    @Test
    void while_the_goods_travel_the_buyer_may_want_the_money_instead() {
        var story = approved(given.anExchange(order -> {}, 2, wanted("MUG-GOLD", 5_000)));
        assertThat(story.attempt("conversion", "to", "REFUND", "buyerId", "B-other")
                        .code())
                .isEqualTo("buyer-not-found");
        ship(story).buyer("conversion", "to", "REFUND");
        Eventually.get(() -> reserved(story), held -> held == 0);
        story.passed("StartEvent_ConvertedToRefund", "Task_GiveUpReservation").is("GOODS_IN_TRANSIT");
        assertThat(story.attempt("conversion", "to", "REFUND").code())
                .as("twice")
                .isEqualTo("wrong-state");
        story.buyer("receipt-confirmation").at(INSPECT, "warehouse", counted(2, 2, "SEALED"));
        story.becomes("COMPLETED").outcome("REFUNDED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(6_000);
        assertThat(moved(story)).containsExactlyEntriesOf(Map.of("VENDOR", 2));
        assertThat(story.events()).containsOnlyOnce("stock-released", "case-converted");
    }

    @Test
    void finance_may_cancel_what_is_to_be_paid_out() {
        Consumer<ObjectNode> declined =
                order -> ((ObjectNode) order.path("tenders").path(0)).put("tenderId", "DECLINE-" + UUID.randomUUID());
        var cheaper = approved(given.anExchange(declined, 1, wanted("MUG-BLUE", 1_000)));
        sendBack(cheaper, 1, 1, "SEALED").becomesAt(SETTLE);
        cheaper.at(SETTLE, "finance", form("decision", "CANCEL", "remark", "the card is closed"))
                .becomesAt("Gateway_AwaitDelivery");
        cheaper.buyer("receipt-confirmation").is("CLOSED").outcome("PAYOUT_CANCELLED");
        var converted = approved(given.anExchange(declined, 1, ask -> {}));
        converted.buyer("conversion", "to", "REFUND");
        sendBack(converted, 1, 1, "SEALED").becomesAt(SETTLE);
        converted
                .at(SETTLE, "finance", form("decision", "CANCEL", "remark", "the card is closed"))
                .becomes("CLOSED")
                .outcome("PAYOUT_CANCELLED")
                .endedAt("EndEvent_PayoutCancelled");
    }

    @Test
    void a_replacement_comes_back_later_and_gives_back_what_was_paid_for_it() {
        var dearer = approved(given.anExchange(order -> {}, 1, wanted("MUG-GOLD", 3_550)));
        sendBack(dearer, 1, 1, "SEALED");
        assertThat(pay(dearer, "P-" + UUID.randomUUID(), 550L).status()).isEqualTo(200);
        dearer.becomesAt("Gateway_AwaitDelivery");
        String line = dearer.sheet().at("/replacement/lineIds/0").asText();
        assertThat(given.shop().applies(again(dearer, line, 1)).code())
                .as("it is under the exchange still")
                .isEqualTo("units-not-available");
        dearer.buyer("receipt-confirmation").is("COMPLETED");
        assertThat(given.shop().applies(again(dearer, "1", 3)).code())
                .as("the unit that came back is used up")
                .isEqualTo("units-not-available");
        var refused = again(dearer, line, 1);
        refused.put("amountMinor", 3_551);
        assertThat(given.shop().applies(refused).code()).isEqualTo("amount-exceeds-refundable");
        var returned = given.shop().applies(again(dearer, line, 1));
        assertThat(returned.status()).as(returned.toString()).isEqualTo(201);
        assertThat(returned.json().path("refundableMinor").asLong()).isEqualTo(3_550);
        assertThat(returned.json().path("status").asText()).isEqualTo("AWAITING_GOODS");
        var rest = given.shop().applies(again(dearer, "1", 2));
        assertThat(rest.json().path("refundableMinor").asLong()).isEqualTo(6_000);
        String order = dearer.sheet().path("orderId").asText();
        assertThat(given.shop()
                        .http()
                        .get("/api/orders/" + order)
                        .json()
                        .at("/lines/1/sku")
                        .asText())
                .isEqualTo("MUG-GOLD");
    }

    @Test
    void a_replacement_can_be_exchanged_again_and_carries_its_share_on() {
        var first = approved(given.anExchange(order -> {}, 1, wanted("MUG-BLUE", 2_500)));
        sendBack(first, 1, 1, "SEALED").becomesAt("Gateway_AwaitDelivery");
        first.buyer("receipt-confirmation").is("COMPLETED");
        String line = first.sheet().at("/replacement/lineIds/0").asText();
        var sheet = first.sheet();
        var asked = Shop.exchange(
                new Shop.Purchase(
                        sheet.path("orderId").asText(), sheet.path("buyerId").asText(), null),
                1);
        ((ObjectNode) asked.path("lines").path(0)).put("lineId", line);
        asked.put("wantedSku", "MUG-RED").put("wantedPriceMinor", 2_499);
        var second = approved(
                given.storyOf(given.shop().opens(asked), sheet.path("buyerId").asText()));
        ship(second).buyer("receipt-confirmation");
        second.at(INSPECT, "warehouse", counted(line, 1, 1, "SEALED")).becomesAt("Gateway_AwaitDelivery");
        assertThat(second.sheet().path("paidMinor").asLong()).isEqualTo(1);
        second.buyer("receipt-confirmation").is("COMPLETED");
        String next = second.sheet().at("/replacement/lineIds/0").asText();
        var returned = given.shop().applies(again(second, next, 1));
        assertThat(returned.json().path("refundableMinor").asLong()).isEqualTo(2_499);
        assertThat(taken(second)).isEqualTo(501);
    }

    @Test
    void units_of_two_lines_are_exchanged_for_one_article() {
        var story = approved(given.anExchange(
                order -> {
                    Shop.line(order, "2", 1, 1_000);
                    ((ObjectNode) order.path("tenders").path(0)).put("amountMinor", 11_000);
                },
                2,
                ask -> {
                    ask.put("wantedPriceMinor", 2_000)
                            .withArray("lines")
                            .addObject()
                            .put("lineId", "2")
                            .put("quantity", 1);
                }));
        ship(story).buyer("receipt-confirmation");
        var both = Shop.JSON.createArrayNode();
        both.addAll((ArrayNode) counted("1", 2, 2, "SEALED").get("inspection"));
        both.addAll((ArrayNode) counted("2", 1, 1, "SEALED").get("inspection"));
        story.at(INSPECT, "warehouse", form("inspection", both)).becomesAt("Gateway_AwaitDelivery");
        var replacement = story.sheet().path("replacement");
        assertThat(replacement.path("lineIds")).hasSize(2);
        assertThat(replacement.path("quantity").asInt()).isEqualTo(3);
        assertThat(story.sheet().path("paidMinor").asLong())
                .as("7,000 less 6,000")
                .isEqualTo(1_000);
        assertThat(carried(story)).isEqualTo(6_000);
        story.buyer("receipt-confirmation").is("COMPLETED").outcome("EXCHANGED");
        assertThat(moved(story)).containsEntry("REPLACEMENT", 3);
    }

    @Test
    void a_rejected_exchange_is_amended_to_another_article() {
        var story = tell(given.anExchange(order -> {}, 1, wanted("MUG-GOLD", 9_000)));
        story.at(AUDIT, "reviewer", form("decision", "REJECT", "reasonCode", "INSUFFICIENT_EVIDENCE"))
                .is("REJECTED");
        assertThat(story.attempt("amendment", "wantedSku", "no good").code()).isEqualTo("field-invalid");
        story.buyer("amendment", "wantedSku", "MUG-RED").is("AUDITING");
        assertThat(story.sheet().at("/replacement/sku").asText()).isEqualTo("MUG-RED");
        approvedAgain(story);
        sendBack(story, 1, 1, "SEALED").becomesAt("Gateway_AwaitDelivery");
        assertThat(story.sheet().at("/replacement/differenceMinor").asLong())
                .as("the price belonged to the other article")
                .isZero();
    }

    @Test
    void a_stock_system_that_loses_its_answer_reserves_once() {
        String sku = "CUT-" + UUID.randomUUID();
        var story = approved(given.anExchange(order -> {}, 2, wanted(sku, null)));
        assertThat(reserved(story)).isEqualTo(2);
        sendBack(story, 2, 2, "SEALED").becomesAt("Gateway_AwaitDelivery");
        assertThat(moved(story)).containsEntry("REPLACEMENT", 2);
    }

    @Test
    void an_exchange_that_is_asked_for_wrongly_leaves_nothing_behind() {
        var purchase = given.shop().sells();
        assertThat(refused(purchase, ask -> ask.remove("wantedSku"))).isEqualTo("field-missing");
        assertThat(refused(purchase, ask -> ask.put("wantedSku", " "))).isEqualTo("field-missing");
        assertThat(refused(purchase, ask -> ask.put("wantedSku", "MUG BLUE"))).isEqualTo("field-invalid");
        assertThat(refused(purchase, ask -> ask.put("wantedSku", "M".repeat(65))))
                .isEqualTo("field-invalid");
        assertThat(refused(purchase, ask -> ask.put("wantedPriceMinor", -1))).isEqualTo("field-invalid");
        assertThat(refused(purchase, ask -> ask.put("wantedPriceMinor", 1.5))).isEqualTo("amount-invalid");
        assertThat(refused(purchase, ask -> ask.remove("address"))).isEqualTo("field-missing");
        assertThat(refused(purchase, ask -> ask.putObject("address"))).isEqualTo("field-invalid");
        assertThat(refused(purchase, ask -> ask.putObject("address").put("street", "")))
                .isEqualTo("field-missing");
        assertThat(refused(purchase, ask -> ask.put("address", "somewhere"))).isEqualTo("malformed-request");
        assertThat(refused(purchase, ask -> ask.put("kind", "RETURN"))).isEqualTo("field-invalid");
        assertThat(given.shop().applies(Shop.exchange(purchase, 3)).status()).isEqualTo(201);
    }

    @Test
    void the_preview_says_what_an_exchange_would_cost() {
        var purchase = given.shop().sells();
        var asked = Shop.exchange(purchase, 2).put("wantedPriceMinor", 3_250);
        var preview = given.shop().http().post("/api/cases/preview", asked.toString());
        assertThat(preview.status()).as(preview.toString()).isEqualTo(200);
        assertThat(preview.json().path("differenceMinor").asLong()).isEqualTo(500);
        assertThat(preview.json().path("deadlines").findValuesAsText("stage")).contains("stock", "difference");
    }

    @Test
    void an_exchange_starts_at_the_engine_too() {
        var purchase = given.shop().sells();
        var body = Shop.JSON.createObjectNode();
        var variables = body.putObject("variables");
        variables.putObject("orderId").put("value", purchase.orderId());
        variables.putObject("buyerId").put("value", purchase.buyerId());
        variables.putObject("reason").put("value", "DAMAGED");
        variables.putObject("lines").put("type", "Json").put("value", "[{\"lineId\":\"1\",\"quantity\":1}]");
        variables.putObject("wantedSku").put("value", "MUG-BLUE");
        String flow = "/engine-rest/process-definition/key/exchange/";
        for (String door : List.of("start", "submit-form")) {
            assertThat(given.shop().http().post(flow + door, body.toString()).code())
                    .isEqualTo("field-missing");
        }
        variables.putObject("address").put("type", "Json").put("value", "{\"street\":\"文三路9号\"}");
        for (String door : List.of("start", "submit-form")) {
            var started = given.shop().http().post(flow + door, body.toString());
            assertThat(started.status()).as(started.toString()).isEqualTo(200);
            var sheet = given.shop().sheet(started.json().path("businessKey").asText());
            assertThat(sheet.path("kind").asText()).isEqualTo("EXCHANGE");
            assertThat(sheet.path("status").asText()).isEqualTo("AUDITING");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void whatever_way_a_case_ends_nothing_stays_set_aside_for_it() {
        var ended = told.stream()
                .filter(story -> !story.sheet().path("closedAt").isNull())
                .toList();
        assertThat(ended)
                .isNotEmpty()
                .allSatisfy(story -> assertThat(reserved(story))
                        .as(story.number() + " " + story.sheet().path("outcome"))
                        .isZero());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        var instances = told.stream()
                .flatMap(story -> story.processInstances().stream())
                .toList();
        assertThat(footprints.missing(Path.of("bpmn/exchange.bpmn"), instances)).isEmpty();
        assertThat(footprints.missing(Path.of("bpmn/parts/replacement.bpmn"), instances))
                .isEmpty();
    }

    private Story tell(Story story) {
        told.add(story);
        return story;
    }

    /** A reviewer has approved it. */
    private Story decided(Story story) {
        return tell(story).at(AUDIT, "reviewer", form("decision", "APPROVE"));
    }

    /** And stock is reserved. */
    private Story approved(Story story) {
        return decided(story).becomesAt("Gateway_AwaitShipment");
    }

    private static Consumer<ObjectNode> wanted(String sku, Integer priceMinor) {
        return ask -> {
            ask.put("wantedSku", sku);
            if (priceMinor != null) {
                ask.put("wantedPriceMinor", priceMinor);
            }
        };
    }

    private static Story ship(Story story) {
        return story.buyer("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID());
    }

    private static Story sendBack(Story story, int received, int accepted, String condition) {
        return ship(story)
                .buyer("receipt-confirmation")
                .at(INSPECT, "warehouse", counted(received, accepted, condition));
    }

    private static Story approvedAgain(Story story) {
        return story.at(AUDIT, "reviewer2", form("decision", "APPROVE")).becomesAt("Gateway_AwaitShipment");
    }

    private static Map<String, Object> counted(int received, int accepted, String condition) {
        return counted("1", received, accepted, condition);
    }

    private static Map<String, Object> counted(String lineId, int received, int accepted, String condition) {
        var line = Shop.JSON
                .createObjectNode()
                .put("lineId", lineId)
                .put("received", received)
                .put("accepted", accepted)
                .put("condition", condition);
        return form("inspection", Shop.JSON.createArrayNode().add(line));
    }

    private static Http.Answer pay(Story story, String reference, Long amountMinor) {
        return story.attempt("difference-payment", "reference", reference, "amountMinor", amountMinor);
    }

    private String refused(Shop.Purchase purchase, Consumer<ObjectNode> change) {
        var asked = Shop.exchange(purchase, 1);
        change.accept(asked);
        var answer = given.shop().applies(asked);
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        return answer.code();
    }

    private static ObjectNode again(Story story, String lineId, int quantity) {
        var sheet = story.sheet();
        var application = Shop.JSON
                .createObjectNode()
                .put("kind", "RETURN")
                .put("orderId", sheet.path("orderId").asText())
                .put("buyerId", sheet.path("buyerId").asText())
                .put("reason", "NO_LONGER_WANTED");
        application.withArray("lines").addObject().put("lineId", lineId).put("quantity", quantity);
        return application;
    }

    /** How many units the sandbox's stock system holds for this case now. */
    private int reserved(Story story) {
        int held = 0;
        for (JsonNode it : given.sandbox().get("/stock/reservations").json().path("reservations")) {
            if (it.path("caseNumber").asText().equals(story.number())) {
                held += it.path("quantity").asInt();
            }
        }
        return held;
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

    private long taken(Story story) {
        return sum(story, "taken_minor");
    }

    private long carried(Story story) {
        return sum(story, "carried_minor");
    }

    private long sum(Story story, String column) {
        return jdbc.sql("select sum(" + column + ") from order_unit where order_id = ?")
                .param(story.sheet().path("orderId").asText())
                .query(Long.class)
                .single();
    }
}
