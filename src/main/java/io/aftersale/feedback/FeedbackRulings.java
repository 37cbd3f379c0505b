package io.aftersale.feedback;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.PastRuling;
import io.aftersale.cases.PastRulings;
import io.aftersale.cases.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What tables said of feedback, for whoever wants to ask them anew. Feedback asks for no money. */
@Repository
class FeedbackRulings implements PastRulings {
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    FeedbackRulings(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public List<PastRuling> ofNewestCases(String table, Collection<String> merchantIds, int cases) {
        if (merchantIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select f.number, f.status, r.ruled_at, r.table_version, r.rule_id, r.inputs, r.outputs
                        from (
                            select number, status from feedback asked
                            where merchant_id in (:merchants) and exists (
                                select 1 from feedback_ruling where number = asked.number and table_name = :table)
                            order by number desc limit :cases) f
                        join feedback_ruling r on r.number = f.number and r.table_name = :table
                        order by f.number desc, r.ruling_no
                        """)
                .param("merchants", merchantIds)
                .param("table", table)
                .param("cases", cases)
                .query(this::read)
                .list();
    }

    @Override
    public Map<String, Long> count(Collection<String> merchantIds) {
        var counts = new HashMap<String, Long>();
        if (!merchantIds.isEmpty()) {
            jdbc.sql("""
                            select r.table_name, count(*) as answers from feedback_ruling r
                            join feedback f on f.number = r.number
                            where f.merchant_id in (:merchants) group by r.table_name
                            """).param("merchants", merchantIds).query(row -> {
                counts.put(row.getString("table_name"), row.getLong("answers"));
            });
        }
        return counts;
    }

    private PastRuling read(ResultSet row, int n) throws SQLException {
        return new PastRuling(
                row.getString("number"),
                "FEEDBACK",
                row.getString("status"),
                1,
                null,
                Times.instant(row, "ruled_at"),
                row.getInt("table_version"),
                row.getString("rule_id"),
                PastRuling.values(json, row.getString("inputs")),
                PastRuling.values(json, row.getString("outputs")),
                null,
                0);
    }
}
