package io.aftersale.flows;

import static io.aftersale.support.Sender.event;
import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.Pictures;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What carrier and warehouse tell of parcels, in any order, and every way through {@code stray-parcel.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrayParcelFlowTest {
    private static final String IDENTIFY = "Task_IdentifyParcel";
    private static final String INSPECT = "Task_InspectGoods";

    private final List<Story> told = Collections.synchronizedList(new ArrayList<>());

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    JdbcClient jdbc;

    @Test
    void events_bring_a_parcel_from_the_buyer_to_the_inspection() {
        var story = given.aReturn();
        String number = newNumber();
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", number);
        assertThat(given.carrier()
                        .says(event("PICKED_UP", "trackingNumber", number))
                        .status())
                .isEqualTo(200);
        applied(number, "IN_TRANSIT");
        assertThat(story.is("GOODS_IN_TRANSIT").sheet().at("/parcel/lastSeen").asText())
                .isEqualTo("IN_TRANSIT");
        applied(number, "DELIVERED");
        story.becomes("INSPECTING").waitsAt(INSPECT);
        assertThat(story.sheet().at("/parcel/receivedAt").isNull()).isFalse();
    }

    @Test
    void a_parcel_with_its_slip_is_received_though_nobody_announced_it() {
        var story = given.aReturn();
        given.warehouse().says(event("RECEIVED", "authorization", "R" + story.number()));
        story.becomes("INSPECTING");
        assertThat(story.events()).containsSubsequence("goods-shipped", "goods-received");
    }

    @Test
    void events_in_any_order_and_number_change_nothing_more() {
        var story = given.aReturn();
        String number = newNumber();
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", number);
        var received = event("RECEIVED", "trackingNumber", number);
        var answers = AtOnce.run(6, i -> given.warehouse().says(received).status());
        assertThat(answers).containsOnly(200);
        given.warehouse().says(event("RECEIVED", "authorization", "R" + story.number()));
        given.carrier().says(event("PICKED_UP", "trackingNumber", number, "at", "2020-01-01T00:00:00Z"));
        given.carrier().says(event("DELIVERED", "trackingNumber", number));
        allApplied(number);
        story.becomes("INSPECTING");
        assertThat(Collections.frequency(story.events(), "goods-received")).isEqualTo(1);
        assertThat(Collections.frequency(story.events(), "goods-shipped")).isEqualTo(1);
        assertThat(story.sheet().at("/parcel/lastSeen").asText()).isEqualTo("RECEIVED");
        assertThat(story.attempt("receipt-confirmation").code()).isEqualTo("wrong-state");
        assertThat(strays(number)).isZero();
    }

    @Test
    void the_warehouse_and_the_shop_may_say_so_at_the_same_moment() {
        var story = given.aReturn();
        String number = newNumber();
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", number);
        AtOnce.run(
                2,
                i -> i == 0
                        ? given.warehouse()
                                .says(event("RECEIVED", "trackingNumber", number))
                                .status()
                        : story.attempt("receipt-confirmation").status());
        allApplied(number);
        story.becomes("INSPECTING");
        assertThat(Collections.frequency(story.events(), "goods-received")).isEqualTo(1);
    }

    @Test
    void the_warehouse_finds_the_case_of_a_parcel_that_nobody_knows() {
        var story = given.aReturn();
        String number = newNumber();
        given.carrier().says(event("PICKED_UP", "trackingNumber", number));
        var parcel = stray(number).waitsAt(IDENTIFY).isDue("Event_SearchOverdue", Duration.ofHours(48));
        given.warehouse().says(event("RECEIVED", "trackingNumber", number));
        allApplied(number);
        assertThat(strays(number)).as("one parcel, one task").isEqualTo(1);
        parcel.fires("Event_SearchOverdue").passed("Task_EscalateSearch").waitsAt(IDENTIFY);
        parcel.at(IDENTIFY, "supervisor", form("caseNumber", story.number(), "remark", "the slip was inside"))
                .passed("Flow_CaseFound", "Task_AssignParcel")
                .endedAt("EndEvent_ParcelAssigned");
        story.becomes("INSPECTING");
        assertThat(story.sheet().at("/parcel/trackingNumber").asText()).isEqualTo(number);
    }

    @Test
    void a_parcel_that_the_shop_announces_later_is_nobodys_no_more() {
        var story = given.aReturn();
        String number = newNumber();
        given.warehouse().says(event("RECEIVED", "trackingNumber", number));
        var parcel = stray(number).waitsAt(IDENTIFY);
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", number)
                .becomes("INSPECTING");
        parcel.passed("Event_ParcelAnnounced", "Task_AssignParcel").endedAt("EndEvent_ParcelAssigned");
    }

    @Test
    void a_parcel_is_set_aside_and_found_again_when_the_shop_announces_it() {
        var story = given.aReturn();
        String number = newNumber();
        given.warehouse().says(event("RECEIVED", "trackingNumber", number));
        stray(number)
                .at(IDENTIFY, "warehouse", form("decision", "UNKNOWN"))
                .passed("Flow_CaseNotFound")
                .endedAt("EndEvent_ParcelSetAside");
        given.warehouse().says(event("RECEIVED", "trackingNumber", newNumber()));
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", number)
                .becomes("INSPECTING");
    }

    @Test
    void a_parcel_that_comes_too_late_is_not_lost_and_moves_nothing() {
        var story = given.aReturn();
        story.fires("Event_ShipmentOverdue").is("EXPIRED");
        given.warehouse().says(event("RECEIVED", "authorization", "R" + story.number()));
        var parcel = stray("R" + story.number()).waitsAt(IDENTIFY);
        assertThat(story.events()).as("its case knows").contains("parcel-came-late");
        assertThat(shown(parcel)).contains(story.number() + ", EXPIRED");
        assertThat(parcel.refuses("warehouse", form("caseNumber", story.number())))
                .isEqualTo("wrong-state");
        parcel.waitsAt(IDENTIFY);
        story.is("EXPIRED");
        Desk.of(given.port(), "warehouse")
                .completes(Desk.of(given.port(), "warehouse").taskOf(parcel.number()), form("decision", "UNKNOWN"));
        parcel.endedAt("EndEvent_ParcelSetAside");
    }

    @Test
    void odd_answers_about_a_parcel_are_refused() {
        String number = newNumber();
        given.warehouse().says(event("RECEIVED", "trackingNumber", number));
        var parcel = stray(number).waitsAt(IDENTIFY);
        String desk = "warehouse";
        assertThat(parcel.refuses(desk, form())).isEqualTo("field-missing");
        assertThat(parcel.refusesAgain(desk, form("caseNumber", "AS-2026-99999999")))
                .isEqualTo("case-not-found");
        assertThat(parcel.refusesAgain(desk, form("caseNumber", "x".repeat(30))))
                .isEqualTo("text-invalid");
        assertThat(parcel.refusesAgain(desk, form("decision", "BURN"))).isEqualTo("field-invalid");
        assertThat(parcel.refusesAgain(desk, form("decision", "UNKNOWN", "caseNumber", "AS-2026-00000001")))
                .isEqualTo("field-invalid");
        assertThat(parcel.refusesAgain(desk, form("decision", "UNKNOWN", "amountMinor", 1)))
                .isEqualTo("field-unknown");
        assertThat(parcel.refusesAgain(desk, form("caseNumber", given.aRefund().number())))
                .as("a case without goods")
                .isEqualTo("wrong-state");
        parcel.waitsAt(IDENTIFY);
    }

    @Test
    void what_is_no_event_of_a_parcel_is_refused_or_kept_for_people() {
        String number = newNumber();
        assertThat(given.carrier()
                        .says(
                                "t=1,v1=00",
                                event("PICKED_UP", "trackingNumber", number)
                                        .toString()
                                        .getBytes())
                        .code())
                .isEqualTo("signature-invalid");
        var ofTheOther = given.warehouse();
        assertThat(ofTheOther.says(event("PICKED_UP", "trackingNumber", number)).status())
                .as("the warehouse does not pick parcels up")
                .isEqualTo(200);
        assertThat(given.carrier().says("{\"type\":\"PICKED_UP\"}").code()).isEqualTo("field-missing");
        given.carrier().says(event("PICKED_UP", "trackingNumber", "a b; drop table parcel"));
        given.carrier().says(event("EXPLODED", "trackingNumber", number));
        assertThat(strays(number)).isZero();
    }

    @Test
    void people_in_the_warehouse_say_that_a_parcel_is_here_and_picture_what_was_in_it() {
        var story = given.aReturn();
        String number = newNumber();
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", number);
        var warehouse = Http.as(given.port(), "warehouse");
        var here = warehouse.post("/api/parcels/receipts", "{\"trackingNumber\":\"" + number + "\"}");
        assertThat(here.status()).as(here.toString()).isEqualTo(200);
        assertThat(here.json().path("result").asText()).isEqualTo(story.number());
        story.is("INSPECTING");
        assertThat(warehouse
                        .post("/api/parcels/receipts", "{\"authorization\":\"R" + story.number() + "\"}")
                        .status())
                .as("said again it changes nothing")
                .isEqualTo(200);
        String path = "/api/cases/" + story.number() + "/pictures";
        var picture = Pictures.send(warehouse, path, Pictures.crackedMug());
        assertThat(picture.status()).as(picture.toString()).isEqualTo(200);
        assertThat(story.sheet().path("evidence").toString())
                .contains(picture.json().path("id").asText());
        assertThat(story.events()).contains("picture-added");
        assertThat(Pictures.send(Http.as(given.port(), "reviewer"), path, Pictures.crackedMug())
                        .status())
                .isEqualTo(403);
        assertThat(Pictures.send(warehouse, path, new byte[] {1, 2, 3}).status())
                .isBetween(400, 422);
        assertThat(Pictures.send(warehouse, "/api/cases/AS-2026-99999999/pictures", Pictures.crackedMug())
                        .code())
                .isEqualTo("case-not-found");
    }

    @Test
    void odd_receipts_of_people_are_refused() {
        var warehouse = Http.as(given.port(), "warehouse");
        assertThat(warehouse.post("/api/parcels/receipts", "{}").code()).isEqualTo("field-missing");
        assertThat(warehouse
                        .post("/api/parcels/receipts", "{\"trackingNumber\":\"a b\"}")
                        .code())
                .isEqualTo("field-invalid");
        assertThat(Http.as(given.port(), "reviewer")
                        .post("/api/parcels/receipts", "{\"trackingNumber\":\"SF1460000001\"}")
                        .status())
                .isEqualTo(403);
        String mistyped = newNumber();
        String ifKnown = "{\"trackingNumber\":\"" + mistyped + "\",\"ifKnown\":true}";
        assertThat(warehouse.post("/api/parcels/receipts", ifKnown).code()).isEqualTo("parcel-unknown");
        assertThat(strays(mistyped)).isZero();
        var browser = Http.inBrowser(given.port(), "warehouse", "tasklist");
        assertThat(browser.post("/api/parcels/receipts", "{\"trackingNumber\":\"SF1460000001\"}")
                        .status())
                .as("a page of another site sends no header of ours")
                .isEqualTo(401);
        assertThat(browser.get("/warehouse/index.html").status()).isEqualTo(200);
        assertThat(browser.get("/warehouse").status())
                .as("the address that people are told")
                .isEqualTo(200);
    }

    @Test
    void the_stand_ins_of_carrier_and_warehouse_tell_of_a_parcel_over_http() {
        var story = given.aReturn();
        for (String number : List.of("TWICE-" + UUID.randomUUID(), "REORDERED-" + UUID.randomUUID())) {
            var handedIn = given.sandbox()
                    .post(
                            "/control/parcels",
                            "{\"trackingNumber\":\"" + number + "\",\"authorization\":\"R" + story.number() + "\"}");
            assertThat(handedIn.status()).isEqualTo(202);
            if (number.startsWith("TWICE-")) {
                story.buyer("shipment", "carrier", "SF Express", "trackingNumber", number);
            }
            story.becomes("INSPECTING");
        }
        assertThat(Collections.frequency(story.events(), "goods-received")).isEqualTo(1);
    }

    @Test
    void a_parcel_to_the_buyer_is_followed_to_the_door() {
        var story = given.aReturn(
                order -> ((ObjectNode) order.path("lines").path(0)).put("sku", "SWIFT-" + UUID.randomUUID()),
                1,
                ask -> {});
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", newNumber())
                .buyer("receipt-confirmation");
        var refused = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", 1)
                .put("accepted", 0)
                .put("condition", "WRONG_ITEM");
        story.at(
                        INSPECT,
                        "warehouse",
                        form("inspection", Shop.JSON.createArrayNode().add(refused)))
                .buyer("offer-answer", "choice", "ACCEPT")
                .becomes("CLOSED");
        var sheet = Eventually.get(
                story::sheet, it -> it.at("/sentParcels/0/lastSeen").asText().equals("DELIVERED"));
        assertThat(sheet.at("/sentParcels/0/purpose").asText()).isEqualTo("RETURN_TO_BUYER");
        assertThat(strays(sheet.at("/sentParcels/0/trackingNumber").asText())).isZero();
    }

    @Test
    void a_parcel_to_the_buyer_that_comes_back_undelivered_is_looked_after() {
        var story = given.aReturn(
                order -> ((ObjectNode) order.path("lines").path(0)).put("sku", "SILENT-" + UUID.randomUUID()),
                1,
                ask -> {});
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", newNumber())
                .buyer("receipt-confirmation");
        var refused = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", 1)
                .put("accepted", 0)
                .put("condition", "WRONG_ITEM");
        story.at(
                        INSPECT,
                        "warehouse",
                        form("inspection", Shop.JSON.createArrayNode().add(refused)))
                .buyer("offer-answer", "choice", "ACCEPT")
                .becomes("CLOSED");
        String number = story.sheet().at("/sentParcels/0/trackingNumber").asText();
        given.warehouse().says(event("RECEIVED", "trackingNumber", number));
        var parcel = stray(number).waitsAt(IDENTIFY);
        assertThat(story.events()).contains("parcel-came-back");
        assertThat(shown(parcel)).as("whose parcel it was").contains(story.number());
        parcel.at(IDENTIFY, "warehouse", form("decision", "UNKNOWN", "remark", "settled with the buyer"))
                .endedAt("EndEvent_ParcelSetAside");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        var instances = told.stream()
                .flatMap(story -> story.processInstances().stream())
                .toList();
        assertThat(footprints.missing(Path.of("bpmn/parts/stray-parcel.bpmn"), instances))
                .isEmpty();
    }

    private static String newNumber() {
        return "SF" + UUID.randomUUID();
    }

    /** What the form shows of a parcel. */
    private String shown(Story parcel) {
        var desk = Desk.of(given.port(), "warehouse");
        return desk.http()
                .get("/engine-rest/task/" + desk.taskOf(parcel.number()) + "/form-variables?deserializeValues=false")
                .json()
                .at("/parcelView/value")
                .asText();
    }

    private void applied(String number, String type) {
        assertThat(given.carrier().says(event(type, "trackingNumber", number)).status())
                .isEqualTo(200);
        allApplied(number);
    }

    /** Everything that was told of this parcel has been applied. */
    private void allApplied(String number) {
        Eventually.get(
                () -> jdbc.sql("select count(*) from callback where state = 'RECEIVED' and facts like ?")
                        .param("%" + number + "%")
                        .query(Long.class)
                        .single(),
                count -> count == 0);
    }

    private int strays(String key) {
        return jdbc.sql("select count(*) from stray_parcel where parcel_key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private Story stray(String key) {
        var numbers = Eventually.get(
                () -> jdbc.sql("select number from stray_parcel where parcel_key = ?")
                        .param(key)
                        .query(String.class)
                        .list(),
                found -> !found.isEmpty());
        var story = given.storyOf(numbers.get(0), "");
        told.add(story);
        return story;
    }
}
