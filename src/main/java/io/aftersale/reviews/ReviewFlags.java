package io.aftersale.reviews;

import io.aftersale.cases.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What readers object to. A reader flags a review once; flags are closed by the look that they led to. */
@Repository
class ReviewFlags {
    private final JdbcClient jdbc;
    private final Clock clock;

    ReviewFlags(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Flag(Part part, String readerId, HideCode reason, String text, Instant flaggedAt, Instant lookedAt) {}

    void add(Review review, Part part, String readerId, HideCode reason, String text) {
        jdbc.sql("""
                        insert into review_flag (merchant_id, review_number, part, reader_id, reason, text, flagged_at)
                        values (:merchantId, :number, :part, :readerId, :reason, :text, :at)
                        """)
                .param("merchantId", review.merchantId())
                .param("number", review.number())
                .param("part", part.name())
                .param("readerId", readerId)
                .param("reason", reason.name())
                .param("text", text)
                .param("at", Times.column(clock.instant()))
                .update();
    }

    boolean exists(String number, String readerId) {
        return jdbc.sql("select count(*) from review_flag where review_number = :number and reader_id = :readerId")
                        .param("number", number)
                        .param("readerId", readerId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Oldest first. */
    List<Flag> of(String number) {
        return jdbc.sql("""
                        select part, reader_id, reason, text, flagged_at, looked_at from review_flag
                        where review_number = :number order by flagged_at, reader_id
                        """)
                .param("number", number)
                .query((row, n) -> new Flag(
                        Part.valueOf(row.getString("part")),
                        row.getString("reader_id"),
                        HideCode.valueOf(row.getString("reason")),
                        row.getString("text"),
                        Times.instant(row, "flagged_at"),
                        Times.instant(row, "looked_at")))
                .list();
    }

    /** Somebody has looked at a part. */
    void close(String number, Part part, Instant at) {
        jdbc.sql("""
                        update review_flag set looked_at = :at
                        where review_number = :number and part = :part and looked_at is null
                        """)
                .param("at", Times.column(at))
                .param("number", number)
                .param("part", part.name())
                .update();
    }
}
