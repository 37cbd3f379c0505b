package io.aftersale.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Works out from the records of the rooms below what a case or feedback counts for. The same statement serves one record,
 * whenever it changes, and all of them, when everything is counted anew. A record counts on the day it was applied for, in
 * the market's zone, whatever happens to it later.
 */
@Repository
class Facts {
    /** Who we are, in the ledgers of waits; everybody else is outside the house. */
    private static final String DESKS =
            "('reviewers','supervisors','arbitrators','warehouse','technicians','finance','moderators','agents')";

    private static final String NO_TIME =
            "cast(null as timestamp with time zone) as begun, cast(null as timestamp with time zone) as ended";
    private static final String CASE =
            "select c.merchant_id, c.applied_at as counted_at, c.kind, c.reason, %s as sku, c.currency as currency, ";
    private static final String FEEDBACK =
            "select c.merchant_id, c.given_at as counted_at, 'FEEDBACK' as kind, c.topic as reason, '' as sku, '' as currency, ";

    private static final String OF_CASES = union(
            whole("'APPLIED' as measure, 1 as n, c.requested_minor as total, " + NO_TIME + " from after_sale_case c"),
            whole("'APPROVED', 1, a.amount_minor, " + NO_TIME
                    + " from after_sale_case c join approval a on a.case_number = c.number"),
            whole("'REJECTED', 1, 0, " + NO_TIME + " from after_sale_case c", """
                    exists (select 1 from audit_decision d where d.case_number = c.number and d.decision = 'REJECT')
                    and not exists (select 1 from approval a where a.case_number = c.number)"""),
            whole("'PAID', 1, c.paid_minor, " + NO_TIME + " from after_sale_case c", "c.paid_minor > 0"),
            whole("'CHARGED', 1, r.paid_minor, " + NO_TIME
                    + " from after_sale_case c join repair r on r.case_number = c.number and r.paid_minor > 0"),
            whole("'CHARGED', 1, x.difference_minor, " + NO_TIME + " from after_sale_case c"
                    + " join exchange x on x.case_number = c.number and x.difference_paid_at is not null"),
            whole(
                    "'CLOSED:' || coalesce(c.outcome, c.status), 1, 0, " + NO_TIME + " from after_sale_case c",
                    "c.closed_at is not null"),
            whole("'SATISFACTION', 1, i.satisfaction, " + NO_TIME
                    + " from after_sale_case c join invitation i on i.subject = c.number and i.satisfaction > 0"),
            grouped(
                    "'RULE:' || r.table_name || ':' || r.table_version || ':' || coalesce(r.rule_id, '')",
                    "case_ruling r on r.case_number = c.number"),
            grouped(
                    "case when d.closed_at <= d.due_at then 'KEPT:' else 'MISSED:' end || d.stage",
                    "deadline d on d.case_number = c.number and d.closed_at is not null and d.owner in " + DESKS),
            whole("'AUDIT_TIME', 1, 0, c.applied_at, d.decided_at from after_sale_case c join ("
                    + "select case_number, min(decided_at) as decided_at from audit_decision"
                    + " where decision in ('APPROVE', 'REJECT') group by case_number) d on d.case_number = c.number"),
            whole(
                    "'GOODS_TIME', 1, 0, c.applied_at, coalesce(g.received_at, p.received_at) from after_sale_case c"
                            + " left join return_authorization g on g.case_number = c.number"
                            + " left join repair p on p.case_number = c.number",
                    "coalesce(g.received_at, p.received_at) is not null"),
            whole("'MONEY_TIME', 1, 0, c.applied_at, p.settled_at from after_sale_case c join ("
                    + "select case_number, max(settled_at) as settled_at from payout where status = 'SETTLED'"
                    + " group by case_number) p on p.case_number = c.number"),
            bySku("'APPLIED'", "u.refundable_minor", "true"),
            bySku("'APPROVED'", "0", "exists (select 1 from approval a where a.case_number = c.number)"),
            bySku("'REJECTED'", "0", """
                    exists (select 1 from audit_decision d where d.case_number = c.number and d.decision = 'REJECT')
                    and not exists (select 1 from approval a where a.case_number = c.number)"""),
            CASE.formatted("o.sku") + "'PAID', 1, sum(e.amount_minor), " + NO_TIME + """
                     from after_sale_case c
                    join ledger_entry e on e.case_number = c.number and e.state = 'SETTLED' and e.line_id is not null
                    join order_line o on o.merchant_id = c.merchant_id and o.order_id = c.order_id
                        and o.line_id = e.line_id
                    where {only} group by c.merchant_id, c.applied_at, c.kind, c.reason, o.sku, c.currency, c.number""");

    private static final String OF_FEEDBACK = union(
            FEEDBACK + "'FB_APPLIED' as measure, 1 as n, 0 as total, " + NO_TIME + " from feedback c where {only}",
            FEEDBACK + "'FB_CLOSED:' || coalesce(c.outcome, c.status), 1, 0, " + NO_TIME
                    + " from feedback c where {only} and c.closed_at is not null",
            FEEDBACK + "'FB_SATISFACTION', 1, c.satisfaction, " + NO_TIME
                    + " from feedback c where {only} and c.satisfaction > 0",
            FEEDBACK + "'ANSWER_TIME', 1, 0, c.given_at, c.answered_at"
                    + " from feedback c where {only} and c.answered_at is not null",
            FEEDBACK + "case when d.closed_at <= d.due_at then 'KEPT:' else 'MISSED:' end || d.stage, count(*), 0, "
                    + NO_TIME + " from feedback c join feedback_wait d on d.number = c.number"
                    + " and d.closed_at is not null and d.owner in " + DESKS
                    + " where {only} group by c.number, c.merchant_id, c.given_at, c.topic,"
                    + " case when d.closed_at <= d.due_at then 'KEPT:' else 'MISSED:' end || d.stage");

    private final JdbcClient jdbc;
    private final ZoneId zone;

    Facts(JdbcClient jdbc, @Value("${aftersale.zone}") ZoneId zone) {
        this.jdbc = jdbc;
        this.zone = zone;
    }

    /** What a record counts for as it stands; empty for numbers that are not counted here. */
    List<Fact> of(String number) {
        var facts = new ArrayList<Fact>();
        String text = number.startsWith("FB-") ? OF_FEEDBACK : OF_CASES;
        jdbc.sql(text.replace("{only}", "c.number = :number"))
                .param("number", number)
                .query(row -> {
                    facts.add(read(row));
                });
        return facts;
    }

    /** What all records count for as they stand. */
    void all(Consumer<Fact> each) {
        for (String text : List.of(OF_CASES, OF_FEEDBACK)) {
            jdbc.sql(text.replace("{only}", "c.number is not null")).query(row -> {
                each.accept(read(row));
            });
        }
    }

    private Fact read(ResultSet row) throws SQLException {
        OffsetDateTime begun = row.getObject("begun", OffsetDateTime.class);
        String measure = row.getString("measure");
        long total = row.getLong("total");
        int bucket = Fact.NO_BUCKET;
        if (begun != null) {
            var ended = row.getObject("ended", OffsetDateTime.class);
            total = Math.max(0, Duration.between(begun, ended).toSeconds());
            bucket = Buckets.of(total);
        }
        return new Fact(
                row.getString("merchant_id"),
                row.getObject("counted_at", OffsetDateTime.class)
                        .atZoneSameInstant(zone)
                        .toLocalDate(),
                row.getString("kind"),
                row.getString("reason"),
                row.getString("sku"),
                row.getString("currency"),
                measure,
                bucket,
                row.getLong("n"),
                total);
    }

    private static String whole(String select) {
        return CASE.formatted("''") + select + " where {only}";
    }

    private static String whole(String select, String condition) {
        return whole(select) + " and " + condition;
    }

    private static String grouped(String measure, String joined) {
        return CASE.formatted("''") + measure + ", count(*), 0, " + NO_TIME + " from after_sale_case c join " + joined
                + " where {only} group by c.number, c.merchant_id, c.applied_at, c.kind, c.reason, c.currency, "
                + measure;
    }

    private static String bySku(String measure, String amount, String condition) {
        return CASE.formatted("o.sku") + measure + ", 1, sum(" + amount + "), " + NO_TIME + """
                 from after_sale_case c
                join case_unit u on u.case_number = c.number
                join order_line o on o.merchant_id = c.merchant_id and o.order_id = c.order_id and o.line_id = u.line_id
                where {only} and\s""" + condition
                + " group by c.merchant_id, c.applied_at, c.kind, c.reason, o.sku, c.currency, c.number";
    }

    private static String union(String... parts) {
        return String.join("\nunion all\n", parts);
    }
}
