package io.aftersale.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.Followers;
import io.aftersale.engine.Ruling;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who did what when with a feedback, and what the table said of it. {@code text} is written for the buyer, {@code
 * remark} is internal and never leaves by the API. Entries are only ever added.
 */
@Repository
class Diary {
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final Followers followers;

    Diary(JdbcClient jdbc, ObjectMapper json, Clock clock, Followers followers) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.followers = followers;
    }

    record Entry(Instant at, String actor, String event, String text, String remark) {}

    /** What a table said, and by which version and rule. */
    record Said(Instant at, String table, int version, String rule) {}

    void add(String number, String actor, String event, String text, String remark) {
        jdbc.sql("""
                        insert into feedback_entry (number, happened_at, actor, event, text, remark)
                        values (:number, :at, :actor, :event, :text, :remark)
                        """)
                .param("number", number)
                .param("at", Times.column(clock.instant()))
                .param("actor", actor)
                .param("event", event)
                .param("text", text)
                .param("remark", remark)
                .update();
        followers.touched(number);
    }

    void add(String number, String actor, String event, String text) {
        add(number, actor, event, text, null);
    }

    /** Adds an entry that a timer brings, unless the same was noted before. */
    void addOnce(String number, String event, String text) {
        boolean isThere = of(number).stream().anyMatch(entry -> entry.event().equals(event));
        if (!isThere) {
            add(number, "deadline", event, text, null);
        }
    }

    /** Oldest first. */
    List<Entry> of(String number) {
        return jdbc.sql("""
                        select happened_at, actor, event, text, remark from feedback_entry
                        where number = :number order by entry_no
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

    void keep(String number, Map<String, Object> inputs, Ruling ruling) {
        jdbc.sql("""
                        insert into feedback_ruling (number, ruled_at, table_name, table_version, rule_id, inputs, outputs)
                        values (:number, :now, :table, :version, :rule, :inputs, :outputs)
                        """)
                .param("number", number)
                .param("now", Times.column(clock.instant()))
                .param("table", ruling.table())
                .param("version", ruling.version())
                .param("rule", ruling.rule())
                .param("inputs", write(inputs))
                .param("outputs", write(ruling.outputs()))
                .update();
    }

    /** Oldest first. */
    List<Said> rulings(String number) {
        return jdbc.sql("""
                        select ruled_at, table_name, table_version, rule_id from feedback_ruling
                        where number = :number order by ruling_no
                        """)
                .param("number", number)
                .query((row, n) -> new Said(
                        Times.instant(row, "ruled_at"),
                        row.getString("table_name"),
                        row.getInt("table_version"),
                        row.getString("rule_id")))
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
