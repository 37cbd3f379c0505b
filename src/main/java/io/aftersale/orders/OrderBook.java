package io.aftersale.orders;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what shops tell us of their orders. A shop may tell an order again: times are added, amounts may change but
 * never below what was given back or is under an open case; buyer, currency and what has a date stay.
 */
@Service
public class OrderBook {
    private final Orders orders;
    private final Ledger ledger;

    OrderBook(Orders orders, Ledger ledger) {
        this.orders = orders;
        this.ledger = ledger;
    }

    /** @throws Problem ORDER_NOT_FOUND, also for another merchant's order */
    public Order find(String merchantId, String orderId) {
        return orders.find(merchantId, orderId).orElseThrow(() -> unknown(orderId));
    }

    /**
     * Like {@link #find}, and keeps others from changing the order or its ledger until the transaction ends.
     *
     * @throws Problem ORDER_NOT_FOUND
     */
    @Transactional
    public Order lock(String merchantId, String orderId) {
        return orders.lock(merchantId, orderId).orElseThrow(() -> unknown(orderId));
    }

    /** The lines that went out in exchange by a case. */
    public List<String> replacementLines(String caseNumber) {
        return orders.replacementLines(caseNumber);
    }

    /** Whether an order was paid by a tender of this id, also on top of an exchange. */
    public boolean hasTender(String merchantId, String orderId, String tenderId) {
        return orders.hasTender(merchantId, orderId, tenderId);
    }

    /** What is kept of an order now, and whether it is new. */
    public record Kept(Order order, boolean isNew) {}

    /**
     * Takes an order or what is new of one.
     *
     * @throws Problem ORDER_AMOUNTS_DIFFER, ORDER_CONFLICT, FIELD_INVALID
     */
    @Transactional
    public Kept keep(Order told) {
        var known = orders.lock(told.merchantId(), told.orderId());
        Order order = known.map(old -> merge(old, told)).orElse(told);
        checkTimes(order);
        checkAmounts(order);
        known.ifPresent(old -> refuseWhatIsOurs(old, told));
        if (known.isEmpty()) {
            orders.insert(order);
        } else {
            ledger.adjust(known.get(), order);
            orders.update(order);
        }
        return new Kept(order, known.isEmpty());
    }

    /** Replacements, and what was paid on top of them, are not the shop's to tell. */
    private void refuseWhatIsOurs(Order old, Order told) {
        for (OrderLine line : old.lines()) {
            if (!line.wasTold() && told.line(line.lineId()).isPresent()) {
                throw conflict("lines", "The line '" + line.lineId() + "' went out in exchange and cannot be told.");
            }
        }
        for (Tender tender : told.tenders()) {
            boolean isNew =
                    old.tenders().stream().noneMatch(known -> known.tenderId().equals(tender.tenderId()));
            if (isNew && orders.hasTender(old.merchantId(), old.orderId(), tender.tenderId())) {
                throw conflict(
                        "tenders", "The payment '" + tender.tenderId() + "' is known as one on top of an exchange.");
            }
        }
    }

    private static Order merge(Order old, Order told) {
        stays("buyerId", old.buyerId(), told.buyerId());
        stays("currency", old.currency(), told.currency());
        stays("placedAt", old.placedAt(), told.placedAt());
        for (OrderLine line : old.lines()) {
            if (line.wasTold() && told.line(line.lineId()).isEmpty()) {
                throw conflict("lines", "The line '" + line.lineId() + "' cannot be taken off the order.");
            }
        }
        for (Tender tender : old.tenders()) {
            if (told.tenders().stream()
                    .noneMatch(
                            other -> other.tenderId().equals(tender.tenderId()) && other.method() == tender.method())) {
                throw conflict("tenders", "The tender '" + tender.tenderId() + "' cannot be taken off the order.");
            }
        }
        return new Order(
                old.merchantId(),
                old.orderId(),
                old.buyerId(),
                old.currency(),
                old.placedAt(),
                added("paidAt", old.paidAt(), told.paidAt()),
                added("shippedAt", old.shippedAt(), told.shippedAt()),
                added("deliveredAt", old.deliveredAt(), told.deliveredAt()),
                added("installedAt", old.installedAt(), told.installedAt()),
                told.shippingPaidMinor(),
                told.lines(),
                told.tenders());
    }

    private static Instant added(String field, Instant old, Instant told) {
        if (old != null && told != null) {
            stays(field, old, told);
        }
        return old == null ? told : old;
    }

    private static void stays(String field, Object old, Object told) {
        if (!Objects.equals(old, told)) {
            throw conflict(field, "The field '" + field + "' of a known order stays as it was first told.");
        }
    }

    /** Nothing is shipped before it is ordered, nor delivered before it is shipped; downloads are delivered unshipped. */
    private static void checkTimes(Order order) {
        if (order.shippedAt() != null && order.shippedAt().isBefore(order.placedAt())) {
            throw Problem.invalid("shippedAt", "must not be before 'placedAt'");
        }
        boolean knowsBoth = order.shippedAt() != null && order.deliveredAt() != null;
        if (knowsBoth && order.deliveredAt().isBefore(order.shippedAt())) {
            throw Problem.invalid("deliveredAt", "must not be before 'shippedAt'");
        }
    }

    private static void checkAmounts(Order order) {
        requireUnique("lines", order.lines().stream().map(OrderLine::lineId));
        requireUnique("tenders", order.tenders().stream().map(Tender::tenderId));
        long tendered = order.tenders().stream().mapToLong(Tender::amountMinor).sum();
        if (order.isPaid() && tendered != order.totalMinor()) {
            throw new Problem(
                    ProblemCode.ORDER_AMOUNTS_DIFFER,
                    "The tenders come to " + tendered + ", the lines and the shipping to " + order.totalMinor() + ".");
        }
    }

    private static void requireUnique(String field, Stream<String> ids) {
        List<String> all = ids.toList();
        if (all.stream().distinct().count() != all.size()) {
            throw Problem.invalid(field, "names the same id twice");
        }
    }

    static Problem conflict(String field, String detail) {
        return new Problem(ProblemCode.ORDER_CONFLICT, detail).with("field", field);
    }

    private static Problem unknown(String orderId) {
        return new Problem(ProblemCode.ORDER_NOT_FOUND, "There is no order '" + orderId + "'.");
    }
}
