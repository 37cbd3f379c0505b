package io.aftersale.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The store of what was compared and what differed, and our record of payouts as it stands in the database: read here by
 * statements of its own, so that a fault of the room that pays cannot hide itself. Differences are only ever added and
 * answered.
 */
@Repository
class Books {
    private static final String PAYOUT = """
            select id, case_number, merchant_id, order_id, tender_id, amount_minor, currency, status, outside_reference
            from payout
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Books(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<BookedPayout> payout(String id) {
        return jdbc.sql(PAYOUT + " where id = :id")
                .param("id", id)
                .query(BookedPayout.class)
                .optional();
    }

    /** What our record says that the provider paid from one instant to another. */
    List<BookedPayout> settledByProvider(Instant from, Instant to) {
        return jdbc.sql(PAYOUT + """
                         where settled_at >= :from and settled_at < :to and status = 'SETTLED'
                           and outside_reference is null order by id
                        """)
                .param("from", column(from))
                .param("to", column(to))
                .query(BookedPayout.class)
                .list();
    }

    /** The last day that was compared; empty before the first. */
    Optional<LocalDate> lastDay() {
        return jdbc.sql("select checked_day from book_check order by checked_day desc limit 1")
                .query(LocalDate.class)
                .optional();
    }

    /** A day was read whole and compared. Harmless when repeated. */
    void checked(LocalDate day, int bookings, int differences) {
        int known = jdbc.sql("""
                        update book_check set checked_at = :now, bookings = :bookings, differences = :differences
                        where checked_day = :day
                        """)
                .param("now", column(clock.instant()))
                .param("bookings", bookings)
                .param("differences", differences)
                .param("day", day)
                .update();
        if (known == 0) {
            jdbc.sql("""
                            insert into book_check (checked_day, checked_at, bookings, differences)
                            values (:day, :now, :bookings, :differences)
                            """)
                    .param("day", day)
                    .param("now", column(clock.instant()))
                    .param("bookings", bookings)
                    .param("differences", differences)
                    .update();
        }
    }

    boolean isKnown(String key, Difference.Kind kind) {
        return jdbc.sql("select count(*) from book_difference where payout_key = :key and kind = :kind")
                        .param("key", key)
                        .param("kind", kind.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether somebody here works for this merchant, as far as orders show. */
    boolean isMerchant(String merchantId) {
        return jdbc.sql("select count(*) from (select 1 from shop_order where merchant_id = :merchantId limit 1) known")
                        .param("merchantId", merchantId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    long nextNumber() {
        return jdbc.sql("select nextval('book_difference_seq')")
                .query(Long.class)
                .single();
    }

    /** Fails where the same was noted before. */
    void add(Difference found) {
        jdbc.sql("""
                        insert into book_difference (number, book_day, kind, payout_key, merchant_id, case_number, ours,
                               theirs, found_at)
                        values (:number, :day, :kind, :key, :merchantId, :caseNumber, :ours, :theirs, :foundAt)
                        """)
                .param("number", found.number())
                .param("day", found.day())
                .param("kind", found.kind().name())
                .param("key", found.key())
                .param("merchantId", found.merchantId())
                .param("caseNumber", found.caseNumber())
                .param("ours", found.ours())
                .param("theirs", found.theirs())
                .param("foundAt", column(found.foundAt()))
                .update();
    }

    Difference find(String number) {
        return jdbc.sql("""
                        select number, book_day, kind, payout_key, merchant_id, case_number, ours, theirs, found_at
                        from book_difference where number = :number
                        """).param("number", number).query(Books::read).single();
    }

    /** @return false when it was answered before */
    boolean answer(String number, String decision, String reference, String remark, String who) {
        return jdbc.sql("""
                                update book_difference
                                set decision = :decision, reference = :reference, remark = :remark, decided_by = :who,
                                    decided_at = :now
                                where number = :number and decision is null
                                """)
                        .param("decision", decision)
                        .param("reference", reference)
                        .param("remark", remark)
                        .param("who", who)
                        .param("now", column(clock.instant()))
                        .param("number", number)
                        .update()
                == 1;
    }

    long open() {
        return jdbc.sql("select count(*) from book_difference where decision is null")
                .query(Long.class)
                .single();
    }

    private static OffsetDateTime column(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Difference read(ResultSet row, int n) throws SQLException {
        return new Difference(
                row.getString("number"),
                row.getObject("book_day", LocalDate.class),
                Difference.Kind.valueOf(row.getString("kind")),
                row.getString("payout_key"),
                row.getString("merchant_id"),
                row.getString("case_number"),
                row.getString("ours"),
                row.getString("theirs"),
                row.getObject("found_at", OffsetDateTime.class).toInstant());
    }
}
