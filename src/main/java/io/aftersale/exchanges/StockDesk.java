package io.aftersale.exchanges;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.OfferChoice;
import io.aftersale.cases.Timeline;
import io.aftersale.cases.Wishes;
import io.aftersale.logistics.Reservation;
import io.aftersale.logistics.Stock;
import io.aftersale.orders.OrderBook;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Units of the wanted article: set aside at the approval, freed on every way out, and what the buyer says where none are
 * left. It holds no row lock while it waits for the stock system, asks before it reserves again, and keeps each answer at
 * once, whatever becomes of the transaction around it.
 */
@Service
class StockDesk {
    static final String AWAIT = "Gateway_AwaitStock";
    private static final String STAGE = "stock";

    private final StockHolds holds;
    private final Stock stock;
    private final CaseFiles files;
    private final Wishes wishes;
    private final OrderBook orders;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final TransactionTemplate alone;

    StockDesk(
            StockHolds holds,
            Stock stock,
            CaseFiles files,
            Wishes wishes,
            OrderBook orders,
            Deadlines deadlines,
            Timeline timeline,
            PlatformTransactionManager transactions) {
        this.holds = holds;
        this.stock = stock;
        this.files = files;
        this.wishes = wishes;
        this.orders = orders;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Sets units aside for all that the case is about; asked again it keeps what is set aside.
     *
     * @return false when there are not so many left
     */
    boolean reserve(String caseNumber) {
        StockHold hold = alone(() -> planned(caseNumber));
        return switch (hold.state()) {
            case RESERVED, TAKEN -> true;
            case RELEASED -> false;
            case ASKED, NONE -> ask(hold);
        };
    }

    private boolean ask(StockHold hold) {
        Reservation reservation = hold.reservation();
        boolean isReserved = hold.attempts() > 0 && stock.isReserved(reservation.id());
        if (!isReserved) {
            alone(() -> {
                holds.startAttempt(reservation.caseNumber());
                return true;
            });
            isReserved = stock.reserve(reservation);
        }
        boolean answer = isReserved;
        alone(() -> {
            holds.answered(reservation.caseNumber(), answer);
            if (answer) {
                holds.closeChoice(reservation.caseNumber());
                timeline.add(
                        reservation.caseNumber(),
                        STAGE,
                        "stock-reserved",
                        "Reserved 已预留: " + reservation.quantity() + " × " + reservation.sku(),
                        reservation.id());
            }
            return true;
        });
        return answer;
    }

    private StockHold planned(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        return holds.find(caseNumber).orElseGet(() -> {
            holds.insert(new Reservation(
                    "SR-" + UUID.randomUUID(),
                    caseNumber,
                    file.merchantId(),
                    wantedSku(file),
                    file.units().size()));
            return holds.find(caseNumber).orElseThrow();
        });
    }

    /** The article that is wanted; the same as before where the case names none. */
    private String wantedSku(CaseFile file) {
        String sku = wishes.of(file.number()).sku();
        return sku != null
                ? sku
                : orders.find(file.merchantId(), file.orderId())
                        .requireLine(file.lineIds().get(0))
                        .sku();
    }

    /** Frees what is set aside and was not handed out. Harmless when nothing is, or when repeated. */
    void release(String caseNumber) {
        var hold = alone(() -> holds.find(caseNumber))
                .filter(it -> it.state() == StockHold.State.ASKED || it.state() == StockHold.State.RESERVED);
        if (hold.isEmpty()) {
            return;
        }
        stock.release(hold.get().reservation().id());
        alone(() -> {
            holds.end(caseNumber, StockHold.State.RELEASED);
            timeline.add(caseNumber, STAGE, "stock-released", "Reservation released 已释放预留库存");
            return true;
        });
    }

    /**
     * Hands out what was accepted of the units that are set aside; the rest of them is free again.
     *
     * @throws IllegalStateException when nothing is set aside
     */
    void handOut(String caseNumber, int quantity) {
        StockHold hold = alone(() -> holds.find(caseNumber))
                .orElseThrow(() -> new IllegalStateException("Nothing is reserved for " + caseNumber));
        if (hold.state() == StockHold.State.TAKEN) {
            return;
        }
        if (hold.state() != StockHold.State.RESERVED) {
            throw new IllegalStateException("Nothing is reserved for " + caseNumber + " any more");
        }
        stock.handOut(hold.reservation().id(), quantity);
        alone(() -> {
            holds.end(caseNumber, StockHold.State.TAKEN);
            return true;
        });
    }

    /** When a wait for stock is over, and when the stock system is asked again. */
    record Waiting(Instant dueAt, Instant checkAt) {}

    /** None is left: the buyer is asked, unless the wait goes on already. */
    Waiting offerChoice(String caseNumber) {
        files.lock(caseNumber);
        var times = deadlines.times(caseNumber, STAGE);
        Instant checkAt = times.remindAt() == null ? times.dueAt() : times.remindAt();
        var open = deadlines.dueAt(caseNumber, AWAIT);
        if (open.isPresent()) {
            return new Waiting(open.get(), checkAt);
        }
        holds.offerChoice(caseNumber);
        timeline.add(caseNumber, STAGE, "out-of-stock", "Out of stock: a refund or waiting? 暂时缺货：退款还是等待？");
        return new Waiting(
                deadlines.open(caseNumber, STAGE, null, "buyer", AWAIT).dueAt(), checkAt);
    }

    /** What the buyer may choose now; waiting can be chosen once, the money always. */
    Set<OfferChoice> openChoices(String caseNumber) {
        return holds.openChoice(caseNumber)
                .map(open -> open.chosen() == null
                        ? Set.of(OfferChoice.REFUND, OfferChoice.WAIT)
                        : Set.of(OfferChoice.REFUND))
                .orElse(Set.of());
    }

    void chooseWaiting(String caseNumber) {
        holds.choose(caseNumber, OfferChoice.WAIT.name());
        timeline.add(caseNumber, "buyer", "stock-awaited", "The buyer waits 买家选择等待");
        deadlines.open(caseNumber, STAGE, null, "warehouse", AWAIT);
    }

    void chooseRefund(String caseNumber) {
        holds.choose(caseNumber, OfferChoice.REFUND.name());
        holds.closeChoice(caseNumber);
        deadlines.close(caseNumber, null);
    }

    /** It takes too long: supervisors know, and the buyer is asked anew. */
    void escalate(String caseNumber) {
        files.lock(caseNumber);
        holds.offerChoice(caseNumber);
        deadlines.open(caseNumber, STAGE, null, "supervisors", AWAIT);
        timeline.add(
                caseNumber,
                "deadline",
                "stock-escalated",
                "Still out of stock, passed on to the supervisors 仍缺货，已升级至主管");
    }

    private <T> T alone(Supplier<T> record) {
        return alone.execute(status -> record.get());
    }
}
