package io.aftersale.reviews;

import io.aftersale.cases.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reviews, one for each order line. */
@Repository
class Reviews {
    private static final String COLUMNS = """
            number, merchant_id, order_id, line_id, sku, title, buyer_id, status, outcome, stars, revision, opened_at,
            written_at, published_at, published_on, counted_stars, hide_code, hidden_by, hidden_at
            """;

    private final JdbcClient jdbc;

    Reviews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long nextNumber() {
        return jdbc.sql("select nextval('review_number_seq')").query(Long.class).single();
    }

    void insert(Review it) {
        jdbc.sql("""
                        insert into review (number, merchant_id, order_id, line_id, sku, title, buyer_id, status, stars,
                               revision, opened_at, written_at)
                        values (:number, :merchantId, :orderId, :lineId, :sku, :title, :buyerId, :status, :stars,
                               :revision, :openedAt, :writtenAt)
                        """)
                .param("number", it.number())
                .param("merchantId", it.merchantId())
                .param("orderId", it.orderId())
                .param("lineId", it.lineId())
                .param("sku", it.sku())
                .param("title", it.title())
                .param("buyerId", it.buyerId())
                .param("status", it.status())
                .param("stars", it.stars())
                .param("revision", it.revision())
                .param("openedAt", Times.column(it.openedAt()))
                .param("writtenAt", Times.column(it.writtenAt()))
                .update();
    }

    Optional<Review> find(String number) {
        return jdbc.sql("select " + COLUMNS + " from review where number = :number")
                .param("number", number)
                .query(Reviews::read)
                .optional();
    }

    Optional<Review> find(String merchantId, String number) {
        return find(number).filter(it -> it.merchantId().equals(merchantId));
    }

    Optional<Review> findOfLine(String merchantId, String orderId, String lineId) {
        return jdbc.sql("select " + COLUMNS + """
                         from review
                        where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId
                        """)
                .param("merchantId", merchantId)
                .param("orderId", orderId)
                .param("lineId", lineId)
                .query(Reviews::read)
                .optional();
    }

    /** Like {@link #find(String)}, and keeps others from changing the review until the transaction ends. */
    Review lock(String number) {
        return jdbc.sql("select " + COLUMNS + " from review where number = :number for update")
                .param("number", number)
                .query(Reviews::read)
                .single();
    }

    /** What a list may be narrowed to; null means any. {@code before} is the last number of the page before. */
    record Filter(String orderId, String buyerId, String sku, String status, String before) {}

    /** Newest first. */
    List<Review> list(String merchantId, Filter filter, int limit) {
        var sql = new StringBuilder("select " + COLUMNS + " from review where merchant_id = :merchantId");
        narrow(sql, "order_id = :orderId", filter.orderId());
        narrow(sql, "buyer_id = :buyerId", filter.buyerId());
        narrow(sql, "sku = :sku", filter.sku());
        narrow(sql, "status = :status", filter.status());
        narrow(sql, "number < :before", filter.before());
        return jdbc.sql(sql.append(" order by number desc limit :limit").toString())
                .param("merchantId", merchantId)
                .param("orderId", filter.orderId())
                .param("buyerId", filter.buyerId())
                .param("sku", filter.sku())
                .param("status", filter.status())
                .param("before", filter.before())
                .param("limit", limit)
                .query(Reviews::read)
                .list();
    }

    /** The published reviews of a product in an order of the readers' choice, behind the last one of the page before. */
    List<Review> listOfProduct(String merchantId, String sku, Sorting sorting, Review last, int limit) {
        var sql = new StringBuilder("select " + COLUMNS + """
                 from review where merchant_id = :merchantId and sku = :sku and status = 'PUBLISHED'
                """);
        if (last != null) {
            sql.append(" and ").append(sorting.behind());
        }
        return jdbc.sql(sql.append(" order by ")
                        .append(sorting.order())
                        .append(" limit :limit")
                        .toString())
                .param("merchantId", merchantId)
                .param("sku", sku)
                .param("at", last == null ? null : Times.column(last.publishedAt()))
                .param("stars", last == null ? null : last.stars())
                .param("number", last == null ? null : last.number())
                .param("limit", limit)
                .query(Reviews::read)
                .list();
    }

    void write(String number, Integer stars, int revision, Instant at) {
        jdbc.sql("""
                        update review set stars = :stars, revision = :revision, written_at = coalesce(written_at, :at)
                        where number = :number
                        """)
                .param("stars", stars)
                .param("revision", revision)
                .param("at", Times.column(at))
                .param("number", number)
                .update();
    }

    void enter(String number, String status, String outcome) {
        jdbc.sql("update review set status = :status, outcome = :outcome where number = :number")
                .param("status", status)
                .param("outcome", outcome)
                .param("number", number)
                .update();
    }

    /** When it was published first; a later publication leaves this as it is. */
    void publish(String number, Instant at, LocalDate on) {
        jdbc.sql("""
                        update review set published_at = :at, published_on = :on
                        where number = :number and published_at is null
                        """)
                .param("at", Times.column(at))
                .param("on", on)
                .param("number", number)
                .update();
    }

    void count(String number, Integer stars) {
        jdbc.sql("update review set counted_stars = :stars where number = :number")
                .param("stars", stars)
                .param("number", number)
                .update();
    }

    /** Keeps why it is hidden; nulls when it no longer is. */
    void hide(String number, String code, String by, Instant at) {
        jdbc.sql("update review set hide_code = :code, hidden_by = :by, hidden_at = :at where number = :number")
                .param("code", code)
                .param("by", by)
                .param("at", Times.column(at))
                .param("number", number)
                .update();
    }

    private static void narrow(StringBuilder sql, String condition, String value) {
        if (value != null) {
            sql.append(" and ").append(condition);
        }
    }

    private static Review read(ResultSet row, int n) throws SQLException {
        return new Review(
                row.getString("number"),
                row.getString("merchant_id"),
                row.getString("order_id"),
                row.getString("line_id"),
                row.getString("sku"),
                row.getString("title"),
                row.getString("buyer_id"),
                row.getString("status"),
                row.getString("outcome"),
                row.getObject("stars", Integer.class),
                row.getInt("revision"),
                Times.instant(row, "opened_at"),
                Times.instant(row, "written_at"),
                Times.instant(row, "published_at"),
                row.getObject("published_on", LocalDate.class),
                row.getObject("counted_stars", Integer.class),
                row.getString("hide_code"),
                row.getString("hidden_by"),
                Times.instant(row, "hidden_at"));
    }
}
