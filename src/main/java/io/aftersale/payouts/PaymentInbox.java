package io.aftersale.payouts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The store of what the payment provider tells us unasked. An event is kept once under its sender and id, before it is
 * answered, and never deleted; due times run on the database's clock. Each method is a transaction of its own.
 */
@Repository
class PaymentInbox {
    private final JdbcClient jdbc;

    PaymentInbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false when this event was kept before */
    boolean keep(PaymentEvent event, boolean isReadable) {
        try {
            jdbc.sql("""
                            insert into payment_event (sender, event_id, payout_id, said_status, said_amount,
                                   said_currency, provider_ref, body, received_at, state, due_at)
                            values (:sender, :eventId, :payoutId, :saidStatus, :saidAmount, :saidCurrency, :providerRef,
                                   :body, :receivedAt, :state, current_timestamp)
                            """)
                    .param("sender", event.sender())
                    .param("eventId", event.eventId())
                    .param("payoutId", event.payoutId())
                    .param("saidStatus", event.saidStatus())
                    .param("saidAmount", event.saidAmount())
                    .param("saidCurrency", event.saidCurrency())
                    .param("providerRef", event.providerRef())
                    .param("body", event.body())
                    .param("receivedAt", event.receivedAt().atOffset(ZoneOffset.UTC))
                    .param("state", isReadable ? "RECEIVED" : "UNREADABLE")
                    .update();
            return true;
        } catch (DuplicateKeyException again) {
            return false;
        }
    }

    /** The events that wait to be applied, oldest first. */
    List<PaymentEvent> due(int limit) {
        return jdbc.sql("""
                        select sender, event_id, payout_id, said_status, said_amount, said_currency, provider_ref, body,
                               received_at, tries
                        from payment_event where state = 'RECEIVED' and due_at <= current_timestamp
                        order by received_at, event_id limit :limit
                        """).param("limit", limit).query(PaymentInbox::read).list();
    }

    /** Takes an event for a while, so that one worker applies it; a worker that dies gives it back by time. */
    boolean take(PaymentEvent event, long seconds) {
        return jdbc.sql("""
                                update payment_event
                                set tries = tries + 1,
                                    due_at = current_timestamp + cast(:seconds as int) * interval '1' second
                                where sender = :sender and event_id = :eventId and state = 'RECEIVED'
                                  and due_at <= current_timestamp
                                """)
                        .param("seconds", seconds)
                        .param("sender", event.sender())
                        .param("eventId", event.eventId())
                        .update()
                == 1;
    }

    /** It did not work out; it is due again after a while. */
    void postpone(PaymentEvent event, String note, long seconds) {
        jdbc.sql("""
                        update payment_event
                        set note = :note, due_at = current_timestamp + cast(:seconds as int) * interval '1' second
                        where sender = :sender and event_id = :eventId and state = 'RECEIVED'
                        """)
                .param("note", note)
                .param("seconds", seconds)
                .param("sender", event.sender())
                .param("eventId", event.eventId())
                .update();
    }

    /** @param state APPLIED or UNKNOWN_PAYOUT */
    void done(PaymentEvent event, String state, String note, Instant at) {
        jdbc.sql("""
                        update payment_event set state = :state, note = :note, applied_at = :at
                        where sender = :sender and event_id = :eventId and state = 'RECEIVED'
                        """)
                .param("state", state)
                .param("note", note)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("sender", event.sender())
                .param("eventId", event.eventId())
                .update();
    }

    /** How many events stand in each state, for those who watch. */
    long count(String state) {
        return jdbc.sql("select count(*) from payment_event where state = :state")
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private static PaymentEvent read(ResultSet row, int n) throws SQLException {
        return new PaymentEvent(
                row.getString("sender"),
                row.getString("event_id"),
                row.getString("payout_id"),
                row.getString("said_status"),
                row.getObject("said_amount", Long.class),
                row.getString("said_currency"),
                row.getString("provider_ref"),
                row.getString("body"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getInt("tries"));
    }
}
