package io.aftersale.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.Caller;
import io.aftersale.insight.SumKey.Shape;
import io.aftersale.support.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * A year is read in the same time whether a thousand, fifty thousand or a million cases are behind it. The sums are
 * seeded as that many cases, spread over all days, kinds and reasons, would have left them.
 */
class StatisticsSpeed {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsSpeed.class);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate BEGIN = LocalDate.of(2025, 11, 22);
    private static final int DAYS = 365;
    private static final List<String> KINDS = List.of("REFUND", "RETURN", "EXCHANGE", "REPAIR");
    private static final int REASONS = 10;
    private static final int RUNS = 7;

    @Test
    void a_million_cases_take_no_longer_than_fifty_thousand() {
        Map<String, Long> few = millisOf(1_000);
        Map<String, Long> many = millisOf(50_000);
        Map<String, Long> most = millisOf(1_000_000);

        LOG.info("A year in ms by question: 1,000 cases {}, 50,000 cases {}, 1,000,000 cases {}", few, many, most);
        most.forEach((question, millis) -> {
            assertThat(millis).as("%s over a million", question).isLessThan(2_000);
            assertThat(millis)
                    .as("%s over a million beside fifty thousand", question)
                    .isLessThanOrEqualTo(50 + 3 * many.get(question));
        });
    }

    private static Map<String, Long> millisOf(int cases) {
        DataSource source = Database.H2.open();
        seed(source, cases);
        var jdbc = JdbcClient.create(source);
        var desk = new StatisticsDesk(
                new Sums(jdbc),
                new Changes(jdbc, new Facts(jdbc, ZONE), new ObjectMapper().findAndRegisterModules()),
                new RatingDays(jdbc),
                Clock.fixed(Instant.parse("2026-11-22T04:00:00Z"), ZoneOffset.UTC),
                ZONE,
                new DataSourceTransactionManager(source));
        var owner = new Caller("owner", Set.of("process-owners"), Set.of("M-1"));
        var millis = new HashMap<String, Long>();
        for (String by : List.of("kind", "day", "kind,day", "kind,reason")) {
            var runs = new ArrayList<Long>();
            for (int run = 0; run < RUNS; run++) {
                long begun = System.nanoTime();
                var answer = desk.answer(owner, "M-1", "2025-11-22", "2026-11-21", by);
                runs.add((System.nanoTime() - begun) / 1_000_000);
                assertThat(answer.total().applied()).isEqualTo(cases);
            }
            runs.sort(null);
            millis.put(by, runs.get(RUNS / 2));
        }
        return millis;
    }

    /** The same number of cases in each cell of day, kind and reason, the rest in the first ones. */
    private static void seed(DataSource source, int cases) {
        Map<SumKey, Tally> sums = new HashMap<>();
        int cells = DAYS * KINDS.size() * REASONS;
        for (int cell = 0; cell < cells; cell++) {
            // A stride that meets every cell once spreads few cases over the whole year.
            int at = (int) ((long) cell * 7_919 % cells);
            int n = cases / cells + (cell < cases % cells ? 1 : 0);
            if (n > 0) {
                LocalDate day = BEGIN.plusDays(at % DAYS);
                String kind = KINDS.get(at / DAYS % KINDS.size());
                String reason = "REASON_" + at / DAYS / KINDS.size();
                for (String measure : List.of("APPLIED", "APPROVED", "PAID", "CLOSED:REFUNDED", "KEPT:audit")) {
                    add(sums, new Fact("M-1", day, kind, reason, "", "CNY", measure, Fact.NO_BUCKET, n, n * 5_000L));
                }
                for (String measure : List.of(Measure.AUDIT_TIME, Measure.GOODS_TIME, Measure.MONEY_TIME)) {
                    for (int spread = 0; spread < Math.min(n, 40); spread++) {
                        add(sums, new Fact("M-1", day, kind, reason, "", "CNY", measure, 60 + spread, 1, 3_600));
                    }
                }
                for (int rule = 0; rule < 10; rule++) {
                    String measure = Measure.RULE + "eligibility:1:rule_" + rule;
                    add(sums, new Fact("M-1", day, kind, reason, "", "CNY", measure, Fact.NO_BUCKET, n, 0));
                }
            }
        }
        write(source, sums);
    }

    private static void add(Map<SumKey, Tally> sums, Fact fact) {
        SumKey.of(fact)
                .forEach(key -> sums.computeIfAbsent(key, none -> new Tally()).add(fact));
    }

    private static void write(DataSource source, Map<SumKey, Tally> sums) {
        new JdbcTemplate(source)
                .batchUpdate(
                        "insert into statistic_sum values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        sums.entrySet().stream()
                                .filter(it -> it.getKey().shape() != Shape.S)
                                .map(it -> row(it.getKey(), it.getValue()))
                                .toList(),
                        1_000,
                        (statement, row) -> {
                            for (int column = 0; column < row.size(); column++) {
                                statement.setObject(column + 1, row.get(column));
                            }
                        });
    }

    private static List<Object> row(SumKey key, Tally tally) {
        return List.of(
                key.merchantId(),
                key.shape().name(),
                key.span().name(),
                key.startsOn(),
                key.kind(),
                key.reason(),
                key.sku(),
                key.currency(),
                key.measure(),
                tally.n(),
                new BigDecimal(tally.total()),
                new BigDecimal(tally.squares()),
                tally.buckets().write());
    }
}
