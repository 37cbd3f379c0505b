package io.aftersale.handling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what was asked for together. */
@Repository
class Handlings {
    private final JdbcClient jdbc;
    private final Clock clock;

    Handlings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long nextNumber() {
        return jdbc.sql("select nextval('handling_number_seq')")
                .query(Long.class)
                .single();
    }

    void insert(Handling it) {
        jdbc.sql("""
                        insert into handling (number, merchant_id, order_id, buyer_id, status, opened_at)
                        values (:number, :merchantId, :orderId, :buyerId, :status, :openedAt)
                        """)
                .param("number", it.number())
                .param("merchantId", it.merchantId())
                .param("orderId", it.orderId())
                .param("buyerId", it.buyerId())
                .param("status", it.status())
                .param("openedAt", column(it.openedAt()))
                .update();
        it.parts()
                .forEach((part, number) -> jdbc.sql("""
                        insert into handling_part (handling_number, part, number) values (:handling, :part, :number)
                        """)
                        .param("handling", it.number())
                        .param("part", part.name())
                        .param("number", number)
                        .update());
    }

    void enter(String number, String status, String outcome) {
        jdbc.sql("""
                        update handling set status = :status, outcome = coalesce(:outcome, outcome) where number = :number
                        """)
                .param("status", status)
                .param("outcome", outcome)
                .param("number", number)
                .update();
    }

    void close(String number) {
        jdbc.sql("update handling set closed_at = :now where number = :number and closed_at is null")
                .param("now", column(clock.instant()))
                .param("number", number)
                .update();
    }

    Optional<Handling> find(String number) {
        return jdbc.sql("""
                        select number, merchant_id, order_id, buyer_id, status, outcome, opened_at, closed_at
                        from handling where number = :number
                        """)
                .param("number", number)
                .query((row, n) -> read(row))
                .optional();
    }

    private Map<Part, String> parts(String number) {
        var parts = new EnumMap<Part, String>(Part.class);
        jdbc.sql("select part, number from handling_part where handling_number = :number")
                .param("number", number)
                .query((ResultSet row) -> {
                    parts.put(Part.valueOf(row.getString("part")), row.getString("number"));
                });
        return parts;
    }

    private Handling read(ResultSet row) throws SQLException {
        return new Handling(
                row.getString("number"),
                row.getString("merchant_id"),
                row.getString("order_id"),
                row.getString("buyer_id"),
                row.getString("status"),
                row.getString("outcome"),
                instant(row, "opened_at"),
                instant(row, "closed_at"),
                parts(row.getString("number")));
    }

    private static OffsetDateTime column(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
