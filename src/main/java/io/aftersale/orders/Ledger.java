package io.aftersale.orders;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What of each order is claimed by open cases and what was given back, by unit, line, shipping and tender. Every change
 * happens under the row lock of the order and inside the caller's transaction, and the database itself refuses a sum
 * above what was paid. It never decides whether a refund is due.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {
    private final Orders orders;
    private final Units units;
    private final LedgerEntries entries;
    private final Clock clock;

    Ledger(Orders orders, Units units, LedgerEntries entries, Clock clock) {
        this.orders = orders;
        this.units = units;
        this.entries = entries;
        this.clock = clock;
    }

    /**
     * The units that an application for so many units of these lines would be about: untouched ones first. Changes
     * nothing.
     *
     * @param quantities units by line id, each at least 1
     * @throws Problem LINE_UNKNOWN, QUANTITY_EXCEEDS_BOUGHT, or UNITS_NOT_AVAILABLE when too few are free
     */
    public List<UnitShare> pick(Order order, Map<String, Integer> quantities) {
        var picked = new ArrayList<UnitShare>();
        quantities.forEach((lineId, quantity) -> picked.addAll(pick(order, order.requireLine(lineId), quantity)));
        return picked;
    }

    /** Picks units and puts them under the case, so that no other case can name them before this one has ended. */
    public List<UnitShare> claim(Order order, String caseNumber, Map<String, Integer> quantities) {
        orders.lock(order.merchantId(), order.orderId());
        var picked = pick(order, quantities);
        picked.forEach(unit -> units.claim(order, unit, caseNumber));
        return picked;
    }

    /** Frees the units of a case that has ended or asks for others. */
    public void release(String caseNumber) {
        units.release(caseNumber);
    }

    /** A unit under this case has come back to the seller: no later case can be about it. */
    public void useUp(String caseNumber, String lineId, int unitNo) {
        units.useUp(caseNumber, lineId, unitNo);
    }

    /** The units that came back with a case, with what was paid and given back for each. */
    public List<UnitShare> usedUp(String caseNumber) {
        return units.usedUpBy(caseNumber);
    }

    /**
     * Another article goes out for units that came back: what was paid for them goes over into lines of their own, which
     * stay under the case until it ends and can come back later like any other.
     *
     * @param carried what of each unit that came back goes over; each above 0
     * @param instead the new lines
     * @param onTop what the buyer paid besides, or null
     * @throws IllegalStateException when the new lines are worth more or less than what went over and was paid
     */
    public void exchange(
            Order order, String caseNumber, List<Component> carried, List<OrderLine> instead, Tender onTop) {
        Order locked = orders.lock(order.merchantId(), order.orderId()).orElseThrow();
        long paid = carried.stream().mapToLong(Component::amountMinor).reduce(0, Math::addExact)
                + (onTop == null ? 0 : onTop.amountMinor());
        if (instead.stream().mapToLong(OrderLine::paidMinor).sum() != paid) {
            throw new IllegalStateException(
                    "The replacements of " + caseNumber + " are not worth what was paid for them");
        }
        for (Component part : carried) {
            if (!units.carry(caseNumber, part)) {
                throw new IllegalStateException("Of " + part + " not so much is left for the replacement");
            }
        }
        if (onTop != null) {
            orders.addPayment(locked, onTop, caseNumber);
        }
        for (OrderLine line : instead) {
            orders.addReplacement(locked, line);
            for (int unitNo = 1; unitNo <= line.quantity(); unitNo++) {
                units.claim(locked, new UnitShare(line.lineId(), unitNo, line.shareOf(unitNo), 0), caseNumber);
            }
        }
    }

    /** The buyer has what a case sent in exchange. Harmless when repeated. */
    public void arrive(String caseNumber, Instant at) {
        orders.arrive(caseNumber, at);
    }

    /** What of the shipping was not given back yet, in minor units. */
    public long shippingRestMinor(Order order) {
        return order.shippingPaidMinor() - entries.shippingTakenMinor(order);
    }

    /**
     * Sets aside an approved amount for payout, split over the order's tenders. The caller makes sure that it asks once
     * for an approval.
     *
     * @param components what is given back for which unit or shipping; each above 0
     * @param payoutIds gives the lasting name of each portion
     * @return one portion for each tender that gives something back
     * @throws Problem AMOUNT_EXCEEDS_PAID when anything would exceed what was paid; the transaction must roll back
     */
    public List<Portion> reserve(
            String merchantId,
            String orderId,
            String caseNumber,
            List<Component> components,
            Supplier<String> payoutIds) {
        orders.lock(merchantId, orderId);
        long amount = components.stream().mapToLong(Component::amountMinor).reduce(0, Math::addExact);
        var tenders = entries.tenders(merchantId, orderId);
        if (tenders.stream().mapToLong(TenderSplit.Used::restMinor).sum() < amount) {
            throw new Problem(
                    ProblemCode.AMOUNT_EXCEEDS_PAID,
                    "More would be given back for the order " + orderId + " than was paid for it.");
        }
        var portions = new ArrayList<Portion>();
        var left = new ArrayList<>(components);
        for (TenderSplit.Part part : TenderSplit.split(tenders, amount)) {
            var portion = new Portion(
                    payoutIds.get(), part.tender().tenderId(), part.tender().method(), part.amountMinor());
            int entryNo = 0;
            for (Component component : cut(left, part.amountMinor())) {
                var entry = new LedgerEntry(
                        portion.payoutId(), ++entryNo, merchantId, orderId, caseNumber, portion.tenderId(), component);
                entries.reserve(entry, clock.instant());
            }
            portions.add(portion);
        }
        return portions;
    }

    /** The provider has given the money back. Harmless when repeated. */
    public void settle(String payoutId) {
        entries.settle(payoutId, clock.instant());
    }

    /** The money will not be given back by this payout: frees what was set aside for it. Harmless when repeated. */
    public void cancel(String payoutId) {
        for (LedgerEntry entry : entries.reserved(payoutId)) {
            orders.lock(entry.merchantId(), entry.orderId());
            entries.release(entry, clock.instant());
        }
    }

    /**
     * Follows a change of an order's amounts: the shares of named units are worked out anew.
     *
     * @throws Problem ORDER_CONFLICT when an amount would fall below what was given back or is under an open case
     */
    void adjust(Order old, Order told) {
        for (OrderLine line : told.lines()) {
            boolean isChanged = old.line(line.lineId())
                    .filter(before -> before.paidMinor() != line.paidMinor() || before.quantity() != line.quantity())
                    .isPresent();
            if (isChanged) {
                adjustUnits(told, line);
            }
        }
        for (TenderSplit.Used used : entries.toldTenders(told.merchantId(), told.orderId())) {
            boolean fits = told.tenders().stream()
                    .anyMatch(tender -> tender.tenderId().equals(used.tender().tenderId())
                            && tender.amountMinor() >= used.takenMinor());
            if (!fits) {
                throw OrderBook.conflict("tenders", "A tender cannot fall below what it gave back already.");
            }
        }
        if (told.shippingPaidMinor() < entries.shippingTakenMinor(old)) {
            throw OrderBook.conflict("shippingPaidMinor", "The shipping cannot fall below what was given back of it.");
        }
    }

    private void adjustUnits(Order order, OrderLine line) {
        units.forget(order, line.lineId(), line.quantity());
        for (Units.Named unit : units.of(order, line.lineId())) {
            long share = unit.unitNo() <= line.quantity() ? line.shareOf(unit.unitNo()) : -1;
            if (share < unit.takenMinor() + unit.carriedMinor() || (unit.isClaimed() && share < unit.shareMinor())) {
                throw OrderBook.conflict(
                        "lines",
                        "The line '" + line.lineId()
                                + "' cannot fall below what was given back or is under an open case.");
            }
            units.changeShare(order, line.lineId(), unit.unitNo(), share);
        }
    }

    private List<UnitShare> pick(Order order, OrderLine line, int quantity) {
        if (quantity > line.quantity()) {
            throw new Problem(
                            ProblemCode.QUANTITY_EXCEEDS_BOUGHT,
                            "Of line '" + line.lineId() + "' " + line.quantity() + " were bought, not " + quantity
                                    + ".")
                    .with("lineId", line.lineId());
        }
        var named = units.of(order, line.lineId()).stream()
                .collect(Collectors.toMap(Units.Named::unitNo, Function.identity()));
        List<UnitShare> free = IntStream.rangeClosed(1, line.quantity())
                .mapToObj(unitNo ->
                        named.getOrDefault(unitNo, new Units.Named(unitNo, line.shareOf(unitNo), 0, 0, null, null)))
                .filter(Units.Named::isFree)
                .map(unit -> new UnitShare(line.lineId(), unit.unitNo(), unit.shareMinor(), unit.takenMinor()))
                .sorted(Comparator.comparing(UnitShare::isTouched).thenComparing(UnitShare::unitNo))
                .toList();
        if (free.size() < quantity) {
            throw new Problem(
                            ProblemCode.UNITS_NOT_AVAILABLE,
                            "Of the " + line.quantity() + " units of line '" + line.lineId() + "' " + free.size()
                                    + " can still be asked for; the others are under an open case or already refunded.")
                    .with("lineId", line.lineId())
                    .with("available", free.size());
        }
        return free.subList(0, quantity);
    }

    /** Takes components from the front until they add up to the amount; the last one may be cut in two. */
    private static List<Component> cut(List<Component> left, long amountMinor) {
        var taken = new ArrayList<Component>();
        long open = amountMinor;
        while (open > 0) {
            Component first = left.remove(0);
            long part = Math.min(open, first.amountMinor());
            taken.add(new Component(first.lineId(), first.unitNo(), part));
            if (part < first.amountMinor()) {
                left.add(0, new Component(first.lineId(), first.unitNo(), first.amountMinor() - part));
            }
            open -= part;
        }
        return taken;
    }
}
