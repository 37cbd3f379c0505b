package io.aftersale.reviews;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.Times;
import io.aftersale.engine.Ruling;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who did what to a review and when, and what tables said of it. {@code text} is written for the author; {@code remark}
 * is internal and never leaves by the API. Entries are only ever added.
 */
@Repository
class ReviewLog {
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    ReviewLog(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    record Entry(Instant at, String actor, String event, String text, String remark) {}

    void add(String number, String actor, String event, String text) {
        add(number, actor, event, text, null);
    }

    void add(String number, String actor, String event, String text, String remark) {
        jdbc.sql("""
                        insert into review_event (review_number, happened_at, actor, event, text, remark)
                        values (:number, :at, :actor, :event, :text, :remark)
                        """)
                .param("number", number)
                .param("at", Times.column(clock.instant()))
                .param("actor", actor)
                .param("event", event)
                .param("text", text)
                .param("remark", remark)
                .update();
    }

    /** Oldest first. */
    List<Entry> of(String number) {
        return jdbc.sql("""
                        select happened_at, actor, event, text, remark from review_event
                        where review_number = :number order by event_no
                        """)
                .param("number", number)
                .query((row, n) -> new Entry(
                        Times.instant(row, "happened_at"),
                        row.getString("actor"),
                        row.getString("event"),
                        row.getString("text"),
                        row.getString("remark")))
                .list();
    }

    /** Keeps what a table said; {@code textNo} is null where it was not about a text. */
    void keep(String number, Long textNo, Map<String, Object> inputs, Ruling ruling) {
        jdbc.sql("""
                        insert into review_ruling (review_number, text_no, ruled_at, table_name, table_version, rule_id,
                               inputs, outputs)
                        values (:number, :textNo, :at, :table, :version, :rule, :inputs, :outputs)
                        """)
                .param("number", number)
                .param("textNo", textNo)
                .param("at", Times.column(clock.instant()))
                .param("table", ruling.table())
                .param("version", ruling.version())
                .param("rule", ruling.rule())
                .param("inputs", write(inputs))
                .param("outputs", write(ruling.outputs()))
                .update();
    }

    record Said(Instant at, String table, int version, String rule, String outputs) {}

    /** All that tables said, oldest first. */
    List<Said> rulings(String number) {
        return jdbc.sql("""
                        select ruled_at, table_name, table_version, rule_id, outputs from review_ruling
                        where review_number = :number order by ruling_no
                        """)
                .param("number", number)
                .query((row, n) -> new Said(
                        Times.instant(row, "ruled_at"),
                        row.getString("table_name"),
                        row.getInt("table_version"),
                        row.getString("rule_id"),
                        row.getString("outputs")))
                .list();
    }

    private String write(Map<String, Object> values) {
        try {
            return json.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A table's plain values cannot be written", impossible);
        }
    }
}
