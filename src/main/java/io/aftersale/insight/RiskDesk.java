package io.aftersale.insight;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads which waits of our desks are overdue or will be within a day. It hurries nobody: timers do that. */
@Repository
class RiskDesk {
    private static final Duration SOON = Duration.ofDays(1);
    private static final int MOST = 50;
    private static final String OPEN = """
            from (
                select d.case_number as number, d.merchant_id, d.stage, d.owner, d.action, d.due_at, d.consequence
                from deadline d where d.closed_at is null and d.due_at <= :soon and d.merchant_id in (:merchants)
                union all
                select w.number, f.merchant_id, w.stage, w.owner, w.action, w.due_at, w.consequence
                from feedback_wait w join feedback f on f.number = w.number
                where w.closed_at is null and w.due_at <= :soon and f.merchant_id in (:merchants)
                union all
                select r.review_number, r.merchant_id, r.stage, r.owner, r.action, r.due_at, r.consequence
                from review_wait r
                where r.closed_at is null and r.due_at <= :soon and r.merchant_id in (:merchants)
            ) open_wait
            where owner in
                ('reviewers','supervisors','arbitrators','warehouse','technicians','finance','moderators','agents')
            """;

    private final JdbcClient jdbc;
    private final TaskLinks links;
    private final Clock clock;
    private final ZoneId zone;

    RiskDesk(JdbcClient jdbc, TaskLinks links, Clock clock, @Value("${aftersale.zone}") ZoneId zone) {
        this.jdbc = jdbc;
        this.links = links;
        this.clock = clock;
        this.zone = zone;
    }

    StatisticsController.AtRisk atRisk(Collection<String> merchants) {
        if (merchants.isEmpty()) {
            return new StatisticsController.AtRisk(List.of(), 0, 0);
        }
        Instant now = clock.instant();
        long all = asked("select count(*) " + OPEN, merchants, now)
                .query(Long.class)
                .single();
        long overdue = asked("select count(*) " + OPEN + " and due_at < :now", merchants, now)
                .query(Long.class)
                .single();
        var items = asked("select * " + OPEN + " order by due_at, number limit " + MOST, merchants, now)
                .query((row, n) -> {
                    var dueAt = row.getObject("due_at", OffsetDateTime.class);
                    return new Risk(
                            row.getString("number"),
                            row.getString("stage"),
                            row.getString("owner"),
                            row.getString("action"),
                            dueAt.atZoneSameInstant(zone).toOffsetDateTime(),
                            dueAt.toInstant().isBefore(now),
                            row.getString("consequence"),
                            null);
                })
                .list();
        return new StatisticsController.AtRisk(items.stream().map(links::of).toList(), overdue, all - overdue);
    }

    private JdbcClient.StatementSpec asked(String sql, Collection<String> merchants, Instant now) {
        return jdbc.sql(sql)
                .param("merchants", merchants)
                .param("soon", now.plus(SOON).atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC));
    }
}
