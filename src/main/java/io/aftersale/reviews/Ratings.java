package io.aftersale.reviews;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The counters of the ratings: five for each product and day of a merchant, and nothing else. They follow the reviews in
 * the transaction that changes them; what a review counts for stands on its row, so that nothing is counted twice.
 */
@Repository
public class Ratings {
    private static final int MOST_STARS = 5;
    private static final String SUMS = """
            select coalesce(sum(c1), 0) as c1, coalesce(sum(c2), 0) as c2, coalesce(sum(c3), 0) as c3,
                   coalesce(sum(c4), 0) as c4, coalesce(sum(c5), 0) as c5 from rating_day
            where merchant_id = :merchantId
            """;

    private static final Logger LOG = LoggerFactory.getLogger(Ratings.class);

    private final JdbcClient jdbc;
    private final Reviews reviews;
    private final TransactionTemplate savepoint;

    Ratings(JdbcClient jdbc, Reviews reviews, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reviews = reviews;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Lets the counters say what a review counts for now. Asked again, it changes nothing. */
    void follow(Review locked) {
        Integer now = locked.isPublished() ? locked.stars() : null;
        if (Objects.equals(now, locked.countedStars())) {
            return;
        }
        if (locked.countedStars() != null) {
            add(locked, locked.countedStars(), -1);
        }
        if (now != null) {
            add(locked, now, 1);
        }
        reviews.count(locked.number(), now);
    }

    /**
     * The rating of a product, or of all products where {@code sku} is null. The cost depends on the days with reviews,
     * never on the reviews.
     *
     * @param from the first day that counts, in the market's zone; null for the first of all
     * @param to the last day that counts; null for the last of all
     */
    public Rating of(String merchantId, String sku, LocalDate from, LocalDate to) {
        var sql = new StringBuilder(SUMS);
        if (sku != null) {
            sql.append(" and sku = :sku");
        }
        if (from != null) {
            sql.append(" and counted_on >= :from");
        }
        if (to != null) {
            sql.append(" and counted_on <= :to");
        }
        return jdbc.sql(sql.toString())
                .param("merchantId", merchantId)
                .param("sku", sku)
                .param("from", from)
                .param("to", to)
                .query((row, n) -> new Rating(List.of(
                        row.getLong("c1"), row.getLong("c2"), row.getLong("c3"), row.getLong("c4"), row.getLong("c5"))))
                .single();
    }

    /** A day whose counters are not what the published reviews say. */
    record Difference(String merchantId, String sku, LocalDate day, List<Long> tooMany) {}

    /** Counts the published reviews anew, in one statement and so at one moment, and tells where the counters differ. */
    List<Difference> recount() {
        return jdbc.sql("""
                        select merchant_id, sku, counted_on, sum(c1) as c1, sum(c2) as c2, sum(c3) as c3, sum(c4) as c4,
                               sum(c5) as c5
                        from (
                            select merchant_id, sku, counted_on, c1, c2, c3, c4, c5 from rating_day
                            union all
                            select merchant_id, sku, published_on,
                                   -sum(case when stars = 1 then 1 else 0 end),
                                   -sum(case when stars = 2 then 1 else 0 end),
                                   -sum(case when stars = 3 then 1 else 0 end),
                                   -sum(case when stars = 4 then 1 else 0 end),
                                   -sum(case when stars = 5 then 1 else 0 end)
                            from review where status = 'PUBLISHED' group by merchant_id, sku, published_on
                        ) both_sides
                        group by merchant_id, sku, counted_on
                        having sum(c1) <> 0 or sum(c2) <> 0 or sum(c3) <> 0 or sum(c4) <> 0 or sum(c5) <> 0
                        """)
                .query((row, n) -> new Difference(
                        row.getString("merchant_id"),
                        row.getString("sku"),
                        row.getObject("counted_on", LocalDate.class),
                        List.of(
                                row.getLong("c1"),
                                row.getLong("c2"),
                                row.getLong("c3"),
                                row.getLong("c4"),
                                row.getLong("c5"))))
                .list();
    }

    private void add(Review review, int stars, int change) {
        if (stars < 1 || stars > MOST_STARS) {
            throw new IllegalArgumentException("There is no counter of " + stars + " stars");
        }
        if (change(review, stars, change) == 0) {
            begin(review);
            change(review, stars, change);
        }
    }

    private int change(Review review, int stars, int change) {
        return jdbc.sql("update rating_day set c%1$d = c%1$d + :change".formatted(stars)
                        + " where merchant_id = :merchantId and sku = :sku and counted_on = :day")
                .param("change", change)
                .param("merchantId", review.merchantId())
                .param("sku", review.sku())
                .param("day", review.publishedOn())
                .update();
    }

    /** Makes the counters of a day. Who comes second waits for the first one and finds them made. */
    private void begin(Review review) {
        try {
            savepoint.executeWithoutResult(status -> jdbc.sql("""
                            insert into rating_day (merchant_id, sku, counted_on, c1, c2, c3, c4, c5)
                            values (:merchantId, :sku, :day, 0, 0, 0, 0, 0)
                            """)
                    .param("merchantId", review.merchantId())
                    .param("sku", review.sku())
                    .param("day", review.publishedOn())
                    .update());
        } catch (DuplicateKeyException made) {
            // That they are there is all that was wanted.
            LOG.debug("Somebody else made the counters of {}", review.publishedOn());
        }
    }
}
