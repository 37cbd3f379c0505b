package io.aftersale.repairs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.CaseFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of repairs. It writes what it is given; each step is written once. */
@Repository
class Repairs {
    private static final TypeReference<List<Part>> PARTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    Repairs(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** The thing is here. Told again, it changes nothing. */
    void receive(CaseFile file) {
        if (find(file.number()).isPresent()) {
            return;
        }
        jdbc.sql("""
                        insert into repair (case_number, merchant_id, order_id, line_id, received_at)
                        values (:caseNumber, :merchantId, :orderId, :lineId, :now)
                        """)
                .param("caseNumber", file.number())
                .param("merchantId", file.merchantId())
                .param("orderId", file.orderId())
                .param("lineId", file.lineIds().get(0))
                .param("now", now())
                .update();
        for (CaseFile.Unit unit : file.units()) {
            jdbc.sql("""
                            insert into repair_unit (case_number, merchant_id, order_id, line_id, unit_no)
                            values (:caseNumber, :merchantId, :orderId, :lineId, :unitNo)
                            """)
                    .param("caseNumber", file.number())
                    .param("merchantId", file.merchantId())
                    .param("orderId", file.orderId())
                    .param("lineId", unit.lineId())
                    .param("unitNo", unit.unitNo())
                    .update();
        }
    }

    void diagnose(String caseNumber, Repair.Diagnosis found) {
        jdbc.sql("""
                        update repair
                        set diagnosed_at = :now, diagnosed_by = :by, cause = :cause, misuse = :misuse,
                            repairable = :repairable, cost_minor = :cost, days = :days
                        where case_number = :caseNumber
                        """)
                .param("now", now())
                .param("by", found.by())
                .param("cause", found.cause())
                .param("misuse", found.misuse())
                .param("repairable", found.repairable())
                .param("cost", found.costMinor())
                .param("days", found.days())
                .param("caseNumber", caseNumber)
                .update();
    }

    void keepStock(String caseNumber, boolean isInStock) {
        jdbc.sql("update repair set in_stock = :inStock where case_number = :caseNumber")
                .param("inStock", isInStock)
                .param("caseNumber", caseNumber)
                .update();
    }

    void decide(String caseNumber, String terms, List<String> remedies) {
        jdbc.sql("update repair set terms = :terms, remedies = :remedies where case_number = :caseNumber")
                .param("terms", terms)
                .param("remedies", String.join(",", remedies))
                .param("caseNumber", caseNumber)
                .update();
    }

    void quote(String caseNumber, long amountMinor) {
        jdbc.sql("update repair set quoted_minor = :amount where case_number = :caseNumber and quoted_minor is null")
                .param("amount", amountMinor)
                .param("caseNumber", caseNumber)
                .update();
    }

    /** @return false when there is no quote, or it was answered before */
    boolean answerQuote(String caseNumber, String answer) {
        return jdbc.sql("""
                                update repair set quote_answer = :answer, quote_answered_at = :now
                                where case_number = :caseNumber and quoted_minor is not null and quote_answer is null
                                """)
                        .param("answer", answer)
                        .param("now", now())
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    /** A quote that was not answered or not paid in time stands no longer. */
    void lapseQuote(String caseNumber) {
        jdbc.sql("update repair set quote_answer = 'LAPSED' where case_number = :caseNumber and paid_at is null")
                .param("caseNumber", caseNumber)
                .update();
    }

    /** @return false when nothing is owed, or it was paid before */
    boolean pay(String caseNumber, String reference) {
        return jdbc.sql("""
                                update repair
                                set payment_reference = :reference, paid_minor = quoted_minor, paid_at = :now
                                where case_number = :caseNumber and quote_answer = 'ACCEPTED' and paid_at is null
                                """)
                        .param("reference", reference)
                        .param("now", now())
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    boolean isPaymentKnown(String merchantId, String reference) {
        return jdbc.sql("""
                                select count(*) from repair
                                where merchant_id = :merchantId and payment_reference = :reference
                                """)
                        .param("merchantId", merchantId)
                        .param("reference", reference)
                        .query(Long.class)
                        .single()
                > 0;
    }

    void start(String caseNumber, Instant dueAt) {
        jdbc.sql("update repair set started_at = :now, due_at = :dueAt where case_number = :caseNumber")
                .param("now", now())
                .param("dueAt", column(dueAt))
                .param("caseNumber", caseNumber)
                .update();
    }

    void delay(String caseNumber) {
        jdbc.sql("update repair set overdue_at = :now where case_number = :caseNumber and overdue_at is null")
                .param("now", now())
                .param("caseNumber", caseNumber)
                .update();
    }

    void open(String caseNumber, List<String> remedies) {
        jdbc.sql("update repair set remedies = :remedies where case_number = :caseNumber")
                .param("remedies", String.join(",", remedies))
                .param("caseNumber", caseNumber)
                .update();
    }

    /** The work is over; what could not be mended is beyond repair from now on. */
    void finish(String caseNumber, String result, String by, List<Part> parts) {
        jdbc.sql("""
                        update repair
                        set finished_at = :now, finished_by = :by, result = :result, parts = :parts,
                            repairable = repairable and :repaired
                        where case_number = :caseNumber
                        """)
                .param("now", now())
                .param("by", by)
                .param("result", result)
                .param("parts", write(parts))
                .param("repaired", result.equals(Repair.REPAIRED))
                .param("caseNumber", caseNumber)
                .update();
    }

    /** @return false when it was put away before */
    boolean putAway(String caseNumber) {
        return jdbc.sql("update repair set put_away_at = :now where case_number = :caseNumber and put_away_at is null")
                        .param("now", now())
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    void send(String caseNumber) {
        jdbc.sql("update repair set sent_at = :now where case_number = :caseNumber and sent_at is null")
                .param("now", now())
                .param("caseNumber", caseNumber)
                .update();
    }

    /** @return false when it was not sent, or had arrived before */
    boolean deliver(String caseNumber) {
        return jdbc.sql("""
                                update repair set delivered_at = :now
                                where case_number = :caseNumber and sent_at is not null and delivered_at is null
                                """).param("now", now()).param("caseNumber", caseNumber).update() == 1;
    }

    Optional<Repair> find(String caseNumber) {
        return jdbc.sql("select * from repair where case_number = :caseNumber")
                .param("caseNumber", caseNumber)
                .query(this::read)
                .optional();
    }

    int unitsOf(String caseNumber) {
        return jdbc.sql("select count(*) from repair_unit where case_number = :caseNumber")
                .param("caseNumber", caseNumber)
                .query(Integer.class)
                .single();
    }

    /** A repair as one of its units has seen it. */
    record OfUnit(int unitNo, Repair repair) {}

    /** What was done to the units of a line and is back with the buyer. */
    List<OfUnit> delivered(String merchantId, String orderId, String lineId) {
        return jdbc.sql("""
                        select r.*, u.unit_no from repair r
                        join repair_unit u on u.case_number = r.case_number
                        where u.merchant_id = :merchantId and u.order_id = :orderId and u.line_id = :lineId
                          and r.delivered_at is not null
                        """)
                .param("merchantId", merchantId)
                .param("orderId", orderId)
                .param("lineId", lineId)
                .query((row, n) -> new OfUnit(row.getInt("unit_no"), read(row, n)))
                .list();
    }

    private Repair read(ResultSet row, int n) throws SQLException {
        return new Repair(
                row.getString("case_number"),
                row.getString("merchant_id"),
                row.getString("order_id"),
                row.getString("line_id"),
                instant(row, "received_at"),
                diagnosis(row),
                row.getObject("in_stock", Boolean.class),
                row.getString("terms"),
                remedies(row.getString("remedies")),
                quote(row),
                work(row),
                instant(row, "sent_at"),
                instant(row, "delivered_at"));
    }

    private static Repair.Diagnosis diagnosis(ResultSet row) throws SQLException {
        return row.getString("cause") == null
                ? null
                : new Repair.Diagnosis(
                        row.getString("cause"),
                        row.getBoolean("misuse"),
                        row.getBoolean("repairable"),
                        row.getObject("cost_minor", Long.class),
                        row.getObject("days", Integer.class),
                        instant(row, "diagnosed_at"),
                        row.getString("diagnosed_by"));
    }

    private static Repair.Quote quote(ResultSet row) throws SQLException {
        Long amount = row.getObject("quoted_minor", Long.class);
        return amount == null
                ? null
                : new Repair.Quote(
                        amount,
                        row.getString("quote_answer"),
                        instant(row, "quote_answered_at"),
                        row.getString("payment_reference"),
                        row.getObject("paid_minor", Long.class),
                        instant(row, "paid_at"));
    }

    private Repair.Work work(ResultSet row) throws SQLException {
        Instant startedAt = instant(row, "started_at");
        return startedAt == null
                ? null
                : new Repair.Work(
                        startedAt,
                        instant(row, "due_at"),
                        instant(row, "overdue_at"),
                        instant(row, "finished_at"),
                        row.getString("finished_by"),
                        row.getString("result"),
                        parts(row.getString("parts")));
    }

    private static List<String> remedies(String words) {
        return words == null || words.isEmpty() ? List.of() : List.of(words.split(","));
    }

    private String write(List<Part> parts) {
        try {
            return json.writeValueAsString(parts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain records can be written", impossible);
        }
    }

    private List<Part> parts(String text) {
        try {
            return text == null ? List.of() : json.readValue(text, PARTS);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A kept list of parts cannot be read", broken);
        }
    }

    private OffsetDateTime now() {
        return column(clock.instant());
    }

    private static OffsetDateTime column(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
