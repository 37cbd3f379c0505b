package io.aftersale.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Desk;
import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.Shop;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps ordering, applying and auditing, whatever becomes of the application meanwhile: a call without an answer is made
 * again, as a shop and a reviewer would. It remembers what it was promised and looks nothing up.
 */
class Customers {
    /** How the provider's road may fail; each is asked for by the beginning of the tender's id. */
    private static final List<String> MISHAPS = List.of(
            "",
            "",
            "",
            "",
            "TIMEOUT-",
            "UNKNOWN-",
            "CUT-",
            "ERROR-",
            "BROKEN-",
            "BUSY-",
            "HALF-",
            "GARBLED-",
            "PENDING-",
            "SILENT-",
            "DOUBLE-",
            "EARLY-",
            "REORDERED-");

    private static final long PAUSE_NANOS = 100_000_000;

    private final Shop shop;
    private final Desk reviewer;
    private final BooleanSupplier isOver;
    final Queue<Claim> claims = new ConcurrentLinkedQueue<>();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger unanswered = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();

    Customers(int port, BooleanSupplier isOver) {
        this.shop = Shop.at(port, Clock.systemUTC());
        this.reviewer = Desk.of(port, "reviewer");
        this.isOver = isOver;
    }

    /** Makes one case after the other until it is over; the last one is brought to its decision. */
    void run(Random chance) {
        while (!isOver.getAsBoolean()) {
            claims.add(one(chance));
        }
    }

    private Claim one(Random chance) {
        boolean isAudited = chance.nextInt(3) > 0;
        boolean isApproved = !isAudited || chance.nextInt(4) > 0;
        int quantity = 1 + chance.nextInt(3);
        long paid = 100 + chance.nextInt(29_000);
        var facts = shop.facts();
        Shop.onlyLine(quantity, paid).accept(facts);
        if (!isAudited) {
            shop.notShipped().accept(facts);
        }
        var tender = (ObjectNode) facts.path("tenders").get(0);
        tender.put(
                "tenderId",
                MISHAPS.get(chance.nextInt(MISHAPS.size()))
                        + tender.path("tenderId").asText());
        String orderId = "O-" + chance.nextLong(Long.MAX_VALUE);
        until(() -> shop.tells(orderId, facts), 200, 201);

        var purchase = new Shop.Purchase(orderId, facts.path("buyerId").asText(), facts);
        var application = Shop.application(purchase, quantity).toString();
        String key = Shop.newKey();
        String number = until(() -> shop.applies(key, application), 201)
                .json()
                .path("number")
                .asText();
        if (isAudited) {
            audit(number, isApproved);
        }
        return new Claim(
                orderId, number, tender.path("tenderId").asText(), isAudited, isApproved, isApproved ? paid : 0);
    }

    private void audit(String number, boolean isApproved) {
        Map<String, Object> answer = isApproved
                ? Map.of("decision", "APPROVE")
                : Map.of("decision", "REJECT", "reasonCode", "NOT_AS_CLAIMED");
        while (until(() -> shop.http().get("/api/cases/" + number), 200)
                .json()
                .path("status")
                .asText()
                .equals("AUDITING")) {
            try {
                var tasks = reviewer.tasksOf(number);
                requests.incrementAndGet();
                if (!tasks.isEmpty()) {
                    String task = tasks.get(0).path("id").asText();
                    count(reviewer.claims(task));
                    count(reviewer.completes(task, answer));
                }
            } catch (UncheckedIOException | AssertionError gone) {
                unanswered.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Calls until the answer has one of these statuses. What says that we did wrong is never asked for again. */
    private Answer until(Supplier<Answer> call, Integer... statuses) {
        while (true) {
            try {
                Answer answer = count(call.get());
                if (List.of(statuses).contains(answer.status())) {
                    return answer;
                }
                if (answer.status() / 100 == 4 && answer.status() != 409) {
                    throw new AssertionError("The application blames its caller: " + answer);
                }
            } catch (UncheckedIOException gone) {
                unanswered.incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Answer count(Answer answer) {
        requests.incrementAndGet();
        if (answer.status() >= 400) {
            refused.incrementAndGet();
        }
        return answer;
    }

    /** What the application says of a case. */
    String statusOf(Claim claim, Http http) {
        return http.get("/api/cases/" + claim.number()).json().path("status").asText();
    }
}
