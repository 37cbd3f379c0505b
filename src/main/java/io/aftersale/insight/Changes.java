package io.aftersale.insight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.RecordFollower;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Follows each record in the transaction that changes it: works out what it counts for now, and writes the difference to
 * what it counted for before. It adds rows and waits for nobody but those who change the same record, so that no counter
 * is fought for. Told twice, or of something that did not change a figure, it writes nothing.
 */
@Repository
class Changes implements RecordFollower {
    private static final TypeReference<List<Fact>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Facts facts;
    private final ObjectMapper json;

    Changes(JdbcClient jdbc, Facts facts, ObjectMapper json) {
        this.jdbc = jdbc;
        this.facts = facts;
        this.json = json;
    }

    /** Joins the transaction of whoever changes the record; whoever has none gets one, so that all of it counts or none. */
    @Override
    @Transactional
    public void changed(String number) {
        Optional<String> counted = jdbc.sql("select counted from statistic_record where number = :number for update")
                .param("number", number)
                .query(String.class)
                .optional();
        Set<Fact> now = new LinkedHashSet<>(facts.of(number));
        if (now.isEmpty() && counted.isEmpty()) {
            return;
        }
        Set<Fact> before = new HashSet<>(counted.map(this::read).orElse(List.of()));
        if (now.equals(before)) {
            return;
        }
        before.stream().filter(fact -> !now.contains(fact)).forEach(fact -> insert(fact, -1));
        now.stream().filter(fact -> !before.contains(fact)).forEach(fact -> insert(fact, 1));
        jdbc.sql(
                        counted.isPresent()
                                ? "update statistic_record set counted = :counted where number = :number"
                                : "insert into statistic_record (number, counted) values (:number, :counted)")
                .param("number", number)
                .param("counted", write(now))
                .update();
    }

    /** Records from before there were figures, which nobody has counted yet. */
    List<String> uncounted(int most) {
        return jdbc.sql("select number from statistic_record where counted = '[]' order by number limit :most")
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** A change that waits to be folded. */
    record Waiting(long changeNo, Fact fact, Tally tally) {}

    /** The oldest changes that wait. */
    List<Waiting> waiting(int most) {
        return list("select * from statistic_change order by change_no limit :most", Set.of("-"), null, null, most);
    }

    /** The changes of some merchants and days that wait. */
    List<Waiting> waiting(Collection<String> merchants, LocalDate from, LocalDate to) {
        return list("""
                select * from statistic_change
                where merchant_id in (:merchants) and counted_on between :from and :to limit :most
                """, merchants, from, to, Integer.MAX_VALUE);
    }

    void drop(List<Waiting> folded) {
        for (int at = 0; at < folded.size(); at += 500) {
            jdbc.sql("delete from statistic_change where change_no in (:numbers)")
                    .param(
                            "numbers",
                            folded.subList(at, Math.min(folded.size(), at + 500)).stream()
                                    .map(Waiting::changeNo)
                                    .toList())
                    .update();
        }
    }

    private List<Waiting> list(String sql, Collection<String> merchants, LocalDate from, LocalDate to, int most) {
        return jdbc.sql(sql)
                .param("merchants", merchants)
                .param("from", from)
                .param("to", to)
                .param("most", most)
                .query((row, number) -> {
                    var fact = new Fact(
                            row.getString("merchant_id"),
                            row.getObject("counted_on", LocalDate.class),
                            row.getString("kind"),
                            row.getString("reason"),
                            row.getString("sku"),
                            row.getString("currency"),
                            row.getString("measure"),
                            row.getInt("bucket"),
                            row.getLong("n"),
                            row.getBigDecimal("total").longValueExact());
                    var tally = new Tally();
                    tally.add(
                            fact.n(),
                            row.getBigDecimal("total").toBigIntegerExact(),
                            row.getBigDecimal("squares").toBigIntegerExact());
                    if (fact.bucket() != Fact.NO_BUCKET) {
                        tally.buckets().add(fact.bucket(), fact.n());
                    }
                    return new Waiting(row.getLong("change_no"), fact, tally);
                })
                .list();
    }

    private void insert(Fact fact, int sign) {
        jdbc.sql("""
                        insert into statistic_change (merchant_id, counted_on, kind, reason, sku, currency, measure,
                               bucket, n, total, squares)
                        values (:merchantId, :day, :kind, :reason, :sku, :currency, :measure, :bucket, :n, :total,
                               :squares)
                        """)
                .param("merchantId", fact.merchantId())
                .param("day", fact.day())
                .param("kind", fact.kind())
                .param("reason", fact.reason())
                .param("sku", fact.sku())
                .param("currency", fact.currency())
                .param("measure", fact.measure())
                .param("bucket", fact.bucket())
                .param("n", sign * fact.n())
                .param("total", sign * fact.total())
                .param("squares", new BigDecimal(fact.squares()).multiply(BigDecimal.valueOf(sign)))
                .update();
    }

    private List<Fact> read(String text) {
        try {
            return json.readValue(text, FACTS);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("What a record counted for cannot be read", impossible);
        }
    }

    private String write(Collection<Fact> counted) {
        try {
            return json.writeValueAsString(new ArrayList<>(counted));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("What a record counts for cannot be written", impossible);
        }
    }
}
