package io.aftersale.exchanges;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what exchanges came to. It writes what it is given; each step is written once. */
@Repository
class Exchanges {
    private final JdbcClient jdbc;
    private final Clock clock;

    Exchanges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void insert(Exchange it) {
        jdbc.sql("""
                        insert into exchange (case_number, merchant_id, sku, quantity, price_minor, credit_minor,
                               difference_minor, settlement, settled_at)
                        values (:caseNumber, :merchantId, :sku, :quantity, :price, :credit, :difference, :settlement, :now)
                        """)
                .param("caseNumber", it.caseNumber())
                .param("merchantId", it.merchantId())
                .param("sku", it.sku())
                .param("quantity", it.quantity())
                .param("price", it.priceMinor())
                .param("credit", it.creditMinor())
                .param("difference", it.differenceMinor())
                .param("settlement", it.settlement().name())
                .param("now", now())
                .update();
    }

    Optional<Exchange> find(String caseNumber) {
        return jdbc.sql("""
                        select case_number, merchant_id, sku, quantity, price_minor, credit_minor, difference_minor,
                               settlement, payment_reference, payment_method, booked_at, announced_at, delivered_at
                        from exchange where case_number = :caseNumber
                        """)
                .param("caseNumber", caseNumber)
                .query(Exchanges::read)
                .optional();
    }

    boolean isReferenceKnown(String merchantId, String reference) {
        return jdbc.sql("""
                                select count(*) from exchange
                                where merchant_id = :merchantId and payment_reference = :reference
                                """)
                        .param("merchantId", merchantId)
                        .param("reference", reference)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** @return false when no difference is owed, or it was paid or dropped before */
    boolean pay(String caseNumber, String reference, String method) {
        return jdbc.sql("""
                                update exchange
                                set payment_reference = :reference, payment_method = :method, difference_paid_at = :now
                                where case_number = :caseNumber and settlement = 'DEARER' and payment_reference is null
                                  and booked_at is null
                                """)
                        .param("reference", reference)
                        .param("method", method)
                        .param("now", now())
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    /** @return false when it was booked before */
    boolean book(String caseNumber) {
        return once("booked_at", caseNumber);
    }

    /** @return false when the exchange is booked already */
    boolean drop(String caseNumber, Outcome instead) {
        return jdbc.sql("""
                                update exchange set settlement = :settlement
                                where case_number = :caseNumber and booked_at is null
                                """)
                        .param("settlement", instead.name())
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    boolean announce(String caseNumber) {
        return once("announced_at", caseNumber);
    }

    boolean deliver(String caseNumber) {
        return once("delivered_at", caseNumber);
    }

    private boolean once(String column, String caseNumber) {
        return jdbc.sql("update exchange set " + column + " = :now where case_number = :caseNumber and " + column
                                + " is null")
                        .param("now", now())
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Exchange read(ResultSet row, int n) throws SQLException {
        return new Exchange(
                row.getString("case_number"),
                row.getString("merchant_id"),
                row.getString("sku"),
                row.getInt("quantity"),
                row.getLong("price_minor"),
                row.getLong("credit_minor"),
                row.getLong("difference_minor"),
                Outcome.valueOf(row.getString("settlement")),
                row.getString("payment_reference"),
                row.getString("payment_method"),
                instant(row, "booked_at"),
                instant(row, "announced_at"),
                instant(row, "delivered_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
