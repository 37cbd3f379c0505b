package io.aftersale.cases;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of who decided what on a case, and of its one approval. It writes what it is given. */
@Repository
class Audits {
    private final JdbcClient jdbc;
    private final Clock clock;

    Audits(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One decision. {@code step} is RULES, AUDIT, CONFIRM, ARBITRATE or DEADLINE; {@code round} is the number of the
     * application that it is about.
     */
    record Decision(
            int round,
            String step,
            String by,
            Instant at,
            String decision,
            Long approvedMinor,
            String reasonCode,
            String liability,
            String remark) {}

    void add(
            String number,
            int round,
            String step,
            String by,
            String decision,
            Long approvedMinor,
            String reasonCode,
            String liability,
            String remark) {
        jdbc.sql("""
                        insert into audit_decision (case_number, round, step, decided_by, decided_at, decision,
                               approved_minor, reason_code, liability, remark)
                        values (:number, :round, :step, :by, :now, :decision, :approvedMinor, :reasonCode, :liability,
                               :remark)
                        """)
                .param("number", number)
                .param("round", round)
                .param("step", step)
                .param("by", by)
                .param("now", Times.column(clock.instant()))
                .param("decision", decision)
                .param("approvedMinor", approvedMinor)
                .param("reasonCode", reasonCode)
                .param("liability", liability)
                .param("remark", remark)
                .update();
    }

    /** Oldest first. */
    List<Decision> of(String number) {
        return jdbc.sql("""
                        select round, step, decided_by, decided_at, decision, approved_minor, reason_code, liability, remark
                        from audit_decision where case_number = :number order by decision_no
                        """)
                .param("number", number)
                .query((row, n) -> new Decision(
                        row.getInt("round"),
                        row.getString("step"),
                        row.getString("decided_by"),
                        Times.instant(row, "decided_at"),
                        row.getString("decision"),
                        row.getObject("approved_minor", Long.class),
                        row.getString("reason_code"),
                        row.getString("liability"),
                        row.getString("remark")))
                .list();
    }

    Optional<Decision> latest(String number, String step) {
        return of(number).stream().filter(it -> it.step().equals(step)).reduce((first, second) -> second);
    }

    /** Writes the approval of a case. A second one is refused by the database. */
    void approve(String number, long amountMinor) {
        jdbc.sql("insert into approval (case_number, amount_minor, approved_at) values (:number, :amount, :now)")
                .param("number", number)
                .param("amount", amountMinor)
                .param("now", Times.column(clock.instant()))
                .update();
    }

    /**
     * Fixes what of the approval is payable.
     *
     * @return false when it was fixed before
     */
    boolean fixPayable(String number, long payableMinor, long payableShippingMinor) {
        return jdbc.sql("""
                                update approval
                                set payable_minor = :payable, payable_shipping_minor = :shipping, payable_at = :now
                                where case_number = :number and payable_at is null
                                """)
                        .param("payable", payableMinor)
                        .param("shipping", payableShippingMinor)
                        .param("now", Times.column(clock.instant()))
                        .param("number", number)
                        .update()
                == 1;
    }

    /**
     * Leaves less payable than was fixed.
     *
     * @return false when nothing was fixed, or less already
     */
    boolean lowerPayable(String number, long payableMinor, long payableShippingMinor) {
        return jdbc.sql("""
                                update approval set payable_minor = :payable, payable_shipping_minor = :shipping
                                where case_number = :number and payable_minor >= :payable
                                  and payable_shipping_minor >= :shipping
                                """)
                        .param("payable", payableMinor)
                        .param("shipping", payableShippingMinor)
                        .param("number", number)
                        .update()
                == 1;
    }

    /** The payable part of the shipping; empty until what is payable is fixed. */
    Optional<Long> payableShippingMinor(String number) {
        return jdbc.sql("""
                        select payable_shipping_minor from approval
                        where case_number = :number and payable_at is not null
                        """).param("number", number).query(Long.class).optional();
    }

    Optional<Long> approvedMinor(String number) {
        return jdbc.sql("select amount_minor from approval where case_number = :number")
                .param("number", number)
                .query(Long.class)
                .optional();
    }
}
