package io.aftersale.browser;

import static io.aftersale.support.Sender.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aftersale.support.Chromium;
import io.aftersale.support.Dock;
import io.aftersale.support.Eventually;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Shop;
import io.aftersale.support.Tasklist;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The warehouse at work in the real Tasklist: counting what came back, line by line, and finding whose a parcel is. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarehouseDeskTest {
    private static final String WAREHOUSE_DESK = "Warehouse desk 仓库";

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    private Chromium chromium;
    private Tasklist tasklist;

    @BeforeAll
    void open() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
    }

    @AfterEach
    void nothing_went_wrong_in_the_page() {
        if (tasklist != null) {
            assertThat(tasklist.mishaps()).isEmpty();
            tasklist.close();
            tasklist = null;
        }
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void the_warehouse_counts_two_lines_of_a_parcel_that_is_short_and_worn() {
        var story = given.aReturn(
                order -> {
                    Shop.line(order, "2", 2, 4_000);
                    order.remove("tenders");
                    Shop.tender(order, "CARD", 14_000);
                },
                3,
                application -> application
                        .withArray("lines")
                        .addObject()
                        .put("lineId", "2")
                        .put("quantity", 2));
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID())
                .buyer("receipt-confirmation");

        tasklist = Tasklist.login(chromium, given.port(), "warehouse").opensFilter(WAREHOUSE_DESK);
        assertThat(tasklist.card(story.number())).contains(story.number(), "NO_LONGER_WANTED", "Due 截止");
        tasklist.opensCase(story.number());
        assertThat(tasklist.formText()).contains("R" + story.number(), "SF Express", "3 / 3", "2 / 2");
        tasklist.claims()
                .counts("Received", 0, 3)
                .counts("Accepted", 0, 3)
                .selects("Condition", 0, "Opened 已拆看")
                .counts("Received", 1, 2)
                .counts("Accepted", 1, 1)
                .selects("Condition", 1, "Used 有使用痕迹")
                .selects("Where to", 1, "Refurbish 整修")
                .ticks("Soiled", 1)
                .writes("Remark", "one cup is stained 一只杯子有茶渍")
                .photographs(Screenshots.of("inspect-form.png"))
                .completes();

        story.is("AWAITING_BUYER");
        assertThat(story.sheet().at("/lines/0/acceptedQuantity").asInt()).isEqualTo(3);
        assertThat(story.sheet().at("/lines/1/acceptedQuantity").asInt()).isEqualTo(1);
        assertThat(story.sheet().at("/parcel/offeredMinor").asLong())
                .as("three mugs in full, and one that the table will not judge alone since it is soiled")
                .isEqualTo(9_000 + 2_000);
        story.buyer("offer-answer", "choice", "ACCEPT").becomes("COMPLETED");
    }

    @Test
    void the_warehouse_finds_whose_a_parcel_is() {
        var story = given.aReturn();
        String trackingNumber = "YT" + UUID.randomUUID();
        given.warehouse().says(event("RECEIVED", "trackingNumber", trackingNumber));
        String parcel = Eventually.get(
                        () -> jdbc.sql("select number from stray_parcel where parcel_key = ?")
                                .param(trackingNumber)
                                .query(String.class)
                                .list(),
                        found -> !found.isEmpty())
                .get(0);

        tasklist = Tasklist.login(chromium, given.port(), "warehouse").opensFilter(WAREHOUSE_DESK);
        assertThat(tasklist.card(parcel)).contains(parcel, trackingNumber);
        tasklist.opensCase(parcel);
        assertThat(tasklist.formText()).contains(trackingNumber, "In the warehouse 已到仓");
        assertThat(tasklist.claims().written("Case number"))
                .as("nothing but the answer")
                .isEmpty();
        tasklist.writes("Case number", story.number())
                .writes("Remark", "the slip lay inside")
                .photographs(Screenshots.of("identify-form.png"))
                .completes();

        story.becomes("INSPECTING");
    }

    @Test
    void a_parcel_is_scanned_where_it_comes_in_and_the_page_says_what_to_do_next() {
        var story = given.aReturn();
        String unknown = "YT" + UUID.randomUUID();
        try (var dock = Dock.login(chromium, given.port(), "warehouse")) {
            assertThat(dock.scans(("R" + story.number()).toLowerCase(Locale.ROOT)))
                    .contains("received for " + story.number());
            assertThat(dock.pictured()).isEqualTo(story.number());
            assertThat(dock.scans(unknown)).contains("Nobody waits for").contains("enter it once more");
            assertThat(dock.scans(unknown)).contains("Identify parcel PC-");
            assertThat(dock.scans(unknown)).as("again").contains("Identify parcel PC-");
        }
        story.becomes("INSPECTING");
    }
}
