package io.aftersale.feedback;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of feedbacks and of what people replied to them. It writes what it is given. */
@Repository
class Feedbacks {
    private static final String COLUMNS = """
            select number, merchant_id, buyer_id, order_id, case_number, topic, content, urgent_word, status, outcome,
                   candidate_group, given_at, answered_at, satisfaction, closed_at
            from feedback
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Feedbacks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long nextNumber() {
        return jdbc.sql("select nextval('feedback_number_seq')")
                .query(Long.class)
                .single();
    }

    void insert(Feedback it) {
        jdbc.sql("""
                        insert into feedback (number, merchant_id, buyer_id, order_id, case_number, topic, content,
                               urgent_word, status, given_at, satisfaction, rated_at)
                        values (:number, :merchantId, :buyerId, :orderId, :caseNumber, :topic, :content, :urgentWord,
                               :status, :givenAt, :satisfaction, :ratedAt)
                        """)
                .param("number", it.number())
                .param("merchantId", it.merchantId())
                .param("buyerId", it.buyerId())
                .param("orderId", it.orderId())
                .param("caseNumber", it.caseNumber())
                .param("topic", it.topic().name())
                .param("content", it.content())
                .param("urgentWord", it.urgentWord())
                .param("status", it.status())
                .param("givenAt", Times.column(it.givenAt()))
                .param("satisfaction", it.satisfaction())
                .param("ratedAt", it.satisfaction() == null ? null : Times.column(it.givenAt()))
                .update();
    }

    Optional<Feedback> find(String number) {
        return jdbc.sql(COLUMNS + " where number = :number")
                .param("number", number)
                .query(Feedbacks::read)
                .optional();
    }

    /** The feedback, which nobody else changes until the transaction ends. */
    Feedback lock(String number) {
        return jdbc.sql(COLUMNS + " where number = :number for update")
                .param("number", number)
                .query(Feedbacks::read)
                .single();
    }

    /** How many other feedbacks this buyer has given this merchant. */
    int countOthers(Feedback it) {
        return jdbc.sql("""
                        select count(*) from feedback
                        where merchant_id = :merchantId and buyer_id = :buyerId and number <> :number
                        """)
                .param("merchantId", it.merchantId())
                .param("buyerId", it.buyerId())
                .param("number", it.number())
                .query(Integer.class)
                .single();
    }

    void enter(String number, String status, String outcome) {
        jdbc.sql("update feedback set status = :status, outcome = coalesce(:outcome, outcome) where number = :number")
                .param("status", status)
                .param("outcome", outcome)
                .param("number", number)
                .update();
    }

    void giveTo(String number, String candidateGroup) {
        jdbc.sql("update feedback set candidate_group = :candidateGroup where number = :number")
                .param("candidateGroup", candidateGroup)
                .param("number", number)
                .update();
    }

    void markAnswered(String number) {
        setTime(number, "answered_at");
    }

    void close(String number) {
        setTime(number, "closed_at");
    }

    private void setTime(String number, String column) {
        jdbc.sql("update feedback set " + column + " = :now where number = :number")
                .param("now", Times.column(clock.instant()))
                .param("number", number)
                .update();
    }

    /** @return false when it was rated before */
    boolean rate(String number, int satisfaction) {
        return jdbc.sql("""
                                update feedback set satisfaction = :satisfaction, rated_at = :now
                                where number = :number and satisfaction is null
                                """)
                        .param("satisfaction", satisfaction)
                        .param("now", Times.column(clock.instant()))
                        .param("number", number)
                        .update()
                == 1;
    }

    /** What a person replied. {@code step} is ANSWER or FOLLOW_UP; {@code toGroup} is null unless it was forwarded. */
    record Reply(String step, String decision, String by, Instant at, String fromGroup, String toGroup, String text) {}

    void add(String number, Reply reply) {
        jdbc.sql("""
                        insert into feedback_reply (number, step, decision, by_user, given_at, from_group, to_group, text)
                        values (:number, :step, :decision, :by, :at, :fromGroup, :toGroup, :text)
                        """)
                .param("number", number)
                .param("step", reply.step())
                .param("decision", reply.decision())
                .param("by", reply.by())
                .param("at", Times.column(reply.at()))
                .param("fromGroup", reply.fromGroup())
                .param("toGroup", reply.toGroup())
                .param("text", reply.text())
                .update();
    }

    /** Oldest first. */
    List<Reply> replies(String number) {
        return jdbc.sql("""
                        select step, decision, by_user, given_at, from_group, to_group, text from feedback_reply
                        where number = :number order by reply_no
                        """)
                .param("number", number)
                .query((row, n) -> new Reply(
                        row.getString("step"),
                        row.getString("decision"),
                        row.getString("by_user"),
                        Times.instant(row, "given_at"),
                        row.getString("from_group"),
                        row.getString("to_group"),
                        row.getString("text")))
                .list();
    }

    /** The latest reply of a step. */
    Reply latest(String number, String step) {
        return replies(number).stream()
                .filter(reply -> reply.step().equals(step))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalStateException("Nobody has replied to " + number));
    }

    private static Feedback read(ResultSet row, int n) throws SQLException {
        return new Feedback(
                row.getString("number"),
                row.getString("merchant_id"),
                row.getString("buyer_id"),
                row.getString("order_id"),
                row.getString("case_number"),
                Topic.valueOf(row.getString("topic")),
                row.getString("content"),
                row.getString("urgent_word"),
                row.getString("status"),
                row.getString("outcome"),
                row.getString("candidate_group"),
                Times.instant(row, "given_at"),
                Times.instant(row, "answered_at"),
                row.getObject("satisfaction", Integer.class),
                Times.instant(row, "closed_at"));
    }
}
