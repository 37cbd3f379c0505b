package io.aftersale.exchanges;

import io.aftersale.logistics.Reservation;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what is set aside for cases, and of what buyers chose where nothing was left. It decides nothing. */
@Repository
class StockHolds {
    private final JdbcClient jdbc;
    private final Clock clock;

    StockHolds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void insert(Reservation it) {
        jdbc.sql("""
                        insert into stock_reservation (case_number, merchant_id, id, sku, quantity, state, asked_at)
                        values (:caseNumber, :merchantId, :id, :sku, :quantity, 'ASKED', :now)
                        """)
                .param("caseNumber", it.caseNumber())
                .param("merchantId", it.merchantId())
                .param("id", it.id())
                .param("sku", it.sku())
                .param("quantity", it.quantity())
                .param("now", now())
                .update();
    }

    Optional<StockHold> find(String caseNumber) {
        return jdbc.sql("""
                        select case_number, merchant_id, id, sku, quantity, state, attempts
                        from stock_reservation where case_number = :caseNumber
                        """)
                .param("caseNumber", caseNumber)
                .query((row, n) -> new StockHold(
                        new Reservation(
                                row.getString("id"),
                                row.getString("case_number"),
                                row.getString("merchant_id"),
                                row.getString("sku"),
                                row.getInt("quantity")),
                        StockHold.State.valueOf(row.getString("state")),
                        row.getInt("attempts")))
                .optional();
    }

    /** A call to the stock system begins whose outcome nobody knows yet. */
    void startAttempt(String caseNumber) {
        jdbc.sql("""
                        update stock_reservation set state = 'ASKED', attempts = attempts + 1
                        where case_number = :caseNumber and state in ('ASKED', 'NONE')
                        """).param("caseNumber", caseNumber).update();
    }

    /** The stock system has answered. */
    void answered(String caseNumber, boolean isReserved) {
        jdbc.sql("""
                        update stock_reservation
                        set state = :state, attempts = 0, reserved_at = cast(:reservedAt as timestamp with time zone)
                        where case_number = :caseNumber and state = 'ASKED'
                        """)
                .param("state", isReserved ? "RESERVED" : "NONE")
                .param("reservedAt", isReserved ? now() : null)
                .param("caseNumber", caseNumber)
                .update();
    }

    /** @param state TAKEN or RELEASED */
    void end(String caseNumber, StockHold.State state) {
        jdbc.sql("""
                        update stock_reservation set state = :state, ended_at = :now
                        where case_number = :caseNumber and state not in ('TAKEN', 'RELEASED')
                        """)
                .param("state", state.name())
                .param("now", now())
                .param("caseNumber", caseNumber)
                .update();
    }

    /** What a buyer may choose, and did. */
    record Choice(String chosen) {}

    /** The choice of a case as long as it is open. */
    Optional<Choice> openChoice(String caseNumber) {
        return jdbc.sql("select choice from stock_choice where case_number = :caseNumber and closed_at is null")
                .param("caseNumber", caseNumber)
                .query((row, n) -> new Choice(row.getString("choice")))
                .optional();
    }

    /** Offers the choice, or offers it anew. */
    void offerChoice(String caseNumber) {
        int again = jdbc.sql("""
                        update stock_choice set choice = null, offered_at = :now, answered_at = null, closed_at = null
                        where case_number = :caseNumber
                        """)
                .param("now", now())
                .param("caseNumber", caseNumber)
                .update();
        if (again == 0) {
            jdbc.sql("insert into stock_choice (case_number, offered_at) values (:caseNumber, :now)")
                    .param("caseNumber", caseNumber)
                    .param("now", now())
                    .update();
        }
    }

    void choose(String caseNumber, String choice) {
        jdbc.sql("""
                        update stock_choice set choice = :choice, answered_at = :now
                        where case_number = :caseNumber and closed_at is null
                        """)
                .param("choice", choice)
                .param("now", now())
                .param("caseNumber", caseNumber)
                .update();
    }

    void closeChoice(String caseNumber) {
        jdbc.sql("update stock_choice set closed_at = :now where case_number = :caseNumber and closed_at is null")
                .param("now", now())
                .param("caseNumber", caseNumber)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
