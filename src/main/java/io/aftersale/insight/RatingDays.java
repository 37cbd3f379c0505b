package io.aftersale.insight;

import io.aftersale.insight.Question.Dimension;
import io.aftersale.reviews.Rating;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the counters that the reviews keep of their ratings. It counts nothing itself. */
@Repository
class RatingDays {
    private final JdbcClient jdbc;

    RatingDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ratings by group; empty where a question tells apart what ratings do not know. */
    Map<GroupKey, Rating> of(Collection<String> merchants, Question question) {
        if (question.asks(Dimension.KIND) || question.asks(Dimension.REASON)) {
            return Map.of();
        }
        String sku = question.asks(Dimension.SKU) ? "sku" : "''";
        String day = question.asks(Dimension.DAY) ? "counted_on" : "cast(null as date)";
        String merchant = question.asks(Dimension.MERCHANT) ? "merchant_id" : "''";
        var ratings = new HashMap<GroupKey, Rating>();
        jdbc.sql("select the_sku, the_day, the_merchant, sum(c1) as c1, sum(c2) as c2, sum(c3) as c3, sum(c4) as c4,"
                        + " sum(c5) as c5 from (select " + sku + " as the_sku, " + day + " as the_day, " + merchant
                        + " as the_merchant, c1, c2, c3, c4, c5 from rating_day"
                        + " where merchant_id in (:merchants) and counted_on between :from and :to) days"
                        + " group by the_sku, the_day, the_merchant")
                .param("merchants", merchants)
                .param("from", question.from())
                .param("to", question.to())
                .query(row -> {
                    var key = new GroupKey(
                            "",
                            row.getObject("the_day", LocalDate.class),
                            row.getString("the_sku"),
                            row.getString("the_merchant"),
                            "");
                    ratings.put(
                            key,
                            new Rating(List.of(
                                    row.getLong("c1"),
                                    row.getLong("c2"),
                                    row.getLong("c3"),
                                    row.getLong("c4"),
                                    row.getLong("c5"))));
                });
        return ratings;
    }
}
