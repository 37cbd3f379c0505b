package io.aftersale.orders;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The store of ledger entries and of the counters they move: what each unit, line, shipping and tender gave back. A
 * counter never leaves its bounds, whatever is asked.
 */
@Repository
class LedgerEntries {
    private final JdbcClient jdbc;

    LedgerEntries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Problem AMOUNT_EXCEEDS_PAID when a counter would leave its bounds */
    void reserve(LedgerEntry entry, Instant now) {
        move(entry, entry.component().amountMinor());
        jdbc.sql("""
                        insert into ledger_entry (payout_id, entry_no, merchant_id, order_id, case_number, tender_id,
                               line_id, unit_no, amount_minor, state, reserved_at)
                        values (:payoutId, :entryNo, :merchantId, :orderId, :caseNumber, :tenderId, :lineId, :unitNo,
                               :amountMinor, 'RESERVED', :now)
                        """)
                .param("payoutId", entry.payoutId())
                .param("entryNo", entry.entryNo())
                .param("merchantId", entry.merchantId())
                .param("orderId", entry.orderId())
                .param("caseNumber", entry.caseNumber())
                .param("tenderId", entry.tenderId())
                .param("lineId", entry.component().lineId())
                .param("unitNo", entry.component().unitNo())
                .param("amountMinor", entry.component().amountMinor())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void settle(String payoutId, Instant now) {
        jdbc.sql("""
                        update ledger_entry set state = 'SETTLED', settled_at = :now
                        where payout_id = :payoutId and state = 'RESERVED'
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("payoutId", payoutId)
                .update();
    }

    /** Gives an entry's amount back to the counters, unless it was released or settled before. */
    void release(LedgerEntry entry, Instant now) {
        int released = jdbc.sql("""
                        update ledger_entry set state = 'RELEASED', released_at = :now
                        where payout_id = :payoutId and entry_no = :entryNo and state = 'RESERVED'
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("payoutId", entry.payoutId())
                .param("entryNo", entry.entryNo())
                .update();
        if (released == 1) {
            move(entry, -entry.component().amountMinor());
        }
    }

    List<LedgerEntry> reserved(String payoutId) {
        return jdbc.sql("""
                        select payout_id, entry_no, merchant_id, order_id, case_number, tender_id, line_id, unit_no,
                               amount_minor
                        from ledger_entry where payout_id = :payoutId and state = 'RESERVED' order by entry_no
                        """)
                .param("payoutId", payoutId)
                .query((row, n) -> new LedgerEntry(
                        row.getString("payout_id"),
                        row.getInt("entry_no"),
                        row.getString("merchant_id"),
                        row.getString("order_id"),
                        row.getString("case_number"),
                        row.getString("tender_id"),
                        new Component(
                                row.getString("line_id"),
                                row.getObject("unit_no", Integer.class),
                                row.getLong("amount_minor"))))
                .list();
    }

    /** All tenders of an order, what was paid on top of exchanges included. */
    List<TenderSplit.Used> tenders(String merchantId, String orderId) {
        return tenders(merchantId, orderId, "");
    }

    /** The tenders that the shop told. */
    List<TenderSplit.Used> toldTenders(String merchantId, String orderId) {
        return tenders(merchantId, orderId, " and paid_for is null");
    }

    private List<TenderSplit.Used> tenders(String merchantId, String orderId, String condition) {
        return jdbc.sql("""
                        select tender_id, method, amount_minor, taken_minor from tender
                        where merchant_id = :merchantId and order_id = :orderId
                        """ + condition + " order by position, tender_id")
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

    long shippingTakenMinor(Order order) {
        return jdbc.sql("""
                        select shipping_taken_minor from shop_order
                        where merchant_id = :merchantId and order_id = :orderId
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .query(Long.class)
                .single();
    }

    private void move(LedgerEntry entry, long amountMinor) {
        if (entry.component().isShipping()) {
            move(
                    "update shop_order set shipping_taken_minor = shipping_taken_minor + :amount",
                    "shipping_taken_minor + :amount between 0 and shipping_paid_minor",
                    entry,
                    amountMinor);
        } else {
            move(
                    "update order_unit set taken_minor = taken_minor + :amount",
                    "line_id = :lineId and unit_no = :unitNo and taken_minor + :amount between 0 and share_minor - carried_minor",
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

    private void move(String update, String condition, LedgerEntry entry, long amountMinor) {
        int changed = jdbc.sql(update + " where merchant_id = :merchantId and order_id = :orderId and " + condition)
                .param("amount", amountMinor)
                .param("merchantId", entry.merchantId())
                .param("orderId", entry.orderId())
                .param("lineId", entry.component().lineId())
                .param("unitNo", entry.component().unitNo())
                .param("tenderId", entry.tenderId())
                .update();
        if (changed != 1) {
            throw new Problem(
                    ProblemCode.AMOUNT_EXCEEDS_PAID,
                    "More would be given back for a part of the order " + entry.orderId() + " than was paid for it.");
        }
    }
}
