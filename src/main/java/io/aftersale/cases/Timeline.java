package io.aftersale.cases;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who did what when, and on which rule. {@code text} is written for the buyer; {@code remark} is internal: no
 * shop gets to see it. Entries are only ever added.
 */
@Repository
public class Timeline {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Followers followers;

    Timeline(JdbcClient jdbc, Clock clock, Followers followers) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.followers = followers;
    }

    /** One entry; {@code remark} may be null. */
    public record Entry(Instant at, String actor, String event, String text, String remark) {}

    /**
     * @param actor a user id, {@code buyer}, {@code rules}, {@code deadline}, or the name of an outside system
     * @param event kebab-case, past tense, such as {@code audit-approved}
     */
    public void add(String caseNumber, String actor, String event, String text, String remark) {
        jdbc.sql("""
                        insert into timeline_entry (case_number, happened_at, actor, event, text, remark)
                        values (:caseNumber, :at, :actor, :event, :text, :remark)
                        """)
                .param("caseNumber", caseNumber)
                .param("at", Times.column(clock.instant()))
                .param("actor", actor)
                .param("event", event)
                .param("text", text)
                .param("remark", remark)
                .update();
        followers.touched(caseNumber);
    }

    public void add(String caseNumber, String actor, String event, String text) {
        add(caseNumber, actor, event, text, null);
    }

    /** All that happened with a case, oldest first. */
    public List<Entry> of(String caseNumber) {
        return jdbc.sql("""
                        select happened_at, actor, event, text, remark from timeline_entry
                        where case_number = :caseNumber order by entry_no
                        """)
                .param("caseNumber", caseNumber)
                .query((row, n) -> new Entry(
                        Times.instant(row, "happened_at"),
                        row.getString("actor"),
                        row.getString("event"),
                        row.getString("text"),
                        row.getString("remark")))
                .list();
    }
}
