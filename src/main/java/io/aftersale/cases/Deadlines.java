package io.aftersale.cases;

import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The deadline ledger: who owes the next step of a case, by when, what happens otherwise, and which rule says so. The
 * numbers come from the table {@code deadlines} and from nowhere else. It keeps the record; timers in the diagrams act.
 */
@Repository
public class Deadlines {
    private static final String PROFILE = "DEFAULT";
    private static final Duration WHEN_NO_RULE = Duration.ofHours(24);
    private static final String ESCALATE = "ESCALATE";

    private final JdbcClient jdbc;
    private final Rules rules;
    private final Rulings rulings;
    private final Clock clock;
    private final Followers followers;

    Deadlines(JdbcClient jdbc, Rules rules, Rulings rulings, Clock clock, Followers followers) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.rulings = rulings;
        this.clock = clock;
        this.followers = followers;
    }

    /** A wait that has not ended. {@code subject} tells several waits of one case apart and may be null. */
    record Open(
            long deadlineNo,
            String caseNumber,
            String subject,
            String stage,
            String owner,
            String action,
            Instant dueAt,
            Instant remindAt,
            Instant escalateAt,
            String consequence,
            String rule,
            String extendedBy) {
        /** The reminder and the escalation that are still to come, and the due time, each moved by the same time. */
        Map<Instant, Instant> movedTo(Instant due, Instant now) {
            var more = Duration.between(dueAt, due);
            var moved = new HashMap<Instant, Instant>();
            Stream.of(remindAt, escalateAt, dueAt)
                    .filter(at -> at != null && (at.equals(dueAt) || at.isAfter(now)))
                    .forEach(at -> moved.put(at, at.plus(more)));
            return moved;
        }
    }

    /**
     * Starts the clock of a wait, and ends the one before it for the same case and subject.
     *
     * @param stage the row group of the table {@code deadlines}, such as {@code audit}
     * @param subject tells several waits of one case apart, such as a payout id; null for the case itself
     * @param owner the group or party that owes the next step
     * @param action the id of the element that waits
     */
    public Due open(String caseNumber, String stage, String subject, String owner, String action) {
        return open(caseNumber, stage, 1, subject, owner, action);
    }

    Due open(String caseNumber, String stage, int approvals, String subject, String owner, String action) {
        var due = due(kindOf(caseNumber), stage, approvals);
        insert(caseNumber, stage, subject, owner, action, due);
        return due.times();
    }

    /** The times that a wait of this stage would have if it began now. Changes nothing. */
    public Due times(String caseNumber, String stage) {
        return due(kindOf(caseNumber), stage, 1).times();
    }

    /** When this action of a case is due; empty when it is not waited for. */
    public Optional<Instant> dueAt(String caseNumber, String action) {
        return find(caseNumber).stream()
                .filter(open -> open.action().equals(action))
                .map(Open::dueAt)
                .findFirst();
    }

    /** When the wait of this subject is due; empty when there is none. */
    public Optional<Instant> dueOf(String caseNumber, String subject) {
        return find(caseNumber).stream()
                .filter(open -> Objects.equals(open.subject(), subject))
                .map(Open::dueAt)
                .findFirst();
    }

    /** Starts the clock of an action again with what was left of it when it was paused. */
    Due resume(String caseNumber, int approvals, String owner, String action) {
        Paused paused = lastClosed(caseNumber, action);
        var due = due(kindOf(caseNumber), paused.stage(), approvals).shortenedTo(clock.instant(), paused.left());
        insert(caseNumber, paused.stage(), null, owner, action, due);
        return due.times();
    }

    private record Paused(String stage, Duration left) {}

    /** What the table says of a wait, and which of its rules. */
    public record Promise(Due due, Map<String, Object> inputs, Ruling ruling) {}

    /**
     * What the table says of a wait that would begin now, for rooms that keep their own record of it. Changes nothing.
     *
     * @param kind as the table has it, such as {@code REVIEW}
     */
    public Promise promise(String kind, String stage) {
        var ruled = due(kind, stage, 1);
        return new Promise(ruled.times(), ruled.asked().inputs(), ruled.asked().ruling());
    }

    /** What the table says of a wait that would begin now. Changes nothing. */
    Ruled due(Kind kind, String stage, int approvals) {
        return due(kind.name(), stage, approvals);
    }

    private Ruled due(String kind, String stage, int approvals) {
        var inputs = new HashMap<String, Object>();
        inputs.put("profile", PROFILE);
        inputs.put("kind", kind);
        inputs.put("stage", stage);
        inputs.put("approvals", (long) approvals);
        var ruling = rules.ask("deadlines", inputs);
        Instant now = clock.instant();
        Duration duration = duration(ruling.text("duration", "")).orElse(WHEN_NO_RULE);
        return new Ruled(
                new Due(
                        now.plus(duration),
                        duration(ruling.text("remindAfter", "")).map(now::plus).orElse(null),
                        duration(ruling.text("escalateAfter", ""))
                                .map(now::plus)
                                .orElse(null),
                        ruling.text("consequence", ESCALATE)),
                new Eligibility.Asked(null, inputs, ruling));
    }

    /** The times of a wait with the rule that set them. */
    record Ruled(Due times, Eligibility.Asked asked) {
        /** The same wait when only a part of its time is left; reminders that are over come at once. */
        Ruled shortenedTo(Instant now, Duration left) {
            Duration gone = Duration.between(now.plus(left), times.dueAt());
            return new Ruled(
                    new Due(
                            now.plus(left),
                            times.remindAt() == null ? null : times.remindAt().minus(gone),
                            times.escalateAt() == null
                                    ? null
                                    : times.escalateAt().minus(gone),
                            times.consequence()),
                    asked);
        }
    }

    /** Ends the wait of this case and subject and keeps what was left of it. Harmless when none is open. */
    public void close(String caseNumber, String subject) {
        find(caseNumber).stream()
                .filter(open -> Objects.equals(open.subject(), subject))
                .forEach(this::close);
    }

    /** Ends all waits of a case. */
    void closeAll(String caseNumber) {
        find(caseNumber).forEach(this::close);
    }

    /** The open waits of a case, the most urgent first. */
    List<Open> find(String caseNumber) {
        return jdbc.sql("""
                        select deadline_no, case_number, subject, stage, owner, action, due_at, remind_at, escalate_at,
                               consequence, table_version, rule_id, extended_by
                        from deadline where case_number = :caseNumber and closed_at is null order by due_at, deadline_no
                        """)
                .param("caseNumber", caseNumber)
                .query((row, n) -> new Open(
                        row.getLong("deadline_no"),
                        row.getString("case_number"),
                        row.getString("subject"),
                        row.getString("stage"),
                        row.getString("owner"),
                        row.getString("action"),
                        Times.instant(row, "due_at"),
                        Times.instant(row, "remind_at"),
                        Times.instant(row, "escalate_at"),
                        row.getString("consequence"),
                        "deadlines v" + row.getInt("table_version") + " " + row.getString("rule_id"),
                        row.getString("extended_by")))
                .list();
    }

    /** Gives a wait these times instead; those that it does not have, or that are over, are not among them. */
    void extend(Open open, Map<Instant, Instant> times, String by, String reason) {
        jdbc.sql("""
                        update deadline set due_at = :dueAt, remind_at = :remindAt, escalate_at = :escalateAt,
                               extended_by = :by, extension_reason = :reason
                        where deadline_no = :no
                        """)
                .param("dueAt", Times.column(times.get(open.dueAt())))
                .param("remindAt", Times.column(times.getOrDefault(open.remindAt(), open.remindAt())))
                .param("escalateAt", Times.column(times.getOrDefault(open.escalateAt(), open.escalateAt())))
                .param("by", by)
                .param("reason", reason)
                .param("no", open.deadlineNo())
                .update();
    }

    private void close(Open open) {
        Instant now = clock.instant();
        jdbc.sql("""
                        update deadline set closed_at = :now, remaining_seconds = :remaining
                        where deadline_no = :no and closed_at is null
                        """)
                .param("now", Times.column(now))
                .param(
                        "remaining",
                        Math.max(0, Duration.between(now, open.dueAt()).toSeconds()))
                .param("no", open.deadlineNo())
                .update();
        followers.touched(open.caseNumber());
    }

    private Paused lastClosed(String caseNumber, String action) {
        return jdbc.sql("""
                        select stage, remaining_seconds from deadline
                        where case_number = :caseNumber and action = :action and closed_at is not null
                        order by deadline_no desc limit 1
                        """)
                .param("caseNumber", caseNumber)
                .param("action", action)
                .query((row, n) ->
                        new Paused(row.getString("stage"), Duration.ofSeconds(row.getLong("remaining_seconds"))))
                .single();
    }

    private void insert(String caseNumber, String stage, String subject, String owner, String action, Ruled due) {
        close(caseNumber, subject);
        jdbc.sql("""
                        insert into deadline (case_number, merchant_id, subject, stage, owner, action, opened_at, due_at,
                               remind_at, escalate_at, consequence, table_version, rule_id)
                        select number, merchant_id, cast(:subject as varchar(64)), cast(:stage as varchar(40)),
                               cast(:owner as varchar(64)), cast(:action as varchar(64)),
                               cast(:openedAt as timestamp with time zone), cast(:dueAt as timestamp with time zone),
                               cast(:remindAt as timestamp with time zone),
                               cast(:escalateAt as timestamp with time zone), cast(:consequence as varchar(40)),
                               cast(:version as int), cast(:rule as varchar(100))
                        from after_sale_case where number = :caseNumber
                        """)
                .param("caseNumber", caseNumber)
                .param("subject", subject)
                .param("stage", stage)
                .param("owner", owner)
                .param("action", action)
                .param("openedAt", Times.column(clock.instant()))
                .param("dueAt", Times.column(due.times().dueAt()))
                .param("remindAt", Times.column(due.times().remindAt()))
                .param("escalateAt", Times.column(due.times().escalateAt()))
                .param("consequence", due.times().consequence())
                .param("version", due.asked().ruling().version())
                .param("rule", due.asked().ruling().rule())
                .update();
        rulings.keep(caseNumber, due.asked());
    }

    private Kind kindOf(String caseNumber) {
        return Kind.valueOf(jdbc.sql("select kind from after_sale_case where number = :caseNumber")
                .param("caseNumber", caseNumber)
                .query(String.class)
                .single());
    }

    private static Optional<Duration> duration(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Duration.parse(text));
        } catch (DateTimeParseException odd) {
            return Optional.empty();
        }
    }
}
