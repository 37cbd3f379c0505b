package io.aftersale.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Desk;
import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.Pictures;
import io.aftersale.support.Shop;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps ordering, applying, auditing, sending goods and disputing, whatever becomes of the application meanwhile: a call
 * without an answer is made again at another node, as a shop and a reviewer would. What it was promised it remembers;
 * what it must come to it works out by itself.
 */
class Customers {
    private static final long PAUSE_NANOS = 700_000_000;
    private static final int RATE_EVERY = 6;
    private static final int RATED_ARTICLES = 4;
    private static final Duration MOST_PATIENCE = Duration.ofMinutes(8);
    private static final byte[] PICTURE = Pictures.crackedMug();

    private final Doors doors;
    private final Http outside;
    private final BooleanSupplier isOver;
    private final Map<String, Desk> desks = new ConcurrentHashMap<>();
    private final Map<Integer, Shop> shops = new ConcurrentHashMap<>();
    final Queue<Claim> claims = new ConcurrentLinkedQueue<>();
    final Queue<Stars> ratings = new ConcurrentLinkedQueue<>();
    final Queue<String> broken = new ConcurrentLinkedQueue<>();
    final Map<String, Integer> answers = new ConcurrentHashMap<>();
    final Map<String, Integer> trouble = new ConcurrentHashMap<>();

    /** @param outsidePort where parcels are handed in */
    Customers(Doors doors, int outsidePort, BooleanSupplier isOver) {
        this.doors = doors;
        this.outside = Http.stranger(outsidePort);
        this.isOver = isOver;
    }

    /** Makes one case after the other until it is over; the last one is brought to its end. */
    void run(Random chance) {
        while (!isOver.getAsBoolean()) {
            try {
                if (chance.nextInt(RATE_EVERY) == 0) {
                    rate(chance);
                } else {
                    tell(Purchase.of(Tale.any(chance), chance));
                }
            } catch (AssertionError stuck) {
                broken.add("A customer gave up: " + stuck.getMessage());
            }
        }
    }

    /** Buys an article that others rate too, and gives it stars, once however often it has to ask. */
    private void rate(Random chance) {
        var given = new Stars("RATED-" + chance.nextInt(RATED_ARTICLES), 1 + chance.nextInt(5));
        var facts = shop().facts();
        ((ObjectNode) facts.path("lines").get(0)).put("sku", given.sku());
        String orderId = "O-" + Long.toHexString(chance.nextLong());
        String review = Shop.by(facts.path("buyerId").asText())
                .put("orderId", orderId)
                .put("lineId", "1")
                .put("stars", given.stars())
                .toString();
        until(() -> shop().tells(orderId, facts), answer -> answer.status() / 100 == 2);
        until(
                () -> shop().http().post("/api/reviews", review),
                answer -> answer.status() == 201
                        || answer.status() == 409 && answer.code().equals("already-reviewed"));
        ratings.add(given);
    }

    private void tell(Purchase it) {
        until(() -> shop().tells(it.orderId(), it.facts()), answer -> answer.status() / 100 == 2);
        String key = Shop.newKey();
        String application = it.application().toString();
        String number = until(() -> shop().applies(key, application), answer -> answer.status() == 201)
                .json()
                .path("number")
                .asText();
        // From here on the case was promised, whatever happens to its tale.
        claims.add(it.claim(number));
        it.trouble().forEach(kind -> trouble.merge(kind, 1, Integer::sum));
        try {
            go(it, number);
        } catch (AssertionError stuck) {
            broken.add(it.tale() + " " + number + ": " + stuck.getMessage());
        }
    }

    private void go(Purchase it, String number) {
        switch (it.tale()) {
            case FAST, LEFT_WAITING -> {}
            case APPROVED -> approve(number);
            case APPROVED_IN_PART ->
                answer(
                        "reviewer",
                        number,
                        "Task_AuditApplication",
                        Map.of("decision", "APPROVE", "approvedMinor", String.valueOf(it.dueMinor())));
            case APPROVED_BY_TWO -> {
                approve(number);
                mayNotConfirm(number);
                answer("supervisor", number, "Task_ConfirmAudit", Map.of("decision", "APPROVE"));
            }
            case APPROVED_ON_EVIDENCE -> {
                answer("reviewer", number, "Task_AuditApplication", Map.of("decision", "ASK_EVIDENCE"));
                giveEvidence(it, number);
                approve(number);
            }
            case REJECTED -> reject(number);
            case WITHDRAWN -> buyer(it, number, "withdrawal", Map.of(), Set.of("WITHDRAWN"));
            case DISPUTE_LOST -> dispute(it, number, Map.of("decision", "UPHOLD", "liabilityBuyer", "100"));
            case DISPUTE_WON -> dispute(it, number, Map.of("decision", "OVERTURN", "liabilitySeller", "100"));
            case RETURNED, RETURNED_IN_PART -> sendBack(it, number);
            case EXCHANGED -> {
                approve(number);
                sendBack(it, number);
            }
            case CANCELLED_BY_FINANCE ->
                settle(number, Map.of("decision", "CANCEL", "remark", "The buyer was paid in cash"));
            case RETRIED_BY_FINANCE -> settle(number, Map.of("decision", "RETRY"));
            case CONTRADICTED -> settle(number, Map.of("decision", "PAID_OUTSIDE", "reference", "BOOK-" + number));
        }
    }

    private void approve(String number) {
        answer("reviewer", number, "Task_AuditApplication", Map.of("decision", "APPROVE"));
    }

    private void reject(String number) {
        answer(
                "reviewer",
                number,
                "Task_AuditApplication",
                Map.of("decision", "REJECT", "reasonCode", "NOT_AS_CLAIMED"));
    }

    /** Who approved tries to confirm as well; somebody else's approval is needed, so it must be refused. */
    private void mayNotConfirm(String number) {
        await(number, sheet -> hasNext(sheet, "Task_ConfirmAudit"));
        try {
            var desk = desk("reviewer");
            for (JsonNode task : desk("supervisor").tasksOf(number)) {
                String id = task.path("id").asText();
                count(desk.claims(id));
                if (count(desk.completes(id, Map.of("decision", "APPROVE"))).status() == 204) {
                    broken.add(number + ": one person gave both approvals");
                }
            }
        } catch (UncheckedIOException gone) {
            unanswered();
        }
    }

    private void giveEvidence(Purchase it, String number) {
        String picture = until(
                        () -> Pictures.send(shop().http(), "/api/evidence", PICTURE), answer -> answer.status() == 201)
                .json()
                .path("id")
                .asText();
        buyer(it, number, "evidence", Map.of("evidence", List.of(picture)), Set.of("AUDITING"));
    }

    private void dispute(Purchase it, String number, Map<String, Object> judgement) {
        reject(number);
        buyer(it, number, "dispute", Map.of("text", "The crack is on the picture"), Set.of("DISPUTED"));
        answer("arbitrator", number, "Task_ArbitrateDispute", judgement);
    }

    private void sendBack(Purchase it, String number) {
        await(number, sheet -> status(sheet).equals("AWAITING_GOODS"));
        String parcel = (it.facts().path("lines").get(0).path("sku").asText().startsWith("TWICE-") ? "TWICE-" : "")
                + "SF"
                + it.orderId().substring(2);
        var ahead = Set.of("GOODS_IN_TRANSIT", "INSPECTING");
        buyer(it, number, "shipment", Map.of("carrier", "SF Express", "trackingNumber", parcel), ahead);
        outside.post(
                "/control/parcels",
                Shop.JSON
                        .createObjectNode()
                        .put("trackingNumber", parcel)
                        .put("authorization", "R" + number)
                        .toString());
        var line = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", it.quantity())
                .put("accepted", it.accepted())
                .put("condition", "SEALED");
        answer(
                "warehouse",
                number,
                "Task_InspectGoods",
                Map.of("inspection", Shop.JSON.createArrayNode().add(line)));
        if (it.accepted() < it.quantity()) {
            await(number, sheet -> !status(sheet).equals("INSPECTING"));
            buyer(it, number, "offer-answer", Map.of("choice", "ACCEPT"), Set.of("PAYING", "SHIPPING", "COMPLETED"));
        }
    }

    private void settle(String number, Map<String, Object> decision) {
        approve(number);
        answer("finance", number, "Task_SettlePayout", decision);
    }

    /** Has a person answer a task of a case, until the task is no longer what the case waits for. */
    private void answer(String person, String number, String task, Map<String, Object> fields) {
        await(number, sheet -> hasNext(sheet, task));
        var end = Instant.now().plus(MOST_PATIENCE);
        while (hasNext(sheet(number), task)) {
            try {
                var desk = desk(person);
                for (JsonNode open : desk.tasksOf(number)) {
                    if (open.path("taskDefinitionKey").asText().equals(task)) {
                        count(desk.claims(open.path("id").asText()));
                        count(desk.completes(open.path("id").asText(), fields));
                    }
                }
            } catch (UncheckedIOException gone) {
                unanswered();
            }
            rest(end, task + " of " + number);
        }
    }

    /** The buyer does something until the case stands where that leads. */
    private void buyer(Purchase it, String number, String step, Map<String, Object> fields, Set<String> leadsTo) {
        ObjectNode body = Shop.by(it.buyerId());
        fields.forEach((name, value) -> body.set(name, Shop.JSON.valueToTree(value)));
        var end = Instant.now().plus(MOST_PATIENCE);
        while (!leadsTo.contains(status(sheet(number)))) {
            try {
                count(shop().does(number, step, body));
            } catch (UncheckedIOException gone) {
                unanswered();
            }
            rest(end, step + " of " + number + ", which is " + status(sheet(number)));
        }
    }

    private void await(String number, Predicate<JsonNode> isSo) {
        var end = Instant.now().plus(MOST_PATIENCE);
        while (!isSo.test(sheet(number))) {
            rest(end, "the next step of " + number + ", which is " + status(sheet(number)));
        }
    }

    /** What the application says of a case. */
    JsonNode sheet(String number) {
        return until(() -> shop().http().get("/api/cases/" + number), answer -> answer.status() == 200)
                .json();
    }

    static String status(JsonNode sheet) {
        return sheet.path("status").asText();
    }

    /** What the application says of an article's stars. */
    JsonNode rating(String sku) {
        return until(() -> shop().http().get("/api/products/" + sku + "/rating"), answer -> answer.status() == 200)
                .json();
    }

    private static boolean hasNext(JsonNode sheet, String action) {
        for (JsonNode next : sheet.path("next")) {
            if (next.path("action").asText().equals(action)) {
                return true;
            }
        }
        return false;
    }

    /** Calls until the answer is as it should be. */
    private Answer until(Supplier<Answer> call, Predicate<Answer> isRight) {
        var end = Instant.now().plus(MOST_PATIENCE);
        String last = "no answer";
        while (true) {
            try {
                Answer answer = count(call.get());
                if (isRight.test(answer)) {
                    return answer;
                }
                last = answer.toString();
            } catch (UncheckedIOException gone) {
                unanswered();
            }
            rest(end, last);
        }
    }

    private static void rest(Instant end, String what) {
        if (Instant.now().isAfter(end)) {
            throw new AssertionError("Waited too long for " + what);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private Shop shop() {
        return shops.computeIfAbsent(doors.next(), port -> Shop.at(port, Clock.systemUTC()));
    }

    /** A person at whichever node comes next. */
    Desk desk(String person) {
        int port = doors.next();
        return desks.computeIfAbsent(person + "@" + port, it -> Desk.of(port, person));
    }

    private Answer count(Answer answer) {
        answers.merge(answer.status() / 100 + "xx", 1, Integer::sum);
        if (answer.status() >= 500) {
            answers.merge("answered " + answer.status(), 1, Integer::sum);
        }
        return answer;
    }

    private void unanswered() {
        answers.merge("none", 1, Integer::sum);
    }

    int requests() {
        return answers.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("answered"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    Map<String, Integer> answersByKind() {
        return new TreeMap<>(answers);
    }
}
