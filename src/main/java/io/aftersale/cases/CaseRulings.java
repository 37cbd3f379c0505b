package io.aftersale.cases;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what tables have answered, so that others can hold it against something else. It changes nothing. */
@Repository
class CaseRulings implements PastRulings {
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CaseRulings(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public List<PastRuling> ofNewestCases(String table, Collection<String> merchantIds, int cases) {
        if (merchantIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select c.number, c.kind, c.status, c.currency, c.requested_minor, r.application_no, r.line_id,
                               r.ruled_at, r.table_version, r.rule_id, r.inputs, r.outputs
                        from (
                            select number, kind, status, currency, requested_minor from after_sale_case asked
                            where merchant_id in (:merchants) and exists (
                                select 1 from case_ruling
                                where case_number = asked.number and table_name = :table)
                            order by number desc limit :cases) c
                        join case_ruling r on r.case_number = c.number and r.table_name = :table
                        order by c.number desc, r.ruling_no
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
                            select r.table_name, count(*) as answers from case_ruling r
                            join after_sale_case c on c.number = r.case_number
                            where c.merchant_id in (:merchants) group by r.table_name
                            """).param("merchants", merchantIds).query(row -> {
                counts.put(row.getString("table_name"), row.getLong("answers"));
            });
        }
        return counts;
    }

    private PastRuling read(ResultSet row, int n) throws SQLException {
        return new PastRuling(
                row.getString("number"),
                row.getString("kind"),
                row.getString("status"),
                row.getInt("application_no"),
                row.getString("line_id"),
                Times.instant(row, "ruled_at"),
                row.getInt("table_version"),
                row.getString("rule_id"),
                PastRuling.values(json, row.getString("inputs")),
                PastRuling.values(json, row.getString("outputs")),
                row.getString("currency"),
                row.getLong("requested_minor"));
    }
}
