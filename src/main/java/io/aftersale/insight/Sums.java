package io.aftersale.insight;

import io.aftersale.insight.SumKey.Shape;
import io.aftersale.insight.SumKey.Span;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of the sums by day and month. Only who holds the fold writes here, so rows are made without a race. */
@Repository
class Sums {
    private static final String KEY =
            "merchant_id, shape, span, starts_on, kind, reason, sku, currency, measure, n, total, squares, buckets";
    private static final String AT = """
            merchant_id = :merchantId and shape = :shape and span = :span and starts_on = :startsOn and kind = :kind
            and reason = :reason and sku = :sku and currency = :currency and measure = :measure
            """;

    private final JdbcClient jdbc;

    Sums(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets one fold at a time, on all nodes, until the transaction ends. */
    void hold() {
        jdbc.sql("select id from statistic_fold where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    void add(Map<SumKey, Tally> more) {
        new TreeMap<>(more).forEach(this::add);
    }

    private void add(SumKey key, Tally more) {
        if (more.isNothing()) {
            return;
        }
        Optional<String> buckets = more.buckets().isEmpty()
                ? Optional.empty()
                : at(jdbc.sql("select buckets from statistic_sum where " + AT), key)
                        .query(String.class)
                        .optional();
        var merged = Buckets.read(buckets.orElse(""));
        merged.add(more.buckets());
        String text = merged.write();
        int there = amounts(
                        at(
                                jdbc.sql("update statistic_sum set n = n + :n, total = total + :total,"
                                        + " squares = squares + :squares"
                                        + (more.buckets().isEmpty() ? "" : ", buckets = :buckets")
                                        + " where " + AT),
                                key),
                        more,
                        text)
                .update();
        if (there == 0) {
            amounts(
                            at(
                                    jdbc.sql("insert into statistic_sum (" + KEY
                                            + ") values (:merchantId, :shape, :span, :startsOn, :kind, :reason, :sku,"
                                            + " :currency, :measure, :n, :total, :squares, :buckets)"),
                                    key),
                            more,
                            text)
                    .update();
        }
    }

    private static JdbcClient.StatementSpec at(JdbcClient.StatementSpec statement, SumKey key) {
        return statement
                .param("merchantId", key.merchantId())
                .param("shape", key.shape().name())
                .param("span", key.span().name())
                .param("startsOn", key.startsOn())
                .param("kind", key.kind())
                .param("reason", key.reason())
                .param("sku", key.sku())
                .param("currency", key.currency())
                .param("measure", key.measure());
    }

    private static JdbcClient.StatementSpec amounts(JdbcClient.StatementSpec statement, Tally more, String buckets) {
        return statement
                .param("n", more.n())
                .param("total", new BigDecimal(more.total()))
                .param("squares", new BigDecimal(more.squares()))
                .param("buckets", buckets);
    }

    /**
     * Reads what begins within some days, summed up by all but the day where {@code byDay} is false. Times come row by
     * row, since their buckets are merged by who asks.
     */
    void read(
            Collection<String> merchants,
            Shape shape,
            Span span,
            LocalDate from,
            LocalDate to,
            boolean byDay,
            BiConsumer<SumKey, Tally> each) {
        String where = """
                 from statistic_sum
                where merchant_id in (:merchants) and shape = :shape and span = :span and starts_on between :from and :to
                """;
        String rules = byDay ? " and measure not like 'RULE:%'" : "";
        for (String sql : List.of(
                "select merchant_id, shape, span, " + (byDay ? "starts_on" : "cast(:from as date) as starts_on")
                        + ", kind, reason, sku, currency, measure, sum(n) as n, sum(total) as total,"
                        + " sum(squares) as squares, '' as buckets" + where + " and measure not like '%TIME'" + rules
                        + " group by merchant_id, shape, span, kind, reason, sku, currency, measure"
                        + (byDay ? ", starts_on" : ""),
                "select " + KEY + where + " and measure like '%TIME'")) {
            jdbc.sql(sql)
                    .param("merchants", merchants)
                    .param("shape", shape.name())
                    .param("span", span.name())
                    .param("from", from)
                    .param("to", to)
                    .query(row -> {
                        each.accept(key(row), tally(row));
                    });
        }
    }

    /** Every row there is. */
    void all(BiConsumer<SumKey, Tally> each) {
        jdbc.sql("select " + KEY + " from statistic_sum").query(row -> {
            each.accept(key(row), tally(row));
        });
    }

    private static SumKey key(ResultSet row) throws SQLException {
        return new SumKey(
                row.getString("merchant_id"),
                Shape.valueOf(row.getString("shape")),
                Span.valueOf(row.getString("span")),
                row.getObject("starts_on", LocalDate.class),
                row.getString("kind"),
                row.getString("reason"),
                row.getString("sku"),
                row.getString("currency"),
                row.getString("measure"));
    }

    private static Tally tally(ResultSet row) throws SQLException {
        var tally = new Tally();
        tally.add(
                row.getBigDecimal("n").longValueExact(),
                row.getBigDecimal("total").toBigIntegerExact(),
                row.getBigDecimal("squares").toBigIntegerExact());
        tally.buckets().add(Buckets.read(row.getString("buckets")));
        return tally;
    }
}
