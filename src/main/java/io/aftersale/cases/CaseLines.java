package io.aftersale.cases;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what a case is about: its lines and their units. It writes what it is given and decides nothing. */
@Repository
class CaseLines {
    private final JdbcClient jdbc;

    CaseLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps what an application is about, in place of what the one before was about. */
    void replace(String number, Map<String, Integer> quantities, List<CaseUnit> units) {
        jdbc.sql("delete from case_unit where case_number = :number")
                .param("number", number)
                .update();
        jdbc.sql("delete from case_line where case_number = :number")
                .param("number", number)
                .update();
        int position = 0;
        for (Map.Entry<String, Integer> line : quantities.entrySet()) {
            insertLine(number, ++position, line.getKey(), line.getValue());
        }
        units.forEach(unit -> insertUnit(number, unit));
    }

    private void insertLine(String number, int position, String lineId, int quantity) {
        jdbc.sql("""
                        insert into case_line (case_number, line_id, position, quantity)
                        values (:number, :lineId, :position, :quantity)
                        """)
                .param("number", number)
                .param("lineId", lineId)
                .param("position", position)
                .param("quantity", quantity)
                .update();
    }

    private void insertUnit(String number, CaseUnit unit) {
        jdbc.sql("""
                        insert into case_unit (case_number, line_id, unit_no, refundable_minor, is_rest)
                        values (:number, :lineId, :unitNo, :refundableMinor, :isRest)
                        """)
                .param("number", number)
                .param("lineId", unit.lineId())
                .param("unitNo", unit.unitNo())
                .param("refundableMinor", unit.refundableMinor())
                .param("isRest", unit.isRest())
                .update();
    }

    /** Keeps what the rules said of a line. */
    void judge(String number, String lineId, String verdict) {
        jdbc.sql("update case_line set verdict = :verdict where case_number = :number and line_id = :lineId")
                .param("verdict", verdict)
                .param("number", number)
                .param("lineId", lineId)
                .update();
    }

    List<CaseLine> of(String number) {
        return jdbc.sql("""
                        select l.line_id, l.quantity, l.verdict, sum(u.refundable_minor) as refundable_minor
                        from case_line l
                        join case_unit u on u.case_number = l.case_number and u.line_id = l.line_id
                        where l.case_number = :number
                        group by l.line_id, l.quantity, l.verdict, l.position
                        order by l.position
                        """)
                .param("number", number)
                .query((row, n) -> new CaseLine(
                        row.getString("line_id"),
                        row.getInt("quantity"),
                        row.getLong("refundable_minor"),
                        row.getString("verdict")))
                .list();
    }

    List<CaseUnit> units(String number) {
        return jdbc.sql("""
                        select u.line_id, u.unit_no, u.refundable_minor, u.is_rest, u.payable_minor
                        from case_unit u
                        join case_line l on l.case_number = u.case_number and l.line_id = u.line_id
                        where u.case_number = :number order by l.position, u.is_rest, u.unit_no
                        """)
                .param("number", number)
                .query((row, n) -> new CaseUnit(
                        row.getString("line_id"),
                        row.getInt("unit_no"),
                        row.getLong("refundable_minor"),
                        row.getBoolean("is_rest"),
                        row.getObject("payable_minor", Long.class)))
                .list();
    }

    /** Which units a case is about, in their order. */
    List<CaseFile.Unit> named(String number) {
        return units(number).stream()
                .map(unit -> new CaseFile.Unit(unit.lineId(), unit.unitNo()))
                .toList();
    }

    void fixPayable(String number, String lineId, int unitNo, long payableMinor) {
        jdbc.sql("""
                        update case_unit set payable_minor = :payable
                        where case_number = :number and line_id = :lineId and unit_no = :unitNo
                        """)
                .param("payable", payableMinor)
                .param("number", number)
                .param("lineId", lineId)
                .param("unitNo", unitNo)
                .update();
    }
}
