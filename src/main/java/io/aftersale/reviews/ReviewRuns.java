package io.aftersale.reviews;

import io.aftersale.cases.Due;
import io.aftersale.cases.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which process is about which part of a review, and what it waits for. A review has at most one run of its own at a
 * time, and its follow-up and its reply each one of theirs.
 */
@Repository
class ReviewRuns {
    private final JdbcClient jdbc;
    private final Clock clock;

    ReviewRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Why a process runs. */
    enum Step {
        WRITE,
        INVITE,
        LOOK,
        HIDE,
        RESTORE,
        WITHDRAW
    }

    record Run(String processInstanceId, String reviewNumber, Part part, Step step) {
        /** A look at what is published changes nothing while it lasts. */
        boolean isLook() {
            return step == Step.LOOK;
        }
    }

    record Wait(String stage, String owner, String action, Instant dueAt, String consequence) {}

    void begin(String processInstanceId, String number, Part part, Step step) {
        jdbc.sql("""
                        insert into review_run (process_instance_id, review_number, part, step, started_at)
                        values (:id, :number, :part, :step, :at)
                        """)
                .param("id", processInstanceId)
                .param("number", number)
                .param("part", part.name())
                .param("step", step.name())
                .param("at", Times.column(clock.instant()))
                .update();
    }

    Optional<Run> find(String processInstanceId) {
        return jdbc.sql("""
                        select process_instance_id, review_number, part, step from review_run
                        where process_instance_id = :id
                        """)
                .param("id", processInstanceId)
                .query((row, n) -> run(
                        row.getString("process_instance_id"),
                        row.getString("review_number"),
                        row.getString("part"),
                        row.getString("step")))
                .optional();
    }

    /** The runs of a review that have not ended. */
    List<Run> open(String number) {
        return jdbc.sql("""
                        select process_instance_id, review_number, part, step from review_run
                        where review_number = :number and ended_at is null order by started_at
                        """)
                .param("number", number)
                .query((row, n) -> run(
                        row.getString("process_instance_id"),
                        row.getString("review_number"),
                        row.getString("part"),
                        row.getString("step")))
                .list();
    }

    Optional<Run> open(String number, Part part) {
        return open(number).stream().filter(run -> run.part() == part).findFirst();
    }

    /** The process has ended; so has whatever it waited for. */
    void end(String processInstanceId) {
        jdbc.sql("update review_run set ended_at = :at where process_instance_id = :id")
                .param("at", Times.column(clock.instant()))
                .param("id", processInstanceId)
                .update();
        closeWait(processInstanceId);
    }

    /** Starts the clock of a wait and ends the one before it. */
    void openWait(Run run, String merchantId, String stage, String owner, String action, Due due) {
        closeWait(run.processInstanceId());
        jdbc.sql("""
                        insert into review_wait (merchant_id, review_number, process_instance_id, stage, owner, action,
                               opened_at, due_at, consequence)
                        values (:merchantId, :number, :id, :stage, :owner, :action, :openedAt, :dueAt, :consequence)
                        """)
                .param("merchantId", merchantId)
                .param("number", run.reviewNumber())
                .param("id", run.processInstanceId())
                .param("stage", stage)
                .param("owner", owner)
                .param("action", action)
                .param("openedAt", Times.column(clock.instant()))
                .param("dueAt", Times.column(due.dueAt()))
                .param("consequence", due.consequence())
                .update();
    }

    void closeWait(String processInstanceId) {
        jdbc.sql("update review_wait set closed_at = :at where process_instance_id = :id and closed_at is null")
                .param("at", Times.column(clock.instant()))
                .param("id", processInstanceId)
                .update();
    }

    /** What a review waits for, the most urgent first. */
    List<Wait> waits(String number) {
        return jdbc.sql("""
                        select stage, owner, action, due_at, consequence from review_wait
                        where review_number = :number and closed_at is null order by due_at, wait_no
                        """)
                .param("number", number)
                .query((row, n) -> new Wait(
                        row.getString("stage"),
                        row.getString("owner"),
                        row.getString("action"),
                        Times.instant(row, "due_at"),
                        row.getString("consequence")))
                .list();
    }

    private static Run run(String id, String number, String part, String step) {
        return new Run(id, number, Part.valueOf(part), Step.valueOf(step));
    }
}
