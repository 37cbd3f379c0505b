package io.aftersale.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The store of what others tell us unasked. An event is kept once under its sender and id, before it is answered, and
 * never deleted; due times run on the database's clock. Each method is a transaction of its own.
 */
@Repository
class CallbackInbox {
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json = new ObjectMapper();

    CallbackInbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param body what came, for people to look at
     * @return false when this event was kept before
     */
    boolean keep(Callback event, String body, boolean isReadable) {
        try {
            jdbc.sql("""
                            insert into callback (sender, event_id, facts, body, received_at, state, due_at)
                            values (:sender, :eventId, :facts, :body, :receivedAt, :state, current_timestamp)
                            """)
                    .param("sender", event.sender())
                    .param("eventId", event.eventId())
                    .param("facts", write(event.facts()))
                    .param("body", body)
                    .param("receivedAt", event.receivedAt().atOffset(ZoneOffset.UTC))
                    .param("state", isReadable ? "RECEIVED" : "UNREADABLE")
                    .update();
            return true;
        } catch (DuplicateKeyException again) {
            return false;
        }
    }

    /** The events of a sender that wait to be applied, oldest first. */
    List<Callback> due(String sender, int limit) {
        return jdbc.sql("""
                        select sender, event_id, facts, received_at, tries
                        from callback where state = 'RECEIVED' and due_at <= current_timestamp and sender = :sender
                        order by received_at, event_id limit :limit
                        """)
                .param("sender", sender)
                .param("limit", limit)
                .query(this::read)
                .list();
    }

    /** Takes an event for a while, so that one worker applies it; a worker that dies gives it back by time. */
    boolean take(Callback event, long seconds) {
        return jdbc.sql("""
                                update callback
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
    void postpone(Callback event, String note, long seconds) {
        jdbc.sql("""
                        update callback
                        set note = :note, due_at = current_timestamp + cast(:seconds as int) * interval '1' second
                        where sender = :sender and event_id = :eventId and state = 'RECEIVED'
                        """)
                .param("note", note)
                .param("seconds", seconds)
                .param("sender", event.sender())
                .param("eventId", event.eventId())
                .update();
    }

    /** @param state APPLIED, or UNKNOWN when it was about nothing of ours */
    void done(Callback event, String state, String note, Instant at) {
        jdbc.sql("""
                        update callback set state = :state, note = :note, applied_at = :at
                        where sender = :sender and event_id = :eventId and state = 'RECEIVED'
                        """)
                .param("state", state)
                .param("note", note)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("sender", event.sender())
                .param("eventId", event.eventId())
                .update();
    }

    /** How many events of a sender stand in a state, for those who watch. */
    long count(String sender, String state) {
        return jdbc.sql("select count(*) from callback where sender = :sender and state = :state")
                .param("sender", sender)
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private Callback read(ResultSet row, int n) throws SQLException {
        return new Callback(
                row.getString("sender"),
                row.getString("event_id"),
                facts(row.getString("facts")),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getInt("tries"));
    }

    private Map<String, String> facts(String text) {
        try {
            return json.readValue(text, FACTS);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The facts of an event were not written by us", broken);
        }
    }

    private String write(Map<String, String> facts) {
        try {
            return json.writeValueAsString(facts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain texts can be written", impossible);
        }
    }
}
