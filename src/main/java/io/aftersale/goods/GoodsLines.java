package io.aftersale.goods;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what was counted and judged of each line. It writes what it is given. */
@Repository
class GoodsLines {
    private final JdbcClient jdbc;

    GoodsLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a line in place of what was known of it. */
    void put(String caseNumber, GoodsLine line) {
        jdbc.sql("delete from goods_line where case_number = :caseNumber and line_id = :lineId")
                .param("caseNumber", caseNumber)
                .param("lineId", line.lineId())
                .update();
        jdbc.sql("""
                        insert into goods_line (case_number, line_id, authorized, received, accepted, condition_found,
                               seal_broken, activated, serial_altered, tag_removed, soiled, intactness,
                               deduction_per_mille, disposition, inspected_by)
                        values (:caseNumber, :lineId, :authorized, :received, :accepted, :condition, :sealBroken,
                               :activated, :serialAltered, :tagRemoved, :soiled, :intactness, :deduction, :disposition,
                               :by)
                        """)
                .param("caseNumber", caseNumber)
                .param("lineId", line.lineId())
                .param("authorized", line.authorized())
                .param("received", line.received())
                .param("accepted", line.accepted())
                .param("condition", line.condition())
                .param("sealBroken", line.flaws().sealBroken())
                .param("activated", line.flaws().activated())
                .param("serialAltered", line.flaws().serialAltered())
                .param("tagRemoved", line.flaws().tagRemoved())
                .param("soiled", line.flaws().soiled())
                .param("intactness", line.intactness())
                .param("deduction", line.deductionPerMille())
                .param("disposition", line.disposition())
                .param("by", line.inspectedBy())
                .update();
    }

    List<GoodsLine> of(String caseNumber) {
        return jdbc.sql("""
                        select line_id, authorized, received, accepted, condition_found, seal_broken, activated,
                               serial_altered, tag_removed, soiled, intactness, deduction_per_mille, disposition,
                               inspected_by
                        from goods_line where case_number = :caseNumber order by line_id
                        """)
                .param("caseNumber", caseNumber)
                .query(GoodsLines::read)
                .list();
    }

    private static GoodsLine read(ResultSet row, int n) throws SQLException {
        return new GoodsLine(
                row.getString("line_id"),
                row.getInt("authorized"),
                row.getInt("received"),
                row.getInt("accepted"),
                row.getString("condition_found"),
                new GoodsLine.Flaws(
                        row.getBoolean("seal_broken"),
                        row.getBoolean("activated"),
                        row.getBoolean("serial_altered"),
                        row.getBoolean("tag_removed"),
                        row.getBoolean("soiled")),
                row.getString("intactness"),
                row.getLong("deduction_per_mille"),
                row.getString("disposition"),
                row.getString("inspected_by"));
    }
}
