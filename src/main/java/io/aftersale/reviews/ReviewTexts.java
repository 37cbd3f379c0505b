package io.aftersale.reviews;

import io.aftersale.cases.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was written, revision by revision. Texts are added and never changed or deleted; only their fate is noted. */
@Repository
class ReviewTexts {
    private static final String COLUMNS = """
            text_no, merchant_id, review_number, part, revision, stars, content, status, author, written_at,
            published_at, hide_code, judged_by, remark
            """;

    private final JdbcClient jdbc;

    ReviewTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds the next revision of a part. */
    ReviewText add(String number, Draft draft, int revision, Instant at) {
        jdbc.sql("""
                        insert into review_text (merchant_id, review_number, part, revision, stars, content, status,
                               author, written_at)
                        values (:merchantId, :number, :part, :revision, :stars, :content, 'SCANNING', :author, :at)
                        """)
                .param("merchantId", draft.merchantId())
                .param("number", number)
                .param("part", draft.part().name())
                .param("revision", revision)
                .param("stars", draft.stars())
                .param("content", draft.content())
                .param("author", draft.author())
                .param("at", Times.column(at))
                .update();
        ReviewText added = latest(number, draft.part()).orElseThrow();
        int place = 0;
        for (String picture : draft.evidence()) {
            jdbc.sql("insert into review_picture (text_no, place, evidence_id) values (:textNo, :place, :picture)")
                    .param("textNo", added.textNo())
                    .param("place", ++place)
                    .param("picture", picture)
                    .update();
        }
        return added;
    }

    /** The revision of a part that counts. */
    Optional<ReviewText> latest(String number, Part part) {
        return jdbc.sql("select " + COLUMNS + """
                         from review_text where review_number = :number and part = :part
                        order by revision desc limit 1
                        """)
                .param("number", number)
                .param("part", part.name())
                .query(this::read)
                .optional();
    }

    /** Whether a part is there and public, or would be if the review were. */
    boolean isPublished(String number, Part part) {
        return latest(number, part).filter(ReviewText::isPublished).isPresent();
    }

    /** All that was ever written for a review, oldest first. */
    List<ReviewText> of(String number) {
        return jdbc.sql("select " + COLUMNS + " from review_text where review_number = :number order by text_no")
                .param("number", number)
                .query(this::read)
                .list();
    }

    void enter(long textNo, String status) {
        jdbc.sql("update review_text set status = :status where text_no = :textNo")
                .param("status", status)
                .param("textNo", textNo)
                .update();
    }

    void publish(long textNo, Instant at) {
        jdbc.sql("""
                        update review_text set published_at = coalesce(published_at, :at), hide_code = null
                        where text_no = :textNo
                        """).param("at", Times.column(at)).param("textNo", textNo).update();
    }

    /** Keeps what a moderator answered last: a legal reason where it is to be hidden, and the words beside it. */
    void judge(long textNo, String by, String hideCode, String remark) {
        jdbc.sql("""
                        update review_text set judged_by = :by, hide_code = :code, remark = :remark
                        where text_no = :textNo
                        """)
                .param("by", by)
                .param("code", hideCode)
                .param("remark", remark)
                .param("textNo", textNo)
                .update();
    }

    /** How many texts an author has written since then. */
    long countSince(String merchantId, String author, Instant since) {
        return jdbc.sql("""
                        select count(*) from review_text
                        where merchant_id = :merchantId and author = :author and written_at > :since
                        """)
                .param("merchantId", merchantId)
                .param("author", author)
                .param("since", Times.column(since))
                .query(Long.class)
                .single();
    }

    private ReviewText read(ResultSet row, int n) throws SQLException {
        long textNo = row.getLong("text_no");
        return new ReviewText(
                textNo,
                row.getString("merchant_id"),
                row.getString("review_number"),
                Part.valueOf(row.getString("part")),
                row.getInt("revision"),
                row.getObject("stars", Integer.class),
                row.getString("content"),
                row.getString("status"),
                row.getString("author"),
                Times.instant(row, "written_at"),
                Times.instant(row, "published_at"),
                row.getString("hide_code"),
                row.getString("judged_by"),
                row.getString("remark"),
                pictures(textNo));
    }

    private List<String> pictures(long textNo) {
        return jdbc.sql("select evidence_id from review_picture where text_no = :textNo order by place")
                .param("textNo", textNo)
                .query(String.class)
                .list();
    }
}
