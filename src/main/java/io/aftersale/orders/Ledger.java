package io.aftersale.orders;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What of each order is claimed by open cases and what was given back, by unit, line, shipping and tender. Every change
 * happens under the row lock of the order and inside the caller's transaction, and the database itself refuses a sum
 * above what was paid. It never decides whether a refund is due.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {
    private final JdbcClient jdbc;
    private final Orders orders;
    private final Clock clock;

    Ledger(JdbcClient jdbc, Orders orders, Clock clock) {
        this.jdbc = jdbc;
        this.orders = orders;
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
        lock(order.merchantId(), order.orderId());
        var units = pick(order, quantities);
        for (UnitShare unit : units) {
            int changed = unitUpdate("set claimed_by = :caseNumber", "and claimed_by is null", order, unit)
                    .param("caseNumber", caseNumber)
                    .update();
            if (changed == 0) {
                insertUnit(order, unit, caseNumber);
            }
        }
        return units;
    }

    /** Frees the units of a case that has ended or asks for others. */
    public void release(String caseNumber) {
        jdbc.sql("update order_unit set claimed_by = null where claimed_by = :caseNumber")
                .param("caseNumber", caseNumber)
                .update();
    }

    /**
     * Follows a change of an order's amounts: the shares of named units are worked out anew.
     *
     * @throws Problem ORDER_CONFLICT when an amount would fall below what was given back or is under an open case
     */
    void adjust(Order old, Order told) {
        for (OrderLine line : told.lines()) {
            var before = old.line(line.lineId());
            if (before.isPresent()
                    && (before.get().paidMinor() != line.paidMinor()
                            || before.get().quantity() != line.quantity())) {
                adjustUnits(told, before.get(), line);
            }
        }
        for (TenderSplit.Used used : usedTenders(told.merchantId(), told.orderId())) {
            boolean fits = told.tenders().stream()
                    .anyMatch(tender -> tender.tenderId().equals(used.tender().tenderId())
                            && tender.amountMinor() >= used.takenMinor());
            if (!fits) {
                throw OrderBook.conflict("tenders", "A tender cannot fall below what it gave back already.");
            }
        }
        if (told.shippingPaidMinor() < old.shippingPaidMinor() - shippingRestMinor(old)) {
            throw OrderBook.conflict("shippingPaidMinor", "The shipping cannot fall below what was given back of it.");
        }
    }

    private void adjustUnits(Order order, OrderLine before, OrderLine line) {
        for (UnitRow row : unitRows(order, line.lineId())) {
            if (row.unitNo() > line.quantity() && row.isUntouched()) {
                deleteUnit(order, line.lineId(), row.unitNo());
                continue;
            }
            long share = row.unitNo() <= line.quantity() ? line.shareOf(row.unitNo()) : -1;
            boolean isOpen = row.claimedBy() != null;
            if (share < row.takenMinor() || (isOpen && share < row.shareMinor())) {
                throw OrderBook.conflict(
                        "lines",
                        "The line '" + before.lineId()
                                + "' cannot fall below what was given back or is under an open case.");
            }
            unitUpdate(
                            "set share_minor = :shareMinor",
                            "",
                            order,
                            new UnitShare(line.lineId(), row.unitNo(), share, row.takenMinor()))
                    .param("shareMinor", share)
                    .update();
        }
    }

    /** What of the shipping was not given back yet, in minor units. */
    public long shippingRestMinor(Order order) {
        return order.shippingPaidMinor()
                - jdbc.sql("""
                                select shipping_taken_minor from shop_order
                                where merchant_id = :merchantId and order_id = :orderId
                                """)
                        .param("merchantId", order.merchantId())
                        .param("orderId", order.orderId())
                        .query(Long.class)
                        .single();
    }

    /**
     * Sets aside an approved amount for payout, split over the order's tenders. The caller makes sure that it asks once
     * for an approval.
     *
     * @param components what is given back for which unit or shipping; each above 0
     * @param payoutIds gives the lasting name of each portion
     * @return one portion for each tender that gives something back
     * @throws Problem AMOUNT_EXCEEDS_PAID when anything would exceed what was paid; nothing is reserved then
     */
    public List<Portion> reserve(
            String merchantId,
            String orderId,
            String caseNumber,
            List<Component> components,
            Supplier<String> payoutIds) {
        lock(merchantId, orderId);
        long amount = components.stream().mapToLong(Component::amountMinor).reduce(0, Math::addExact);
        var used = usedTenders(merchantId, orderId);
        if (used.stream().mapToLong(TenderSplit.Used::restMinor).sum() < amount) {
            throw exceedsPaid("the order " + orderId);
        }
        var parts = TenderSplit.split(used, amount);
        var portions = new ArrayList<Portion>();
        var left = new ArrayList<>(components);
        for (TenderSplit.Part part : parts) {
            var portion = new Portion(
                    payoutIds.get(), part.tender().tenderId(), part.tender().method(), part.amountMinor());
            int entryNo = 0;
            for (Component component : cut(left, part.amountMinor())) {
                var entry = new Entry(++entryNo, merchantId, orderId, caseNumber, portion, component);
                take(entry, component.amountMinor());
                insert(entry);
            }
            portions.add(portion);
        }
        return portions;
    }

    /** The provider has given the money back. Harmless when repeated. */
    public void settle(String payoutId) {
        jdbc.sql("""
                        update ledger_entry set state = 'SETTLED', settled_at = :now
                        where payout_id = :payoutId and state = 'RESERVED'
                        """).param("now", now()).param("payoutId", payoutId).update();
    }

    /** The money will not be given back by this payout: frees what was set aside for it. Harmless when repeated. */
    public void cancel(String payoutId) {
        for (Entry entry : reservedEntries(payoutId)) {
            lock(entry.merchantId(), entry.orderId());
            int released = jdbc.sql("""
                            update ledger_entry set state = 'RELEASED', released_at = :now
                            where payout_id = :payoutId and entry_no = :entryNo and state = 'RESERVED'
                            """)
                    .param("now", now())
                    .param("payoutId", payoutId)
                    .param("entryNo", entry.entryNo())
                    .update();
            if (released == 1) {
                take(entry, -entry.component().amountMinor());
            }
        }
    }

    private record Entry(
            int entryNo, String merchantId, String orderId, String caseNumber, Portion portion, Component component) {}

    private void lock(String merchantId, String orderId) {
        jdbc.sql("select order_id from shop_order where merchant_id = :merchantId and order_id = :orderId for update")
                .param("merchantId", merchantId)
                .param("orderId", orderId)
                .query(String.class)
                .single();
    }

    private List<UnitShare> pick(Order order, OrderLine line, int quantity) {
        if (quantity > line.quantity()) {
            throw new Problem(
                            ProblemCode.QUANTITY_EXCEEDS_BOUGHT,
                            "Of line '" + line.lineId() + "' " + line.quantity() + " were bought, not " + quantity
                                    + ".")
                    .with("lineId", line.lineId());
        }
        var touched = new HashMap<Integer, UnitRow>();
        unitRows(order, line.lineId()).forEach(row -> touched.put(row.unitNo(), row));
        var free = new ArrayList<UnitShare>();
        for (int unitNo = 1; unitNo <= line.quantity(); unitNo++) {
            var row = touched.getOrDefault(unitNo, new UnitRow(unitNo, line.shareOf(unitNo), 0, null));
            if (row.isFree()) {
                free.add(new UnitShare(line.lineId(), unitNo, row.shareMinor(), row.takenMinor()));
            }
        }
        if (free.size() < quantity) {
            throw new Problem(
                            ProblemCode.UNITS_NOT_AVAILABLE,
                            "Of line '" + line.lineId() + "' only " + free.size()
                                    + " units are neither under an open case nor already refunded.")
                    .with("lineId", line.lineId())
                    .with("available", free.size());
        }
        free.sort(Comparator.comparing(UnitShare::isTouched).thenComparing(UnitShare::unitNo));
        return List.copyOf(free.subList(0, quantity));
    }

    private record UnitRow(int unitNo, long shareMinor, long takenMinor, String claimedBy) {
        boolean isFree() {
            return claimedBy == null && (takenMinor == 0 || takenMinor < shareMinor);
        }

        /** Asked for once and given up: nothing rests on it. */
        boolean isUntouched() {
            return claimedBy == null && takenMinor == 0;
        }
    }

    private List<UnitRow> unitRows(Order order, String lineId) {
        return jdbc.sql("""
                        select unit_no, share_minor, taken_minor, claimed_by from order_unit
                        where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", lineId)
                .query(UnitRow.class)
                .list();
    }

    private void insertUnit(Order order, UnitShare unit, String caseNumber) {
        jdbc.sql("""
                        insert into order_unit (merchant_id, order_id, line_id, unit_no, share_minor, claimed_by)
                        values (:merchantId, :orderId, :lineId, :unitNo, :shareMinor, :caseNumber)
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", unit.lineId())
                .param("unitNo", unit.unitNo())
                .param("shareMinor", unit.shareMinor())
                .param("caseNumber", caseNumber)
                .update();
    }

    private void deleteUnit(Order order, String lineId, int unitNo) {
        jdbc.sql("""
                        delete from order_unit
                        where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId
                          and unit_no = :unitNo
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", lineId)
                .param("unitNo", unitNo)
                .update();
    }

    private JdbcClient.StatementSpec unitUpdate(String set, String condition, Order order, UnitShare unit) {
        return jdbc.sql("update order_unit " + set
                        + " where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId"
                        + " and unit_no = :unitNo " + condition)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", unit.lineId())
                .param("unitNo", unit.unitNo());
    }

    private List<TenderSplit.Used> usedTenders(String merchantId, String orderId) {
        return jdbc.sql("""
                        select tender_id, method, amount_minor, taken_minor from tender
                        where merchant_id = :merchantId and order_id = :orderId order by position
                        """)
                .param("merchantId", merchantId)
                .param("orderId", orderId)
                .query((row, n) -> new TenderSplit.Used(
                        new Tender(
                                row.getString("tender_id"),
                                TenderMethod.valueOf(row.getString("method")),
                                row.getLong("amount_minor")),
                        row.getLong("taken_minor")))
                .list();
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

    /** Moves the counters of the unit and its line, or the shipping, and of the tender; none may leave its bounds. */
    private void take(Entry entry, long amountMinor) {
        if (entry.component().isShipping()) {
            move(
                    "update shop_order set shipping_taken_minor = shipping_taken_minor + :amount",
                    "shipping_taken_minor + :amount between 0 and shipping_paid_minor",
                    entry,
                    amountMinor);
        } else {
            move(
                    "update order_unit set taken_minor = taken_minor + :amount",
                    "line_id = :lineId and unit_no = :unitNo and taken_minor + :amount between 0 and share_minor",
                    entry,
                    amountMinor);
            move(
                    "update order_line set taken_minor = taken_minor + :amount",
                    "line_id = :lineId and taken_minor + :amount between 0 and paid_minor",
                    entry,
                    amountMinor);
        }
        move(
                "update tender set taken_minor = taken_minor + :amount",
                "tender_id = :tenderId and taken_minor + :amount between 0 and amount_minor",
                entry,
                amountMinor);
    }

    private void move(String update, String condition, Entry entry, long amountMinor) {
        int changed = jdbc.sql(update + " where merchant_id = :merchantId and order_id = :orderId and " + condition)
                .param("amount", amountMinor)
                .param("merchantId", entry.merchantId())
                .param("orderId", entry.orderId())
                .param("lineId", entry.component().lineId())
                .param("unitNo", entry.component().unitNo())
                .param("tenderId", entry.portion().tenderId())
                .update();
        if (changed != 1) {
            throw exceedsPaid("a part of the order " + entry.orderId());
        }
    }

    private void insert(Entry entry) {
        jdbc.sql("""
                        insert into ledger_entry (payout_id, entry_no, merchant_id, order_id, case_number, tender_id,
                               line_id, unit_no, amount_minor, state, reserved_at)
                        values (:payoutId, :entryNo, :merchantId, :orderId, :caseNumber, :tenderId, :lineId, :unitNo,
                               :amountMinor, 'RESERVED', :now)
                        """)
                .param("payoutId", entry.portion().payoutId())
                .param("entryNo", entry.entryNo())
                .param("merchantId", entry.merchantId())
                .param("orderId", entry.orderId())
                .param("caseNumber", entry.caseNumber())
                .param("tenderId", entry.portion().tenderId())
                .param("lineId", entry.component().lineId())
                .param("unitNo", entry.component().unitNo())
                .param("amountMinor", entry.component().amountMinor())
                .param("now", now())
                .update();
    }

    private List<Entry> reservedEntries(String payoutId) {
        return jdbc.sql("""
                        select e.entry_no, e.merchant_id, e.order_id, e.case_number, e.tender_id, t.method, e.line_id,
                               e.unit_no, e.amount_minor
                        from ledger_entry e
                        join tender t on t.merchant_id = e.merchant_id and t.order_id = e.order_id
                                     and t.tender_id = e.tender_id
                        where e.payout_id = :payoutId and e.state = 'RESERVED' order by e.entry_no
                        """)
                .param("payoutId", payoutId)
                .query((row, n) -> new Entry(
                        row.getInt("entry_no"),
                        row.getString("merchant_id"),
                        row.getString("order_id"),
                        row.getString("case_number"),
                        new Portion(
                                payoutId,
                                row.getString("tender_id"),
                                TenderMethod.valueOf(row.getString("method")),
                                row.getLong("amount_minor")),
                        new Component(
                                row.getString("line_id"),
                                row.getObject("unit_no", Integer.class),
                                row.getLong("amount_minor"))))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Problem exceedsPaid(String what) {
        return new Problem(
                ProblemCode.AMOUNT_EXCEEDS_PAID, "More would be given back for " + what + " than was paid for it.");
    }
}
