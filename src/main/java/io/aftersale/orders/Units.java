package io.aftersale.orders;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of units that an application ever named: which case each is under and what it gave back. */
@Repository
class Units {
    private final JdbcClient jdbc;

    Units(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A named unit; {@code claimedBy} is the open case that it is under, {@code usedUpBy} the one it came back with, or null. */
    record Named(int unitNo, long shareMinor, long takenMinor, long carriedMinor, String claimedBy, String usedUpBy) {
        boolean isClaimed() {
            return claimedBy != null;
        }

        /** A unit that came back or gave back all of its money is used up; one that cost nothing is only when it came back. */
        boolean isFree() {
            return !isClaimed() && usedUpBy == null && (takenMinor == 0 || takenMinor < shareMinor);
        }
    }

    List<Named> of(Order order, String lineId) {
        return jdbc.sql("""
                        select unit_no, share_minor, taken_minor, carried_minor, claimed_by, used_up_by from order_unit
                        where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", lineId)
                .query(Named.class)
                .list();
    }

    /** Puts a unit under a case; it must be under none. */
    void claim(Order order, UnitShare unit, String caseNumber) {
        int changed = at(order, unit.lineId(), unit.unitNo(), "set claimed_by = :caseNumber", "and claimed_by is null")
                .param("caseNumber", caseNumber)
                .update();
        if (changed == 0) {
            insert(order, unit, caseNumber);
        }
    }

    void changeShare(Order order, String lineId, int unitNo, long shareMinor) {
        at(order, lineId, unitNo, "set share_minor = :shareMinor", "")
                .param("shareMinor", shareMinor)
                .update();
    }

    void release(String caseNumber) {
        jdbc.sql("update order_unit set claimed_by = null where claimed_by = :caseNumber")
                .param("caseNumber", caseNumber)
                .update();
    }

    /** The unit is back with the seller, by a case under which it is. */
    void useUp(String caseNumber, String lineId, int unitNo) {
        jdbc.sql("""
                        update order_unit set used_up_by = :caseNumber
                        where claimed_by = :caseNumber and line_id = :lineId and unit_no = :unitNo
                        """)
                .param("caseNumber", caseNumber)
                .param("lineId", lineId)
                .param("unitNo", unitNo)
                .update();
    }

    /** The units that came back with a case, in the order of their numbers. */
    List<UnitShare> usedUpBy(String caseNumber) {
        return jdbc.sql("""
                        select line_id, unit_no, share_minor, taken_minor from order_unit
                        where used_up_by = :caseNumber order by line_id, unit_no
                        """)
                .param("caseNumber", caseNumber)
                .query(UnitShare.class)
                .list();
    }

    /**
     * A part of what was paid for a unit that came back goes over into its replacement.
     *
     * @return false when it is not a unit that came back with this case, or it has less left
     */
    boolean carry(String caseNumber, Component part) {
        return jdbc.sql("""
                                update order_unit set carried_minor = carried_minor + :amount
                                where used_up_by = :caseNumber and line_id = :lineId and unit_no = :unitNo
                                  and taken_minor + carried_minor + :amount <= share_minor
                                """)
                        .param("amount", part.amountMinor())
                        .param("caseNumber", caseNumber)
                        .param("lineId", part.lineId())
                        .param("unitNo", part.unitNo())
                        .update()
                == 1;
    }

    /** Drops the units above a number that were asked for and given up: nothing rests on them. */
    void forget(Order order, String lineId, int aboveUnitNo) {
        jdbc.sql("""
                        delete from order_unit
                        where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId
                          and unit_no > :unitNo and taken_minor = 0 and carried_minor = 0 and claimed_by is null and used_up_by is null
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", lineId)
                .param("unitNo", aboveUnitNo)
                .update();
    }

    private JdbcClient.StatementSpec at(Order order, String lineId, int unitNo, String set, String condition) {
        return jdbc.sql("update order_unit " + set
                        + " where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId"
                        + " and unit_no = :unitNo " + condition)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", lineId)
                .param("unitNo", unitNo);
    }

    /** A unit that is under a case already is a second row here, which the primary key refuses. */
    private void insert(Order order, UnitShare unit, String caseNumber) {
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
}
