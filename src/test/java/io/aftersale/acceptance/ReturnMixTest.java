package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Perfect, short, damaged, wrong, surplus and unconfirmed parcels in a seeded mix: every unit ends in one place, and
 * every cent is kept or given back.
 */
@RunningApp
class ReturnMixTest {
    private static final List<String> CONDITIONS = List.of("SEALED", "OPENED", "USED", "DAMAGED", "WRONG_ITEM");

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void units_and_cents_add_up(long seed) {
        var random = new Random(seed);
        int bought = 1 + random.nextInt(5);
        int asked = 1 + random.nextInt(bought);
        long paid = 1 + random.nextInt(100_000);
        var story = given.aReturn(Shop.onlyLine(bought, paid), asked, application -> {});
        story.buyer("shipment", "carrier", "SF", "trackingNumber", "MIX-" + seed + "-" + System.nanoTime());
        boolean isUnseen = random.nextInt(6) == 0;
        int received = 0;
        int accepted = asked;
        if (isUnseen) {
            story.fires("Event_ReceiptOverdue");
        } else {
            received = random.nextInt(asked + 2);
            String condition = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
            accepted = condition.equals("WRONG_ITEM") ? 0 : random.nextInt(Math.min(asked, received) + 1);
            story.buyer("receipt-confirmation");
            story.at("Task_InspectGoods", "warehouse", counted(received, accepted, condition));
            if (story.sheet().path("status").asText().equals("AWAITING_BUYER")) {
                story.buyer("offer-answer", "choice", "ACCEPT");
            }
        }
        String end = story.becomesOneOf("COMPLETED", "CLOSED");
        var moved = moved(story.number());
        int missing = isUnseen ? asked : 0;
        int surplus = Math.max(0, received - asked);
        int sentBack = moved.getOrDefault("RETURN_TO_BUYER", 0) - surplus;
        int kept = bought - asked + (isUnseen ? 0 : Math.max(0, asked - received));
        int here = List.of("RESTOCK", "REFURBISH", "VENDOR", "DISPOSE").stream()
                .mapToInt(place -> moved.getOrDefault(place, 0))
                .sum();
        assertThat(kept + sentBack + here + missing).as("units").isEqualTo(bought);
        assertThat(here + missing).as("what is paid for is used up").isEqualTo(accepted);
        assertThat(usedUp(story.number())).isEqualTo(accepted);
        long refunded = story.sheet().path("paidMinor").asLong();
        assertThat(ledger(story.number())).as("cents").isEqualTo(refunded);
        assertThat(refunded).isBetween(0L, paid);
        assertThat(end).isEqualTo(refunded > 0 ? "COMPLETED" : "CLOSED");
        if (accepted == bought && moved.getOrDefault("RESTOCK", 0) + missing == bought) {
            assertThat(refunded).as("all of it, to the last cent").isEqualTo(paid);
        }
    }

    private static Map<String, Object> counted(int received, int accepted, String condition) {
        var line = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", received)
                .put("accepted", accepted)
                .put("condition", condition);
        return Story.form("inspection", Shop.JSON.createArrayNode().add(line));
    }

    private Map<String, Integer> moved(String number) {
        var moved = new HashMap<String, Integer>();
        for (JsonNode movement : given.sandbox().get("/stock/journal").json().path("movements")) {
            if (movement.path("caseNumber").asText().equals(number)) {
                moved.merge(
                        movement.path("purpose").asText(),
                        movement.path("quantity").asInt(),
                        Integer::sum);
            }
        }
        return moved;
    }

    private int usedUp(String number) {
        return jdbc.sql("select count(*) from order_unit where used_up_by = ?")
                .param(number)
                .query(Integer.class)
                .single();
    }

    private long ledger(String number) {
        return jdbc.sql(
                        "select coalesce(sum(amount_minor), 0) from ledger_entry where case_number = ? and state = 'SETTLED'")
                .param(number)
                .query(Long.class)
                .single();
    }
}
