package io.aftersale.goods;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of return authorizations. It writes what it is given; each step is written once. */
@Repository
class ReturnAuthorizations {
    private static final String SELECT = """
            select case_number, merchant_id, number, address, authorized_at, carrier, tracking_number, shipped_at,
                   received_at, ended_at, offered_minor, offer_answer
            from return_authorization
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ReturnAuthorizations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void insert(String caseNumber, String merchantId, String number, String address) {
        jdbc.sql("""
                        insert into return_authorization (case_number, merchant_id, number, address, authorized_at)
                        values (:caseNumber, :merchantId, :number, :address, :now)
                        """)
                .param("caseNumber", caseNumber)
                .param("merchantId", merchantId)
                .param("number", number)
                .param("address", address)
                .param("now", now())
                .update();
    }

    Optional<ReturnAuthorization> find(String caseNumber) {
        return jdbc.sql(SELECT + " where case_number = :caseNumber")
                .param("caseNumber", caseNumber)
                .query(ReturnAuthorizations::read)
                .optional();
    }

    Optional<ReturnAuthorization> findByNumber(String number) {
        return jdbc.sql(SELECT + " where number = :number")
                .param("number", number)
                .query(ReturnAuthorizations::read)
                .optional();
    }

    Optional<ReturnAuthorization> findByTrackingNumber(String trackingNumber) {
        return jdbc.sql(SELECT + " where tracking_number = :trackingNumber")
                .param("trackingNumber", trackingNumber)
                .query(ReturnAuthorizations::read)
                .optional();
    }

    /** @return false when it was shipped before, or nothing may be sent any more */
    boolean ship(String caseNumber, String carrier, String trackingNumber) {
        return jdbc.sql("""
                                update return_authorization
                                set carrier = :carrier, tracking_number = :trackingNumber, shipped_at = :now
                                where case_number = :caseNumber and shipped_at is null and ended_at is null
                                """)
                        .param("carrier", carrier)
                        .param("trackingNumber", trackingNumber)
                        .param("now", now())
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    /** @return false when it was received before, not shipped yet, or over */
    boolean receive(String caseNumber) {
        return jdbc.sql("""
                                update return_authorization set received_at = :now
                                where case_number = :caseNumber and shipped_at is not null and received_at is null
                                  and ended_at is null
                                """).param("now", now()).param("caseNumber", caseNumber).update() == 1;
    }

    void end(String caseNumber) {
        jdbc.sql("update return_authorization set ended_at = :now where case_number = :caseNumber and ended_at is null")
                .param("now", now())
                .param("caseNumber", caseNumber)
                .update();
    }

    void offer(String caseNumber, long offeredMinor) {
        jdbc.sql("update return_authorization set offered_minor = :offered where case_number = :caseNumber")
                .param("offered", offeredMinor)
                .param("caseNumber", caseNumber)
                .update();
    }

    /** @return false when the offer was answered before */
    boolean answerOffer(String caseNumber, String answer) {
        return jdbc.sql("""
                                update return_authorization set offer_answer = :answer
                                where case_number = :caseNumber and offered_minor is not null and offer_answer is null
                                """)
                        .param("answer", answer)
                        .param("caseNumber", caseNumber)
                        .update()
                == 1;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static ReturnAuthorization read(ResultSet row, int n) throws SQLException {
        return new ReturnAuthorization(
                row.getString("case_number"),
                row.getString("merchant_id"),
                row.getString("number"),
                row.getString("address"),
                instant(row, "authorized_at"),
                row.getString("carrier"),
                row.getString("tracking_number"),
                instant(row, "shipped_at"),
                instant(row, "received_at"),
                instant(row, "ended_at"),
                row.getObject("offered_minor", Long.class),
                row.getString("offer_answer"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
