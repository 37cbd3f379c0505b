package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Node;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import io.aftersale.support.Surroundings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What one refund costs the database, from the application to the money back: statements, bytes of the write-ahead log,
 * buffers, and transactions that change anything. It is counted on PostgreSQL and not timed, so a busy machine does not
 * make it fail and a change that makes every case dearer does. The application runs in a process of its own, since this
 * server counts what it is asked. A budget is a tenth or less above what was counted when it was written down.
 */
class BudgetTest {
    private static final int CASES = 9;

    /** What PostgreSQL counts for the engine's tables and for ours; logins, rights and the search for due jobs aside. */
    private static final String COUNTED = """
            with statement as (
              select calls, wal_bytes, shared_blks_hit + shared_blks_read as buffers,
                     substring(lower(query) from '(?:from|into|update)\\s+([a-z][a-z0-9_]+)') as first_table,
                     lower(query) like '%res.retries_ > %' as looks_for_jobs
              from pg_stat_statements join pg_roles on oid = userid
              where rolname = 'postgres'
            )
            select sum(calls) as statements, sum(wal_bytes) as wal_bytes, sum(buffers) as buffers
            from statement
            where first_table like :tables and not looks_for_jobs
              and first_table not like 'act\\_id\\_%' and first_table <> 'act_ru_authorization'
              and (:tables <> '%' or first_table not like 'act\\_%')
            """;

    @TempDir
    private Path folder;

    private record Cost(long statements, long walBytes, long buffers) {}

    /** @param changes transactions that changed anything */
    private record CostOfCase(Cost engine, Cost ours, long changes) {}

    @Test
    void a_refund_stays_within_its_budget() throws Exception {
        try (var server = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("autovacuum", "off")
                .setServerConfig("full_page_writes", "off")
                .start()) {
            var counter = counter(server);
            int port = Surroundings.freePort();
            var node = Node.start(settings(server, port), folder.resolve("printed"));
            try {
                Eventually.get(() -> node.isReadyAt(port), Boolean::booleanValue, Duration.ofMinutes(3));
                told(port, 3).forEach(purchase -> refund(counter, port, purchase));
                var purchases = told(port, CASES);
                counter.sql("analyze").update();

                var costs = purchases.stream()
                        .map(purchase -> refund(counter, port, purchase))
                        .toList();

                assertThat(costs.get(0).engine().statements()).isPositive();
                assertThat(median(costs, it -> it.engine().statements())).isLessThanOrEqualTo(225);
                assertThat(median(costs, it -> it.engine().walBytes())).isLessThanOrEqualTo(145_000);
                assertThat(median(costs, it -> it.engine().buffers())).isLessThanOrEqualTo(3_600);
                assertThat(median(costs, it -> it.ours().statements())).isLessThanOrEqualTo(195);
                assertThat(median(costs, it -> it.ours().walBytes())).isLessThanOrEqualTo(26_500);
                assertThat(median(costs, it -> it.ours().buffers())).isLessThanOrEqualTo(785);
                assertThat(median(costs, CostOfCase::changes)).isLessThanOrEqualTo(11);
            } finally {
                node.kill();
            }
        }
    }

    /** Orders that the shop has told; they are no part of a case. */
    private static List<Purchase> told(int port, int orders) {
        var shop = Shop.at(port, Clock.systemUTC());
        return Stream.generate(shop::sells).limit(orders).toList();
    }

    /** One of three mugs is applied for and approved; counts until the money is back. */
    private static CostOfCase refund(JdbcClient counter, int port, Purchase purchase) {
        counter.sql("select pg_stat_statements_reset()").query().singleRow();
        long changesBefore = changes(counter);
        String number = Shop.at(port, Clock.systemUTC()).opens(Shop.application(purchase, 1));
        Desk.of(port, "reviewer").decides(number, Map.of("decision", "APPROVE"));
        Eventually.get(() -> open(counter), waiting -> waiting == 0);
        return new CostOfCase(cost(counter, "act\\_%"), cost(counter, "%"), changes(counter) - changesBefore);
    }

    /** One case in a row may be dearer, when two of its steps meet; not most of them. */
    private static long median(List<CostOfCase> costs, ToLongFunction<CostOfCase> part) {
        return costs.stream()
                .mapToLong(part)
                .sorted()
                .skip(costs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static long open(JdbcClient counter) {
        return counter.sql("select count(*) from after_sale_case where status <> 'COMPLETED'")
                .query(Long.class)
                .single();
    }

    private static Cost cost(JdbcClient counter, String tables) {
        return counter.sql(COUNTED)
                .param("tables", tables)
                .query((row, n) -> new Cost(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    /** Each transaction that changes anything takes the next number. */
    private static long changes(JdbcClient counter) {
        return counter.sql("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    /** Looks on as somebody else, whose own statements are not counted. */
    private static JdbcClient counter(EmbeddedPostgres server) {
        var owner = JdbcClient.create(server.getPostgresDatabase());
        owner.sql("create extension pg_stat_statements").update();
        owner.sql("create role counter superuser login").update();
        var source = new HikariDataSource();
        source.setJdbcUrl(address(server));
        source.setUsername("counter");
        source.setMaximumPoolSize(1);
        return JdbcClient.create(source);
    }

    private static String address(EmbeddedPostgres server) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    private static Map<String, String> settings(EmbeddedPostgres server, int port) {
        return Map.of(
                "SPRING_PROFILES_ACTIVE", "demo",
                "SPRING_DATASOURCE_URL", address(server),
                "SPRING_DATASOURCE_USERNAME", "postgres",
                "SERVER_PORT", String.valueOf(port),
                "AFTERSALE_SANDBOX_PORT", String.valueOf(Surroundings.freePort()),
                "AFTERSALE_SAMPLES", "false",
                "AFTERSALE_CARD_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    }
}
