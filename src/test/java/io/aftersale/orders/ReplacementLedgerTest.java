package io.aftersale.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.problems.Problem;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was paid for a unit is given back once: as money, as another article, or a part as each; on both databases. */
class ReplacementLedgerTest {
    private static final String MERCHANT = "M-1";
    private static final Map<Database, DataSource> OPEN = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource
    void a_replacement_carries_what_was_paid_and_no_cent_more(Database database) {
        var shop = new Shop(database);
        String a = newCase();
        String b = newCase();
        Order order = shop.tells(3, 10_000);
        shop.in(() -> shop.accept(order, a, 1));
        shop.in(() -> shop.exchange(order, a, 2_333, null));
        assertThat(shop.refunds(order, a, "1", 1, 1_001))
                .as("a cent above the rest")
                .isFalse();
        assertThat(shop.refunds(order, a, "1", 1, 1_000)).isTrue();
        assertThat(shop.claims(order, b, a + "-1", 1))
                .as("it is under its case still")
                .isFalse();
        shop.in(() -> shop.ledger.release(a));
        assertThat(shop.claims(order, newCase(), "1", 3))
                .as("one of three is used up")
                .isFalse();
        assertThat(shop.claims(order, b, a + "-1", 1)).isTrue();
        assertThat(shop.refunds(order, b, a + "-1", 1, 2_334)).isFalse();
        assertThat(shop.refunds(order, b, a + "-1", 1, 2_333)).isTrue();
        assertThat(shop.taken(order)).isEqualTo(3_333);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_paid_on_top_goes_back_to_its_own_payment(Database database) {
        var shop = new Shop(database);
        String a = newCase();
        String b = newCase();
        Order order = shop.tells(1, 3_000);
        shop.in(() -> shop.accept(order, a, 1));
        shop.in(() -> shop.exchange(order, a, 3_000, new Tender("P-1", TenderMethod.WALLET, 550)));
        shop.in(() -> shop.ledger.release(a));
        assertThat(shop.claims(order, b, a + "-1", 1)).isTrue();
        assertThat(shop.refunds(order, b, a + "-1", 1, 3_551)).isFalse();
        assertThat(shop.refunds(order, b, a + "-1", 1, 3_550)).isTrue();
        assertThat(shop.jdbc
                        .sql("select taken_minor from tender where order_id = ? order by tender_id")
                        .param(order.orderId())
                        .query(Long.class)
                        .list())
                .containsExactly(550L, 3_000L);
    }

    @ParameterizedTest
    @EnumSource
    void a_shop_that_tells_its_order_again_leaves_the_replacement_alone(Database database) {
        var shop = new Shop(database);
        String a = newCase();
        Order order = shop.tells(2, 6_000);
        shop.in(() -> shop.accept(order, a, 1));
        shop.in(() -> shop.exchange(order, a, 3_000, new Tender("P-1", TenderMethod.CARD, 100)));
        Order again = shop.transaction.execute(status -> shop.book.keep(order).order());
        assertThat(again.totalMinor()).isEqualTo(6_000);
        Order found = shop.book.find(MERCHANT, order.orderId());
        assertThat(found.lines()).extracting(OrderLine::lineId).containsExactly("1", a + "-1");
        assertThat(found.deliveredAt(found.requireLine(a + "-1"))).isNull();
        shop.in(() -> shop.ledger.arrive(a, Instant.parse("2026-11-20T08:00:00Z")));
        Order arrived = shop.book.find(MERCHANT, order.orderId());
        assertThat(arrived.deliveredAt(arrived.requireLine(a + "-1"))).isEqualTo("2026-11-20T08:00:00Z");
        assertThatThrownBy(() -> shop.tells(order.orderId(), 2, 5_000)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> shop.in(() -> shop.book.keep(arrived)))
                .as("what was read is not to be told")
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> shop.tells(
                        order.orderId(),
                        2,
                        6_100,
                        List.of(order.tenders().get(0), new Tender("P-1", TenderMethod.CARD, 100))))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @EnumSource
    void an_exchange_that_does_not_add_up_is_refused(Database database) {
        var shop = new Shop(database);
        String a = newCase();
        String b = newCase();
        Order order = shop.tells(1, 3_000);
        shop.in(() -> shop.accept(order, a, 1));
        assertThatThrownBy(() -> shop.in(() -> shop.exchange(order, a, 3_001, null)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> shop.in(() -> shop.ledger.exchange(
                        order, a, List.of(Component.unit("1", 1, 2_000)), List.of(shop.line(order, a, 2_001)), null)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> shop.in(() -> shop.exchange(order, b, 1_000, null)))
                .as("not a unit that came back with this case")
                .isInstanceOf(IllegalStateException.class);
        assertThat(shop.book.find(MERCHANT, order.orderId()).lines()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void money_and_article_at_once_give_back_one_of_them(Database database) {
        var shop = new Shop(database);
        for (int round = 0; round < 5; round++) {
            Order order = shop.tells(1, 3_000);
            String number = newCase();
            shop.in(() -> shop.accept(order, number, 1));
            var done = AtOnce.run(
                    4,
                    i -> i % 2 == 0
                            ? shop.refunds(order, number, "1", 1, 2_000)
                            : shop.tries(() -> shop.exchange(order, number, 2_000, null)));
            assertThat(done).filteredOn(isDone -> isDone).hasSize(1);
            assertThat(shop.taken(order) + shop.carried(order)).isEqualTo(2_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void as_many_exchanges_at_once_as_there_are_units(Database database) {
        var shop = new Shop(database);
        Order order = shop.tells(8, 9_999);
        var done = AtOnce.run(
                12,
                i -> shop.tries(() -> {
                    String number = newCase();
                    shop.accept(order, number, 1);
                    shop.exchangeAll(order, number);
                }));
        assertThat(done).filteredOn(isDone -> isDone).hasSize(8);
        assertThat(shop.carried(order)).isEqualTo(9_999);
        assertThat(shop.jdbc
                        .sql("select sum(paid_minor) from order_line where order_id = ? and replaces_for is not null")
                        .param(order.orderId())
                        .query(Long.class)
                        .single())
                .isEqualTo(9_999);
    }

    private static String newCase() {
        return "X" + UUID.randomUUID().toString().substring(0, 13);
    }

    /** The stores over one database, each call in a transaction of its own. */
    private static final class Shop {
        private final JdbcClient jdbc;
        private final TransactionTemplate transaction;
        private final Ledger ledger;
        private final OrderBook book;

        Shop(Database database) {
            var source = OPEN.computeIfAbsent(database, Database::open);
            this.jdbc = JdbcClient.create(source);
            this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
            var orders = new Orders(jdbc);
            this.ledger = new Ledger(orders, new Units(jdbc), new LedgerEntries(jdbc), Clock.systemUTC());
            this.book = new OrderBook(orders, ledger);
        }

        Order tells(int quantity, long paidMinor) {
            return tells("O-" + UUID.randomUUID(), quantity, paidMinor);
        }

        Order tells(String orderId, int quantity, long paidMinor) {
            return tells(orderId, quantity, paidMinor, List.of(new Tender("T-1", TenderMethod.CARD, paidMinor)));
        }

        Order tells(String orderId, int quantity, long paidMinor, List<Tender> tenders) {
            Instant day = Instant.parse("2026-11-01T02:00:00Z");
            var line = new OrderLine("1", "MUG-01", "马克杯", "home", GoodsClass.ORDINARY, false, quantity, paidMinor, 12);
            var order = new Order(MERCHANT, orderId, "B-1", "CNY", day, day, day, day, null, 0, List.of(line), tenders);
            return transaction.execute(status -> book.keep(order).order());
        }

        void in(Runnable work) {
            transaction.executeWithoutResult(status -> work.run());
        }

        boolean tries(Runnable work) {
            try {
                in(work);
                return true;
            } catch (Problem | IllegalStateException refused) {
                return false;
            }
        }

        /** Units come back with a case. */
        void accept(Order order, String caseNumber, int quantity) {
            ledger.claim(order, caseNumber, Map.of("1", quantity))
                    .forEach(unit -> ledger.useUp(caseNumber, unit.lineId(), unit.unitNo()));
        }

        boolean claims(Order order, String caseNumber, String lineId, int quantity) {
            Order now = book.find(MERCHANT, order.orderId());
            return tries(() -> ledger.claim(now, caseNumber, Map.of(lineId, quantity)));
        }

        boolean refunds(Order order, String caseNumber, String lineId, int unitNo, long amountMinor) {
            return tries(() -> ledger.reserve(
                    MERCHANT,
                    order.orderId(),
                    caseNumber,
                    List.of(Component.unit(lineId, unitNo, amountMinor)),
                    () -> "RF-" + UUID.randomUUID()));
        }

        /** Unit 1 is exchanged: so much of it goes over into one piece of another article. */
        void exchange(Order order, String caseNumber, long carriedMinor, Tender onTop) {
            long worth = carriedMinor + (onTop == null ? 0 : onTop.amountMinor());
            ledger.exchange(
                    order,
                    caseNumber,
                    List.of(Component.unit("1", 1, carriedMinor)),
                    List.of(line(order, caseNumber, worth)),
                    onTop);
        }

        void exchangeAll(Order order, String caseNumber) {
            var unit = ledger.usedUp(caseNumber).get(0);
            ledger.exchange(
                    order,
                    caseNumber,
                    List.of(Component.unit("1", unit.unitNo(), unit.restMinor())),
                    List.of(line(order, caseNumber, unit.restMinor())),
                    null);
        }

        OrderLine line(Order order, String caseNumber, long worth) {
            return order.requireLine("1").replacedBy(caseNumber, caseNumber + "-1", "MUG-BLUE", 1, worth);
        }

        long taken(Order order) {
            return sum(order, "taken_minor");
        }

        long carried(Order order) {
            return sum(order, "carried_minor");
        }

        private long sum(Order order, String column) {
            return jdbc.sql("select sum(" + column + ") from order_unit where order_id = ?")
                    .param(order.orderId())
                    .query(Long.class)
                    .single();
        }
    }
}
