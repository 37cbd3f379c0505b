package io.aftersale.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.engine.Ruling;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps every answer of a decision table on its case, with the inputs, so that it can be explained and replayed. */
@Repository
class Rulings {
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final Followers followers;

    Rulings(JdbcClient jdbc, ObjectMapper json, Clock clock, Followers followers) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.followers = followers;
    }

    void keep(Case it, Eligibility.Asked asked) {
        keep(it.number(), asked);
    }

    /** Keeps an answer under the latest application of a case. */
    void keep(String number, Eligibility.Asked asked) {
        Ruling ruling = asked.ruling();
        jdbc.sql("""
                        insert into case_ruling (case_number, application_no, line_id, ruled_at, table_name,
                               table_version, rule_id, inputs, outputs)
                        select number, application_no, cast(:lineId as varchar(64)),
                               cast(:now as timestamp with time zone), cast(:table as varchar(64)),
                               cast(:version as int), cast(:rule as varchar(100)), cast(:inputs as varchar(4000)),
                               cast(:outputs as varchar(4000))
                        from after_sale_case where number = :number
                        """)
                .param("number", number)
                .param("lineId", asked.lineId())
                .param("now", Times.column(clock.instant()))
                .param("table", ruling.table())
                .param("version", ruling.version())
                .param("rule", ruling.rule())
                .param("inputs", write(asked.inputs()))
                .param("outputs", write(ruling.outputs()))
                .update();
        followers.touched(number);
    }

    /** Keeps what the rules said of the latest application as a whole. */
    void keep(String number, Verdict verdict) {
        jdbc.sql("delete from case_verdict where case_number = :number")
                .param("number", number)
                .update();
        jdbc.sql("""
                        insert into case_verdict (case_number, verdict, reason_code, legal_basis, table_name,
                               table_version, rule_id)
                        values (:number, :verdict, :reasonCode, :legalBasis, :table, :version, :rule)
                        """)
                .param("number", number)
                .param("verdict", verdict.value())
                .param("reasonCode", verdict.reasonCode())
                .param("legalBasis", verdict.legalBasis())
                .param("table", verdict.table())
                .param("version", verdict.version())
                .param("rule", verdict.rule())
                .update();
    }

    Optional<Verdict> verdict(String number) {
        return jdbc.sql("""
                        select verdict, reason_code, legal_basis, table_name, table_version, rule_id
                        from case_verdict where case_number = :number
                        """)
                .param("number", number)
                .query((row, n) -> new Verdict(
                        row.getString("verdict"),
                        row.getString("reason_code"),
                        row.getString("legal_basis"),
                        row.getString("table_name"),
                        row.getInt("table_version"),
                        row.getString("rule_id")))
                .optional();
    }

    /** The latest answer of a table on a case, as "table v1 rule". */
    Optional<String> latest(String number, String table) {
        return jdbc.sql("""
                        select table_name, table_version, rule_id from case_ruling
                        where case_number = :number and table_name = :table order by ruling_no desc limit 1
                        """)
                .param("number", number)
                .param("table", table)
                .query((row, n) -> row.getString("table_name") + " v" + row.getInt("table_version") + " "
                        + row.getString("rule_id"))
                .optional();
    }

    /** An answer of a table on a case; {@code lineId} is null where the whole case was asked. */
    record Given(Instant at, String lineId, String table, int version, String rule) {}

    /** All that tables said on a case, the deadlines of its waits among them, oldest first. */
    List<Given> of(String number) {
        return jdbc.sql("""
                        select ruled_at as said_at, 0 as wait_no, ruling_no as say_no, line_id, table_name,
                               table_version, rule_id
                        from case_ruling where case_number = :number
                        union all
                        select opened_at, 1, deadline_no, null, 'deadlines', table_version, rule_id
                        from deadline where case_number = :number
                        order by said_at, wait_no, say_no
                        """)
                .param("number", number)
                .query((row, n) -> new Given(
                        Times.instant(row, "said_at"),
                        row.getString("line_id"),
                        row.getString("table_name"),
                        row.getInt("table_version"),
                        row.getString("rule_id")))
                .list();
    }

    /** What was said of the freight when the buyer applied last; later answers are about what was accepted. */
    Freight freight(String number) {
        return jdbc.sql("""
                        select r.outputs from case_ruling r
                        join after_sale_case c on c.number = r.case_number and c.application_no = r.application_no
                        where r.case_number = :number and r.table_name = 'refund-components'
                        order by r.ruling_no limit 1
                        """)
                .param("number", number)
                .query(String.class)
                .optional()
                .map(outputs -> Freight.of(read(outputs)))
                .orElseGet(() -> Freight.of(Map.of()));
    }

    private Map<String, Object> read(String values) {
        try {
            return json.readValue(values, VALUES);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A table's kept answer cannot be read", broken);
        }
    }

    private String write(Map<String, Object> values) {
        try {
            return json.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A table's plain values cannot be written", impossible);
        }
    }
}
