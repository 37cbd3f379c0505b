package io.aftersale.cases;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What tables said of what buyers tell, for whoever wants to ask them anew. It asks for no money. Where it is kept, the
 * rooms say that own it.
 */
public abstract class VoiceRulings implements PastRulings {
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final String kind;
    private final String newest;
    private final String counts;

    /**
     * @param kind what the rulings are about, as people are told
     * @param records the table of what was told
     * @param rulings the table of what was answered
     * @param number the column there that says of which record
     */
    protected VoiceRulings(
            JdbcClient jdbc, ObjectMapper json, String kind, String records, String rulings, String number) {
        this.jdbc = jdbc;
        this.json = json;
        this.kind = kind;
        this.newest = """
                select f.number, f.status, r.ruled_at, r.table_version, r.rule_id, r.inputs, r.outputs
                from (
                    select number, status from %1$s asked
                    where merchant_id in (:merchants) and exists (
                        select 1 from %2$s r where r.%3$s = asked.number and r.table_name = :table)
                    order by number desc limit :cases) f
                join %2$s r on r.%3$s = f.number and r.table_name = :table
                order by f.number desc, r.ruling_no
                """.formatted(records, rulings, number);
        this.counts = """
                select r.table_name, count(*) as answers from %2$s r
                join %1$s f on f.number = r.%3$s
                where f.merchant_id in (:merchants) group by r.table_name
                """.formatted(records, rulings, number);
    }

    @Override
    public List<PastRuling> ofNewestCases(String table, Collection<String> merchantIds, int cases) {
        if (merchantIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(newest)
                .param("merchants", merchantIds)
                .param("table", table)
                .param("cases", cases)
                .query(this::read)
                .list();
    }

    @Override
    public Map<String, Long> count(Collection<String> merchantIds) {
        var answers = new HashMap<String, Long>();
        if (!merchantIds.isEmpty()) {
            jdbc.sql(counts).param("merchants", merchantIds).query(row -> {
                answers.put(row.getString("table_name"), row.getLong("answers"));
            });
        }
        return answers;
    }

    private PastRuling read(ResultSet row, int n) throws SQLException {
        return new PastRuling(
                row.getString("number"),
                kind,
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
