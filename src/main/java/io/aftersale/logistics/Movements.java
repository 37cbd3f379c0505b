package io.aftersale.logistics;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of what was asked of the stock system and the carrier, and what they did. It decides nothing. */
@Repository
public class Movements {
    private final JdbcClient jdbc;
    private final Clock clock;

    Movements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Writes down what is to be done; for each purpose once a line of a case. */
    public void insert(Movement it) {
        jdbc.sql("""
                        insert into movement (id, case_number, merchant_id, line_id, sku, purpose, quantity, address,
                               state, asked_at)
                        values (:id, :caseNumber, :merchantId, :lineId, :sku, :purpose, :quantity, :address, 'OPEN',
                               :now)
                        """)
                .param("id", it.id())
                .param("caseNumber", it.caseNumber())
                .param("merchantId", it.merchantId())
                .param("lineId", it.lineId())
                .param("sku", it.sku())
                .param("purpose", it.purpose())
                .param("quantity", it.quantity())
                .param("address", it.address())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What is still to be done for a case. */
    List<Movement> open(String caseNumber) {
        return jdbc.sql("""
                        select id, case_number, merchant_id, line_id, sku, purpose, quantity, address, attempts
                        from movement where case_number = :caseNumber and state = 'OPEN' order by line_id, id
                        """)
                .param("caseNumber", caseNumber)
                .query(Movement.class)
                .list();
    }

    /** What a case has moved, or is to move, for this purpose. */
    public List<Movement> of(String caseNumber, String purpose) {
        return jdbc.sql("""
                        select id, case_number, merchant_id, line_id, sku, purpose, quantity, address, attempts
                        from movement where case_number = :caseNumber and purpose = :purpose order by line_id, id
                        """)
                .param("caseNumber", caseNumber)
                .param("purpose", purpose)
                .query(Movement.class)
                .list();
    }

    /** The parcels that are on their way to the buyer of a case, or were. */
    public List<SentParcel> parcels(String caseNumber) {
        return jdbc.sql("""
                        select case_number, line_id, purpose, quantity, reference, done_at
                        from movement
                        where case_number = :caseNumber and state = 'DONE'
                          and purpose in ('RETURN_TO_BUYER', 'REPLACEMENT', 'REPAIRED')
                        order by done_at, id
                        """)
                .param("caseNumber", caseNumber)
                .query(Movements::parcel)
                .list();
    }

    /** The parcel to a buyer that has this tracking number. */
    public Optional<SentParcel> findParcel(String trackingNumber) {
        return jdbc.sql("""
                        select case_number, line_id, purpose, quantity, reference, done_at
                        from movement
                        where reference = :trackingNumber
                          and purpose in ('RETURN_TO_BUYER', 'REPLACEMENT', 'REPAIRED')
                        """)
                .param("trackingNumber", trackingNumber)
                .query(Movements::parcel)
                .optional();
    }

    /** Whether the carrier was asked for it and has not answered yet, as far as we know. */
    boolean isOpen(String id) {
        return jdbc.sql("select count(*) from movement where id = :id and state = 'OPEN'")
                        .param("id", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void startAttempt(String id) {
        jdbc.sql("update movement set attempts = attempts + 1 where id = :id and state = 'OPEN'")
                .param("id", id)
                .update();
    }

    /** @return false when it was done before */
    boolean finish(String id, String reference) {
        return jdbc.sql("""
                                update movement set state = 'DONE', reference = :reference, done_at = :now
                                where id = :id and state = 'OPEN'
                                """)
                        .param("reference", reference)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .update()
                == 1;
    }

    private static SentParcel parcel(ResultSet row, int n) throws SQLException {
        return new SentParcel(
                row.getString("case_number"),
                row.getString("line_id"),
                row.getString("purpose"),
                row.getInt("quantity"),
                row.getString("reference"),
                row.getObject("done_at", OffsetDateTime.class).toInstant());
    }
}
