package io.aftersale.feedback;

import io.aftersale.cases.Deadlines;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who owes the next step of a feedback, by when, and what happens otherwise. The numbers come from the table {@code
 * deadlines}; timers in the diagram act.
 */
@Repository
class Waits {
    private static final String KIND = "FEEDBACK";

    private final JdbcClient jdbc;
    private final Deadlines deadlines;
    private final Clock clock;

    Waits(JdbcClient jdbc, Deadlines deadlines, Clock clock) {
        this.jdbc = jdbc;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** A wait that has not ended. */
    record Open(String owner, String action, Instant dueAt, String consequence) {}

    /** An answer of the table {@code deadlines} that opened a wait. */
    record Ruled(Instant at, int version, String rule) {}

    /** Ends the wait before it and starts the clock of a new one. */
    Deadlines.Promise open(String number, String stage, String owner, String action) {
        close(number);
        var promised = deadlines.promise(KIND, stage);
        jdbc.sql("""
                        insert into feedback_wait (number, stage, owner, action, opened_at, due_at, consequence,
                               table_version, rule_id)
                        values (:number, :stage, :owner, :action, :openedAt, :dueAt, :consequence, :version, :rule)
                        """)
                .param("number", number)
                .param("stage", stage)
                .param("owner", owner)
                .param("action", action)
                .param("openedAt", Times.column(clock.instant()))
                .param("dueAt", Times.column(promised.due().dueAt()))
                .param("consequence", promised.due().consequence())
                .param("version", promised.ruling().version())
                .param("rule", promised.ruling().rule())
                .update();
        return promised;
    }

    /** Gives the open wait to another owner; its time stays. */
    void handTo(String number, String owner) {
        jdbc.sql("update feedback_wait set owner = :owner where number = :number and closed_at is null")
                .param("owner", owner)
                .param("number", number)
                .update();
    }

    /** Harmless when none is open. */
    void close(String number) {
        jdbc.sql("update feedback_wait set closed_at = :now where number = :number and closed_at is null")
                .param("now", Times.column(clock.instant()))
                .param("number", number)
                .update();
    }

    List<Open> find(String number) {
        return jdbc.sql("""
                        select owner, action, due_at, consequence from feedback_wait
                        where number = :number and closed_at is null order by wait_no
                        """)
                .param("number", number)
                .query((row, n) -> new Open(
                        row.getString("owner"),
                        row.getString("action"),
                        Times.instant(row, "due_at"),
                        row.getString("consequence")))
                .list();
    }

    /** Oldest first. */
    List<Ruled> rulings(String number) {
        return jdbc.sql(
                        "select opened_at, table_version, rule_id from feedback_wait where number = :number order by wait_no")
                .param("number", number)
                .query((row, n) -> new Ruled(
                        Times.instant(row, "opened_at"), row.getInt("table_version"), row.getString("rule_id")))
                .list();
    }
}
