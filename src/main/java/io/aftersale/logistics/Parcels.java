package io.aftersale.logistics;

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

/** The store of where parcels are, and of those that nobody knows. It writes what it is given. */
@Repository
public class Parcels {
    private final JdbcClient jdbc;
    private final Clock clock;

    Parcels(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The furthest that was heard of a parcel. */
    public record Sighting(ParcelEvent.Type type, Instant at) {}

    public Optional<Sighting> lastSeen(String trackingNumber) {
        return jdbc.sql("select state, seen_at from parcel_sighting where tracking_number = :trackingNumber")
                .param("trackingNumber", trackingNumber)
                .query((row, n) ->
                        new Sighting(ParcelEvent.Type.valueOf(row.getString("state")), instant(row, "seen_at")))
                .optional();
    }

    /** Keeps how far a parcel has come; what happened before that changes nothing. */
    void see(ParcelEvent event) {
        int changed = jdbc.sql("""
                        update parcel_sighting set state = :state, state_rank = :rank, seen_at = :at
                        where tracking_number = :trackingNumber and state_rank < :rank
                        """)
                .param("state", event.type().name())
                .param("rank", event.type().ordinal())
                .param("at", event.at().atOffset(ZoneOffset.UTC))
                .param("trackingNumber", event.trackingNumber())
                .update();
        if (changed == 0 && lastSeen(event.trackingNumber()).isEmpty()) {
            jdbc.sql("""
                            insert into parcel_sighting (tracking_number, state, state_rank, seen_at)
                            values (:trackingNumber, :state, :rank, :at)
                            """)
                    .param("trackingNumber", event.trackingNumber())
                    .param("state", event.type().name())
                    .param("rank", event.type().ordinal())
                    .param("at", event.at().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    long nextNumber() {
        return jdbc.sql("select nextval('parcel_number_seq')").query(Long.class).single();
    }

    /** Fails where another one is open under the same key. */
    void open(String number, ParcelEvent event) {
        jdbc.sql("""
                        insert into stray_parcel (number, parcel_key, open_key, tracking_number, carrier,
                               authorization_number, state, opened_at)
                        values (:number, :key, :key, :trackingNumber, :carrier, :authorization, 'OPEN', :now)
                        """)
                .param("number", number)
                .param("key", StrayParcel.keyOf(event))
                .param("trackingNumber", event.trackingNumber())
                .param("carrier", event.carrier())
                .param("authorization", event.authorization())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Keeps an event of a parcel that nobody knows yet, once. */
    void add(String number, ParcelEvent event) {
        jdbc.sql("""
                        insert into stray_event (parcel_number, event_id, type, happened_at, evidence)
                        select :number, :eventId, :type, :at, :evidence
                        from stray_parcel
                        where number = :number and not exists
                          (select 1 from stray_event where parcel_number = :number and event_id = :eventId)
                        """)
                .param("number", number)
                .param("eventId", event.eventId())
                .param("type", event.type().name())
                .param("at", event.at().atOffset(ZoneOffset.UTC))
                .param("evidence", String.join(",", event.evidence()))
                .update();
    }

    /** What was told of a parcel, in the order in which it happened. */
    List<ParcelEvent> events(StrayParcel it) {
        return jdbc
                .sql("select event_id, type, happened_at, evidence from stray_event where parcel_number = :number")
                .param("number", it.number())
                .query((row, n) -> new ParcelEvent(
                        row.getString("event_id"),
                        it.trackingNumber(),
                        it.carrier(),
                        it.authorization(),
                        it.caseNumber(),
                        ParcelEvent.Type.valueOf(row.getString("type")),
                        instant(row, "happened_at"),
                        ParcelEvent.ids(row.getString("evidence"))))
                .list()
                .stream()
                .sorted()
                .toList();
    }

    /** Somebody found where a parcel belongs, or that nobody knows it. */
    void decide(String number, StrayParcel.State state, String caseNumber, String by, String remark) {
        jdbc.sql("""
                        update stray_parcel
                        set state = :state, open_key = null, case_number = :caseNumber, decided_by = :by,
                            remark = :remark, decided_at = :now
                        where number = :number
                        """)
                .param("state", state.name())
                .param("caseNumber", caseNumber)
                .param("by", by)
                .param("remark", remark)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("number", number)
                .update();
    }

    /** A parcel by its number, which nobody else changes until the transaction ends. */
    StrayParcel lock(String number) {
        return jdbc.sql(SELECT + " where number = :number for update")
                .param("number", number)
                .query(Parcels::read)
                .single();
    }

    /** The latest that was known by a key, which nobody else changes until the transaction ends. */
    Optional<StrayParcel> lockByKey(String key) {
        return jdbc
                .sql("select number from stray_parcel where parcel_key = :key order by opened_at desc, number desc")
                .param("key", key)
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .map(this::lock);
    }

    private static final String SELECT = """
            select number, tracking_number, carrier, authorization_number, state, case_number, opened_at
            from stray_parcel
            """;

    private static StrayParcel read(ResultSet row, int n) throws SQLException {
        return new StrayParcel(
                row.getString("number"),
                row.getString("tracking_number"),
                row.getString("carrier"),
                row.getString("authorization_number"),
                StrayParcel.State.valueOf(row.getString("state")),
                row.getString("case_number"),
                instant(row, "opened_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
