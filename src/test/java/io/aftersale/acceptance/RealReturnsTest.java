package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.acceptance.RealOrders.RealOrder;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Sender;
import io.aftersale.support.Shop;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every order that really came back goes through {@code return}: told over REST, its parcel heard of by signed events,
 * counted by the warehouse, paid by the provider, put away by the stock system. What came back is a seeded mix. Order by
 * order each unit ends in one place and each cent is kept or given back, by our books and by those outside.
 */
@RunningApp
class RealReturnsTest {
    private static final long SEED = 20_261_123;
    private static final int CLIENTS = 4;
    private static final String PREFIX = "BACK-";
    private static final String TO_BUYER = "RETURN_TO_BUYER";

    @Autowired
    Given given;

    @Value("${real.data:}")
    String folder;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    /** What comes of a parcel. */
    private enum Course {
        PERFECT,
        SHORT,
        DAMAGED,
        EXTRA,
        REFUSED,
        /** The warehouse never confirms it: it counts as received, and nobody has seen it. */
        LATE,
        /** It is sent after the authorization has ended. */
        TOO_LATE
    }

    /** What is expected of a line, worked out here from the data alone. */
    private static final class Line {
        private final String lineId;
        private final int bought;
        private final long paidMinor;
        private int received;
        private int accepted;
        private String condition = "SEALED";
        private String place = "RESTOCK";
        private long perMille;
        private boolean isSeen = true;

        Line(String lineId, int bought, long paidMinor) {
            this.lineId = lineId;
            this.bought = bought;
            this.paidMinor = paidMinor;
        }

        /** The exact shares of the accepted units, each less what is deducted, rounded for the buyer. */
        long dueMinor() {
            long due = 0;
            for (int unit = 1; unit <= accepted; unit++) {
                long share = paidMinor * unit / bought - paidMinor * (unit - 1) / bought;
                due += share - share * perMille / 1000;
            }
            return due;
        }
    }

    private static final class Back {
        private final RealOrder order;
        private final Course course;
        private final List<Line> lines = new ArrayList<>();
        private String number;

        Back(RealOrder order, Course course, Random chance) {
            this.order = order;
            this.course = course;
            order.lines()
                    .forEach(line -> lines.add(
                            new Line(line.getField("line_id"), RealOrder.quantity(line), RealOrder.paidMinor(line))));
            lines.forEach(line -> fate(line, chance));
        }

        private void fate(Line line, Random chance) {
            line.received = line.bought;
            line.accepted = line.bought;
            switch (course) {
                case SHORT -> {
                    line.received = chance.nextInt(line.bought + 1);
                    line.accepted = line.received;
                }
                case DAMAGED -> {
                    boolean isBroken = chance.nextBoolean();
                    line.condition = isBroken ? "DAMAGED" : "USED";
                    line.place = isBroken ? "DISPOSE" : "REFURBISH";
                    line.perMille = isBroken ? 500 : 100;
                    line.accepted = chance.nextInt(line.bought + 1);
                }
                case EXTRA -> line.received = line.bought + 1 + chance.nextInt(3);
                case REFUSED -> {
                    line.condition = "WRONG_ITEM";
                    line.accepted = 0;
                }
                case LATE -> {
                    line.received = 0;
                    line.isSeen = false;
                }
                case TOO_LATE -> {
                    line.received = 0;
                    line.accepted = 0;
                }
                default -> line.place = chance.nextInt(4) == 0 ? "VENDOR" : "RESTOCK";
            }
        }

        String orderId() {
            return PREFIX + order.id();
        }

        String trackingNumber() {
            return "REAL-" + order.id();
        }

        long dueMinor() {
            return lines.stream().mapToLong(Line::dueMinor).sum();
        }
    }

    @Test
    void every_order_that_really_came_back_adds_up_in_units_and_cents() {
        assumeFalse(folder.isBlank(), "Skipped: give the folder of the real orders by -Dreal.data=FOLDER.");
        var chance = new Random(SEED);
        var backs = RealOrders.in(Path.of(folder)).returned().stream()
                .map(order -> new Back(order, Course.values()[chance.nextInt(Course.values().length)], chance))
                .toList();
        assertThat(backs).hasSize(296);
        long start = System.nanoTime();

        shared(backs, this::send);
        shared(backs, this::inspect);
        shared(backs, this::awaitEnd);

        double seconds = (System.nanoTime() - start) / 1e9;
        assertBooksAgree(backs, seconds);
    }

    /** Told, applied for, approved by rule, and on its way. */
    private void send(Back back) {
        var shop = given.shop();
        var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
        int daysAgo = 1 + Math.floorMod(back.order.id().hashCode(), 6);
        assertThat(shop.tells(back.orderId(), back.order.facts(today, daysAgo)).status())
                .isEqualTo(201);
        var application = Shop.JSON
                .createObjectNode()
                .put("kind", "RETURN")
                .put("orderId", back.orderId())
                .put("buyerId", back.order.buyerId())
                .put("reason", "NO_LONGER_WANTED");
        back.order.applyForAll(application);
        back.number = shop.opens(application);
        if (back.course == Course.TOO_LATE) {
            fire(back, "Event_ShipmentOverdue");
        } else {
            var told = shop.does(
                    back.number,
                    "shipment",
                    by(back).put("carrier", "SF Express").put("trackingNumber", back.trackingNumber()));
            assertThat(told.status()).as(told.toString()).isEqualTo(200);
        }
        given.carrier().says(Sender.event("PICKED_UP", "trackingNumber", back.trackingNumber()));
        if (back.course == Course.LATE) {
            fire(back, "Event_ReceiptOverdue");
        }
        // In every third case twice, and before what came earlier; all of it is harmless.
        if (back.course != Course.LATE) {
            var received = Sender.event("RECEIVED", "trackingNumber", back.trackingNumber());
            given.warehouse().says(received);
            if (back.order.id().hashCode() % 3 == 0) {
                given.carrier().says(Sender.event("DELIVERED", "trackingNumber", back.trackingNumber()));
                given.warehouse().says(received);
                given.carrier().says(Sender.event("IN_TRANSIT", "trackingNumber", back.trackingNumber()));
            }
        }
    }

    private void inspect(Back back) {
        if (back.course == Course.LATE || back.course == Course.TOO_LATE) {
            return;
        }
        var shop = given.shop();
        Eventually.get(() -> shop.sheet(back.number).path("status").asText(), "INSPECTING"::equals);
        Desk.of(given.port(), "warehouse").decides(back.number, counted(back));
        if (shop.sheet(back.number).path("status").asText().equals("AWAITING_BUYER")) {
            var answered = shop.does(back.number, "offer-answer", by(back).put("choice", "ACCEPT"));
            assertThat(answered.status()).as(answered.toString()).isEqualTo(200);
        }
    }

    private static Map<String, Object> counted(Back back) {
        ArrayNode list = Shop.JSON.createArrayNode();
        for (Line line : back.lines) {
            var one = list.addObject()
                    .put("lineId", line.lineId)
                    .put("received", line.received)
                    .put("accepted", line.accepted);
            if (line.received > 0) {
                one.put("condition", line.condition);
            }
            if (line.accepted > 0) {
                one.put("disposition", line.place);
            }
        }
        return Map.of("inspection", list);
    }

    private void awaitEnd(Back back) {
        String end = back.course == Course.TOO_LATE ? "EXPIRED" : back.dueMinor() > 0 ? "COMPLETED" : "CLOSED";
        var sheet = Eventually.get(
                () -> given.shop().sheet(back.number),
                it -> it.path("status").asText().equals(end));
        assertThat(sheet.path("paidMinor").asLong()).as(sheet.toString()).isEqualTo(back.dueMinor());
    }

    private void assertBooksAgree(List<Back> backs, double seconds) {
        var moved = new HashMap<String, Map<String, Integer>>();
        for (JsonNode it : given.sandbox().get("/stock/journal").json().path("movements")) {
            moved.computeIfAbsent(it.path("caseNumber").asText(), number -> new TreeMap<>())
                    .merge(it.path("purpose").asText(), it.path("quantity").asInt(), Integer::sum);
        }
        var provider = new HashMap<String, Long>();
        for (JsonNode it : given.sandbox().get("/journal").json().path("refunds")) {
            provider.merge(
                    it.path("orderId").asText(),
                    it.path("status").asText().equals("SETTLED")
                            ? it.path("amountMinor").asLong()
                            : 0,
                    Long::sum);
        }
        var totals = new LinkedHashMap<String, Long>();
        var courses = new EnumMap<Course, Integer>(Course.class);
        for (Back back : backs) {
            courses.merge(back.course, 1, Integer::sum);
            assertUnitsAddUp(back, moved.getOrDefault(back.number, Map.of()), totals);
            assertCentsAddUp(back, provider, totals);
        }
        System.out.printf(
                "All %d returned orders through return in %.1f s: %s%n%s%n", backs.size(), seconds, courses, totals);
    }

    /** By the books of the stock system and the carrier, and by our ledger of units. */
    private void assertUnitsAddUp(Back back, Map<String, Integer> moved, Map<String, Long> totals) {
        int bought = back.lines.stream().mapToInt(line -> line.bought).sum();
        int surplus = back.lines.stream()
                .mapToInt(line -> Math.max(0, line.received - line.bought))
                .sum();
        int usedUp = jdbc.sql("select count(*) from order_unit where used_up_by = ?")
                .param(back.number)
                .query(Integer.class)
                .single();
        int restocked = moved.getOrDefault("RESTOCK", 0);
        int refurbished = moved.getOrDefault("REFURBISH", 0);
        int toVendor = moved.getOrDefault("VENDOR", 0);
        int disposed = moved.getOrDefault("DISPOSE", 0);
        int sentBack = moved.getOrDefault(TO_BUYER, 0) - surplus;
        int missing = usedUp - restocked - refurbished - toVendor - disposed;
        int counted = jdbc.sql("""
                        select coalesce(sum(least(received, authorized)), 0) from goods_line where case_number = ?
                        """).param(back.number).query(Integer.class).single();
        int kept = bought - counted - missing;
        assertThat(kept + sentBack + restocked + refurbished + toVendor + disposed + missing)
                .as("units of " + back.orderId() + " " + moved)
                .isEqualTo(bought);
        assertThat(usedUp).as("paid for is used up").isEqualTo(sum(back, line -> line.accepted));
        assertThat(sentBack)
                .as("refused of " + back.orderId())
                .isEqualTo(sum(
                        back, line -> Math.min(line.received, line.bought) - Math.min(line.accepted, line.received)));
        assertThat(missing).isEqualTo(sum(back, line -> line.isSeen ? 0 : line.accepted));
        for (String place : List.of("RESTOCK", "REFURBISH", "VENDOR", "DISPOSE")) {
            assertThat(moved.getOrDefault(place, 0))
                    .as(place + " of " + back.orderId())
                    .isEqualTo(sum(back, line -> line.isSeen && line.place.equals(place) ? line.accepted : 0));
        }
        add(totals, "bought", bought);
        add(totals, "kept", kept);
        add(totals, "sent back", sentBack);
        add(totals, "restocked", restocked);
        add(totals, "refurbished", refurbished);
        add(totals, "to vendor", toVendor);
        add(totals, "disposed", disposed);
        add(totals, "missing", missing);
        add(totals, "surplus sent back", surplus);
    }

    /** By our ledger and by the provider's journal. */
    private void assertCentsAddUp(Back back, Map<String, Long> provider, Map<String, Long> totals) {
        long ledger = jdbc.sql("""
                        select coalesce(sum(amount_minor), 0) from ledger_entry where case_number = ? and state = 'SETTLED'
                        """).param(back.number).query(Long.class).single();
        long paid = back.order.paidMinor();
        long kept = paid - ledger;
        assertThat(ledger).as("refunded of " + back.orderId()).isEqualTo(back.dueMinor());
        assertThat(provider.getOrDefault(back.orderId(), 0L)).isEqualTo(ledger);
        assertThat(kept).as("kept of " + back.orderId()).isBetween(0L, paid);
        boolean isWhole = back.lines.stream().allMatch(line -> line.accepted == line.bought && line.perMille == 0);
        if (isWhole) {
            assertThat(ledger).as("to the last cent").isEqualTo(paid);
        }
        add(totals, "paid minor", paid);
        add(totals, "refunded minor", ledger);
        add(totals, "kept minor", kept);
    }

    private static int sum(Back back, java.util.function.ToIntFunction<Line> of) {
        return back.lines.stream().mapToInt(of).sum();
    }

    private static void add(Map<String, Long> totals, String name, long number) {
        totals.merge(name, number, Long::sum);
    }

    private static ObjectNode by(Back back) {
        return Shop.by(back.order.buyerId());
    }

    private void fire(Back back, String timer) {
        var instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(back.number)
                .processDefinitionKey("goods-back")
                .singleResult();
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId(timer)
                .singleResult()
                .getId());
    }

    private static void shared(List<Back> all, Consumer<Back> work) {
        Queue<Back> waiting = new ConcurrentLinkedQueue<>(all);
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(() -> {
                int done = 0;
                for (Back next = waiting.poll(); next != null; next = waiting.poll()) {
                    work.accept(next);
                    done++;
                }
                return done;
            });
        }
        AtOnce.run(clients);
    }
}
