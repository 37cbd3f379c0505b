package io.aftersale.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.Caller;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The figures on both databases: whoever changes cases at the same moment, and whoever adds up meanwhile. */
class BookkeepingTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final OffsetDateTime NOON = OffsetDateTime.of(2026, 11, 20, 12, 0, 0, 0, ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource
    void many_cases_at_once_while_somebody_adds_up_come_to_the_last_one(Database database) {
        var books = new Books(database);
        var done = new AtomicBoolean();

        AtOnce.run(7, worker -> {
            if (worker == 6) {
                while (!done.get()) {
                    books.keeping.fold();
                }
                return 0;
            }
            for (int i = 0; i < 12; i++) {
                String number = "AS-" + worker + "-" + i;
                books.apply(number, 1_000L + i);
                books.pay(number, 400);
            }
            done.set(true);
            return 0;
        });
        books.keeping.fold();

        assertThat(books.keeping.recount()).isEmpty();
        var kinds = books.desk.answer(books.owner(), "M-1", "2026-11-01", "2026-11-30", "kind");
        assertThat(kinds.total().applied()).isEqualTo(72);
        assertThat(kinds.items()).hasSize(1);
        var money = kinds.items().get(0).figures().amounts().get(0);
        assertThat(money.requested().sum()).isEqualTo(6 * (12 * 1_000 + 66));
        assertThat(money.requested().meanExact()).isEqualTo("2011/2");
        assertThat(money.requested().varianceExact()).isEqualTo("143/12");
        assertThat(money.paid().sum()).isEqualTo(72 * 400);
        assertThat(money.paid().varianceExact()).isEqualTo("0/1");
    }

    @ParameterizedTest
    @EnumSource
    void one_case_changed_from_many_sides_counts_once_and_for_what_it_came_to(Database database) {
        var books = new Books(database);
        books.apply("AS-1", 5_000);

        AtOnce.run(6, side -> {
            for (int i = 0; i < 5; i++) {
                books.pay("AS-1", 10);
            }
            return 0;
        });

        assertThat(books.keeping.recount()).as("before it is added up").isEmpty();
        books.keeping.fold();
        assertThat(books.keeping.recount()).as("and after").isEmpty();
        var total = books.desk
                .answer(books.owner(), null, "2026-11-20", "2026-11-20", null)
                .total();
        assertThat(total.applied()).isEqualTo(1);
        assertThat(total.amounts().get(0).paid().sum()).isEqualTo(300);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_rolled_back_was_never_counted(Database database) {
        var books = new Books(database);

        books.transaction.executeWithoutResult(status -> {
            books.insert("AS-1", 5_000);
            books.changes.changed("AS-1");
            status.setRollbackOnly();
        });

        assertThat(books.keeping.fold()).isZero();
        assertThat(books.keeping.recount()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_recount_names_the_figure_that_somebody_broke(Database database) {
        var books = new Books(database);
        books.apply("AS-1", 5_000);
        books.keeping.fold();
        books.jdbc
                .sql("update statistic_sum set n = n + 3 where span = 'M' and shape = 'R' and measure = 'APPLIED'")
                .update();

        var differences = books.keeping.recount();

        assertThat(differences).hasSize(1);
        var broken = differences.keySet().iterator().next();
        assertThat(broken.measure()).isEqualTo(Measure.APPLIED);
        assertThat(broken.reason()).isEqualTo("DAMAGED");
        assertThat(differences.get(broken).n()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void cases_from_before_there_were_figures_are_caught_up_with(Database database) {
        var books = new Books(database);
        books.insert("AS-1", 5_000);
        books.jdbc
                .sql("insert into statistic_record (number, counted) values ('AS-1', '[]')")
                .update();
        assertThat(books.keeping.recount()).isNotEmpty();

        books.keeping.keepUp();

        assertThat(books.keeping.recount()).isEmpty();
    }

    /** Our tables with an order and nothing else, and the classes that keep the figures. */
    private static final class Books {
        private final JdbcClient jdbc;
        private final TransactionTemplate transaction;
        private final Changes changes;
        private final Bookkeeping keeping;
        private final StatisticsDesk desk;

        Books(Database database) {
            var source = database.open();
            jdbc = JdbcClient.create(source);
            var transactions = new DataSourceTransactionManager(source);
            transaction = new TransactionTemplate(transactions);
            var facts = new Facts(jdbc, ZONE);
            var sums = new Sums(jdbc);
            changes = new Changes(jdbc, facts, new ObjectMapper().findAndRegisterModules());
            keeping = new Bookkeeping(changes, sums, facts, transactions);
            desk = new StatisticsDesk(
                    sums,
                    changes,
                    new RatingDays(jdbc),
                    Clock.fixed(Instant.parse("2026-11-22T04:00:00Z"), ZoneOffset.UTC),
                    ZONE,
                    transactions);
            jdbc.sql("""
                            insert into shop_order (merchant_id, order_id, buyer_id, currency, placed_at, shipping_paid_minor)
                            values ('M-1', 'O-1', 'B-1', 'CNY', :noon, 0)
                            """).param("noon", NOON).update();
        }

        Caller owner() {
            return new Caller("owner", Set.of("process-owners"), Set.of("M-1", "M-2"));
        }

        void apply(String number, long requestedMinor) {
            transaction.executeWithoutResult(status -> {
                insert(number, requestedMinor);
                changes.changed(number);
            });
        }

        void pay(String number, long amountMinor) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("update after_sale_case set paid_minor = paid_minor + :amount where number = :number")
                        .param("amount", amountMinor)
                        .param("number", number)
                        .update();
                changes.changed(number);
            });
        }

        void insert(String number, long requestedMinor) {
            jdbc.sql("""
                            insert into after_sale_case (number, merchant_id, kind, order_id, buyer_id, currency, status,
                                   reason, basis, include_shipping, pay_to_method, requested_minor, refundable_minor,
                                   shipping_minor, application_no, applied_at)
                            values (:number, 'M-1', 'REFUND', 'O-1', 'B-1', 'CNY', 'SUBMITTED', 'DAMAGED', 'QUALITY', false,
                                   'ORIGINAL', :requested, :requested, 0, 1, :noon)
                            """)
                    .param("number", number)
                    .param("requested", requestedMinor)
                    .param("noon", NOON)
                    .update();
        }
    }
}
