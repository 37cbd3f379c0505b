package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Given;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Sender;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Buyers, warehouse, carrier and shop that act on exchanges at the same moment: a unit gives back what it cost, once. */
@RunningApp
class ExchangesAtTheSameTimeTest {
    private static final List<String> ENDS = List.of("COMPLETED", "CLOSED", "SHIPPING");

    @Autowired
    Given given;

    @RepeatedTest(3)
    void applications_of_every_kind_for_the_same_units() {
        var shop = given.shop();
        var purchase = shop.sells();
        var answers = AtOnce.run(
                8,
                i -> shop.applies(
                        switch (i % 3) {
                            case 0 -> Shop.exchange(purchase, 1);
                            case 1 -> Shop.application(purchase, 1).put("kind", "RETURN");
                            default -> Shop.application(purchase, 1);
                        }));
        assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSizeBetween(1, 3);
        long asked = answers.stream()
                .filter(answer -> answer.status() == 201)
                .mapToLong(answer -> answer.json().path("refundableMinor").asLong())
                .sum();
        assertThat(asked).isLessThanOrEqualTo(9_000);
    }

    @RepeatedTest(4)
    void a_conversion_that_races_the_inspection() {
        var shop = given.shop();
        var purchase = shop.sells();
        String number = underWay(shop, purchase, Shop.exchange(purchase, 1).put("wantedPriceMinor", 2_000));
        var answers = AtOnce.run(List.<Callable<Answer>>of(
                () -> desk("warehouse").answers(number, counted()),
                () -> shop.does(
                        number, "conversion", Shop.by(purchase.buyerId()).put("to", "REFUND"))));
        assertThat(answers).allMatch(answer -> answer.status() < 500);
        if (answers.get(0).status() != 204) {
            desk("warehouse").completes(desk("warehouse").taskOf(number), counted());
        }
        var sheet = Eventually.get(
                () -> shop.sheet(number), it -> ENDS.contains(it.path("status").asText()));
        boolean isConverted = sheet.path("convertedTo").asText("").equals("REFUND");
        assertThat(isConverted).isEqualTo(answers.get(1).status() == 200);
        assertThat(sheet.path("status").asText()).isEqualTo(isConverted ? "COMPLETED" : "SHIPPING");
        assertThat(sheet.path("paidMinor").asLong()).isEqualTo(isConverted ? 3_000 : 1_000);
        assertThat(reserved(number)).isZero();
    }

    @Test
    void four_payments_of_one_difference() {
        var shop = given.shop();
        var purchase = shop.sells();
        String number = underWay(shop, purchase, Shop.exchange(purchase, 1).put("wantedPriceMinor", 3_100));
        desk("warehouse").decides(number, counted());
        var answers = AtOnce.run(
                4,
                i -> shop.does(
                        number,
                        "difference-payment",
                        Shop.by(purchase.buyerId())
                                .put("reference", "P-" + UUID.randomUUID())
                                .put("amountMinor", 100)));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(3);
    }

    @Test
    void two_exchanges_for_the_last_piece() {
        var shop = given.shop();
        String sku = "LAST-" + UUID.randomUUID();
        var first = shop.sells();
        var second = shop.sells();
        String one = shop.opens(Shop.exchange(first, 1).put("wantedSku", sku));
        String other = shop.opens(Shop.exchange(second, 1).put("wantedSku", sku));
        AtOnce.run(List.<Callable<Answer>>of(
                () -> desk("reviewer").answers(one, Map.of("decision", "APPROVE")),
                () -> desk("reviewer2").answers(other, Map.of("decision", "APPROVE"))));
        var stocks = List.of(one, other).stream()
                .map(number -> Eventually.get(
                                () -> shop.sheet(number),
                                it -> List.of("AWAITING_GOODS", "AWAITING_BUYER")
                                        .contains(it.path("status").asText()))
                        .at("/replacement/stock")
                        .asText())
                .toList();
        assertThat(stocks).containsExactlyInAnyOrder("RESERVED", "NONE");
    }

    @Test
    void everybody_says_at_once_that_the_replacement_has_arrived() {
        var shop = given.shop();
        var purchase = shop.sells();
        String number = underWay(shop, purchase, Shop.exchange(purchase, 1));
        desk("warehouse").decides(number, counted());
        var parcel = Eventually.get(
                        () -> shop.sheet(number),
                        it -> it.at("/next/0/action").asText().equals("Gateway_AwaitDelivery"))
                .at("/replacement/trackingNumber")
                .asText();
        var answers = AtOnce.run(
                4,
                i -> i % 2 == 0
                        ? given.carrier().says(Sender.event("DELIVERED", "trackingNumber", parcel))
                        : shop.does(number, "receipt-confirmation", Shop.by(purchase.buyerId())));
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
        var sheet = Eventually.get(
                () -> shop.sheet(number), it -> it.path("status").asText().equals("COMPLETED"));
        assertThat(sheet.path("timeline").findValuesAsText("event"))
                .containsOnlyOnce("replacement-delivered", "case-closed");
    }

    /** Approved, reserved, sent back and received: the warehouse is to inspect. */
    private String underWay(Shop shop, Purchase purchase, ObjectNode application) {
        String number = shop.opens(application);
        desk("reviewer").decides(number, Map.of("decision", "APPROVE"));
        Eventually.get(
                () -> shop.sheet(number), it -> it.path("status").asText().equals("AWAITING_GOODS"));
        Eventually.get(() -> shop.sheet(number), it -> !it.path("next").isEmpty());
        done(shop.does(
                number,
                "shipment",
                Shop.by(purchase.buyerId())
                        .put("carrier", "SF Express")
                        .put("trackingNumber", "SF" + UUID.randomUUID())));
        done(shop.does(number, "receipt-confirmation", Shop.by(purchase.buyerId())));
        return number;
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private Desk desk(String user) {
        return Desk.of(given.port(), user);
    }

    private static Map<String, ?> counted() {
        var line = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", 1)
                .put("accepted", 1)
                .put("condition", "SEALED");
        return Map.of("inspection", Shop.JSON.createArrayNode().add(line));
    }

    private int reserved(String number) {
        int held = 0;
        for (JsonNode it : given.sandbox().get("/stock/reservations").json().path("reservations")) {
            if (it.path("caseNumber").asText().equals(number)) {
                held += it.path("quantity").asInt();
            }
        }
        return held;
    }
}
