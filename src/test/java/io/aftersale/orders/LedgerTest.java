package io.aftersale.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger on the databases that it must run on alike: what was paid can be given back once and never more. */
class LedgerTest {
    private static final String MERCHANT = "M-1";

    @ParameterizedTest
    @EnumSource
    void two_cases_can_never_name_the_same_unit(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(1, 10_000));

        var got = AtOnce.run(8, i -> shop.refusal(() -> shop.claim(order, "AS-" + i, 1)));

        assertThat(got).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(got).filteredOn(Optional::isPresent).allMatch(code -> code.get() == ProblemCode.UNITS_NOT_AVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void as_many_cases_as_there_are_units_get_one_each_and_together_they_come_to_the_last_cent(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(7, 9_999));

        AtOnce.run(7, i -> shop.claim(order, "AS-" + i, 1));

        var shares = shop.units(order);
        assertThat(shares.keySet()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
        assertThat(shares.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(9_999);
    }

    @ParameterizedTest
    @EnumSource
    void a_case_that_ended_frees_its_units_for_the_next_one(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(2, 10_000));
        shop.claim(order, "AS-1", 2);
        assertThat(shop.refusal(() -> shop.claim(order, "AS-2", 1))).contains(ProblemCode.UNITS_NOT_AVAILABLE);

        shop.in(() -> shop.ledger.release("AS-1"));

        assertThat(shop.claim(order, "AS-2", 2)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void a_unit_that_gave_back_all_its_money_is_used_up_and_one_that_kept_some_comes_last(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(3, 9_000));
        shop.claim(order, "AS-1", 2);
        shop.reserve(order, "AS-1", List.of(Component.unit("1", 1, 3_000), Component.unit("1", 2, 1_000)));
        shop.in(() -> shop.ledger.release("AS-1"));

        var next = shop.claim(order, "AS-2", 2);

        assertThat(next).extracting(UnitShare::unitNo).containsExactly(3, 2);
        assertThat(next).extracting(UnitShare::restMinor).containsExactly(3_000L, 2_000L);
        assertThat(shop.refusal(() -> shop.claim(order, "AS-3", 1))).contains(ProblemCode.UNITS_NOT_AVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void many_reservations_at_once_never_exceed_what_was_paid(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(3, 10_000));
        shop.claim(order, "AS-1", 3);
        long share = order.lines().get(0).shareOf(1);

        var got = AtOnce.run(
                16, i -> shop.refusal(() -> shop.reserve(order, "AS-1", List.of(Component.unit("1", 1, share / 2)))));

        assertThat(got).filteredOn(Optional::isEmpty).hasSize(2);
        assertThat(got).filteredOn(Optional::isPresent).allMatch(code -> code.get() == ProblemCode.AMOUNT_EXCEEDS_PAID);
        shop.assertBooksAgree(order);
    }

    @ParameterizedTest
    @EnumSource
    void whatever_is_reserved_settled_and_cancelled_at_once_the_books_agree_and_everything_can_be_given_back(
            Database database) {
        var shop = new Shop(database);
        var order = shop.tell(new Order(
                MERCHANT,
                "O-" + UUID.randomUUID(),
                "B-1",
                "CNY",
                Instant.parse("2026-11-01T02:00:00Z"),
                Instant.parse("2026-11-01T02:05:00Z"),
                null,
                null,
                null,
                1_000,
                List.of(line("1", 3, 9_998), line("2", 2, 5_001)),
                List.of(
                        new Tender("T-1", TenderMethod.COUPON, 999),
                        new Tender("T-2", TenderMethod.CARD, 8_000),
                        new Tender("T-3", TenderMethod.POINTS, 2_000),
                        new Tender("T-4", TenderMethod.WALLET, 5_000))));
        shop.in(() -> {
            shop.ledger.claim(order, "AS-1", Map.of("1", 3, "2", 2));
        });

        AtOnce.run(8, i -> {
            var random = new Random(i);
            for (int step = 0; step < 15; step++) {
                var components = List.of(
                        Component.unit("1", 1 + random.nextInt(3), 1 + random.nextInt(3_400)),
                        Component.unit("2", 1 + random.nextInt(2), 1 + random.nextInt(2_600)),
                        Component.shipping(1 + random.nextInt(600)));
                var portions = new ArrayList<Portion>();
                shop.refusal(() -> portions.addAll(shop.reserve(order, "AS-1", components)));
                for (Portion portion : portions) {
                    shop.in(() -> {
                        if (random.nextInt(4) == 0) {
                            shop.ledger.settle(portion.payoutId());
                        } else {
                            shop.ledger.cancel(portion.payoutId());
                        }
                    });
                }
            }
            return i;
        });
        shop.assertBooksAgree(order);

        shop.reserve(order, "AS-1", shop.everythingLeft(order));
        shop.assertBooksAgree(order);
        assertThat(shop.refusal(() -> shop.reserve(order, "AS-1", List.of(Component.shipping(1)))))
                .contains(ProblemCode.AMOUNT_EXCEEDS_PAID);
        assertThat(shop.taken(order)).isEqualTo(order.totalMinor());
    }

    @ParameterizedTest
    @EnumSource
    void a_reservation_that_is_refused_for_one_unit_reserves_nothing_of_the_others(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(2, 10_000));
        shop.claim(order, "AS-1", 2);

        var refused = shop.refusal(() ->
                shop.reserve(order, "AS-1", List.of(Component.unit("1", 1, 4_000), Component.unit("1", 2, 5_001))));

        assertThat(refused).contains(ProblemCode.AMOUNT_EXCEEDS_PAID);
        assertThat(shop.taken(order)).isZero();
        shop.assertBooksAgree(order);
    }

    @ParameterizedTest
    @EnumSource
    void a_cancelled_payout_frees_its_money_once_and_a_settled_one_never(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(2, 10_000));
        shop.claim(order, "AS-1", 2);
        var first = shop.reserve(order, "AS-1", List.of(Component.unit("1", 1, 5_000)));
        var second = shop.reserve(order, "AS-1", List.of(Component.unit("1", 2, 5_000)));

        AtOnce.run(6, i -> {
            shop.in(() -> {
                shop.ledger.cancel(first.get(0).payoutId());
                shop.ledger.settle(second.get(0).payoutId());
            });
            return i;
        });
        shop.in(() -> shop.ledger.settle(first.get(0).payoutId()));
        shop.in(() -> shop.ledger.cancel(second.get(0).payoutId()));

        assertThat(shop.taken(order)).isEqualTo(5_000);
        shop.assertBooksAgree(order);
        assertThat(shop.reserve(order, "AS-1", List.of(Component.unit("1", 1, 5_000))))
                .extracting(Portion::amountMinor)
                .containsExactly(5_000L);
    }

    @ParameterizedTest
    @EnumSource
    void an_order_told_again_never_falls_below_what_was_given_back(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(2, 10_000));
        shop.claim(order, "AS-1", 1);
        shop.reserve(order, "AS-1", List.of(Component.unit("1", 1, 5_000)));
        shop.in(() -> shop.ledger.release("AS-1"));

        assertThat(shop.refusal(() -> shop.tell(again(order, 2, 9_998)))).contains(ProblemCode.ORDER_CONFLICT);
        assertThat(shop.refusal(() -> shop.tell(again(order, 3, 10_000)))).contains(ProblemCode.ORDER_CONFLICT);

        shop.assertBooksAgree(order);
        assertThat(shop.book.find(MERCHANT, order.orderId()).totalMinor()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @EnumSource
    void an_order_told_again_with_more_money_lets_its_units_give_back_more(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(2, 10_000));
        shop.claim(order, "AS-1", 1);
        shop.reserve(order, "AS-1", List.of(Component.unit("1", 1, 5_000)));
        shop.in(() -> shop.ledger.release("AS-1"));

        var richer = shop.tell(again(order, 2, 12_000));

        assertThat(shop.claim(richer, "AS-2", 2))
                .extracting(UnitShare::restMinor)
                .containsExactly(6_000L, 1_000L);
        shop.assertBooksAgree(richer);
    }

    @ParameterizedTest
    @EnumSource
    void units_that_were_only_asked_for_and_given_up_do_not_keep_an_order_from_being_told_with_fewer(
            Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(3, 9_000));
        shop.claim(order, "AS-1", 3);
        shop.in(() -> shop.ledger.release("AS-1"));

        var smaller = shop.tell(again(order, 2, 6_000));

        assertThat(shop.claim(smaller, "AS-2", 2))
                .extracting(UnitShare::restMinor)
                .containsExactly(3_000L, 3_000L);
        assertThat(shop.refusal(() -> shop.claim(smaller, "AS-3", 1))).contains(ProblemCode.UNITS_NOT_AVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void an_order_told_again_keeps_what_an_open_case_asks_for(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(2, 10_000));
        shop.claim(order, "AS-1", 1);

        assertThat(shop.refusal(() -> shop.tell(again(order, 2, 9_998)))).contains(ProblemCode.ORDER_CONFLICT);
    }

    @ParameterizedTest
    @EnumSource
    void shops_that_tell_a_new_order_at_once_make_one_order(Database database) {
        var shop = new Shop(database);
        var order = order(2, 10_000);

        var got = AtOnce.run(6, i -> shop.failure(() -> shop.tell(order)));

        assertThat(got).filteredOn(Optional::isEmpty).isNotEmpty();
        assertThat(shop.book.find(MERCHANT, order.orderId())).isEqualTo(order);
    }

    /** Should the code ever count wrongly, nothing of it is kept. */
    @ParameterizedTest
    @EnumSource
    void the_database_itself_keeps_each_sum_within_what_was_paid(Database database) {
        var shop = new Shop(database);
        var order = shop.tell(order(2, 10_000));
        shop.claim(order, "AS-1", 1);

        for (String counted : List.of(
                "shop_order set shipping_taken_minor = shipping_paid_minor",
                "order_line set taken_minor = paid_minor",
                "tender set taken_minor = amount_minor",
                "order_unit set taken_minor = share_minor",
                "order_unit set carried_minor = share_minor")) {
            var all = shop.jdbc.sql("update " + counted + " where order_id = ?").param(order.orderId());
            var more = shop.jdbc
                    .sql("update " + counted + " + 1 where order_id = ?")
                    .param(order.orderId());
            shop.transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                assertThat(all.update()).as(counted).isEqualTo(1);
                assertThatThrownBy(more::update).as(counted).isInstanceOf(DataIntegrityViolationException.class);
            });
        }
    }

    private static Order order(int quantity, long paidMinor) {
        return new Order(
                MERCHANT,
                "O-" + UUID.randomUUID(),
                "B-1",
                "CNY",
                Instant.parse("2026-11-01T02:00:00Z"),
                Instant.parse("2026-11-01T02:05:00Z"),
                null,
                null,
                null,
                0,
                List.of(line("1", quantity, paidMinor)),
                List.of(new Tender("T-1", TenderMethod.CARD, paidMinor)));
    }

    private static Order again(Order order, int quantity, long paidMinor) {
        return new Order(
                order.merchantId(),
                order.orderId(),
                order.buyerId(),
                order.currency(),
                order.placedAt(),
                order.paidAt(),
                order.shippedAt(),
                order.deliveredAt(),
                order.installedAt(),
                order.shippingPaidMinor(),
                List.of(line("1", quantity, paidMinor)),
                List.of(new Tender("T-1", TenderMethod.CARD, paidMinor)));
    }

    private static OrderLine line(String lineId, int quantity, long paidMinor) {
        return new OrderLine(
                lineId, "MUG-0" + lineId, "马克杯", "home", GoodsClass.ORDINARY, false, quantity, paidMinor, 12);
    }

    /** The stores over one database, each call in a transaction of its own. */
    private static final class Shop {
        private static final Map<Database, DataSource> OPEN = new ConcurrentHashMap<>();

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

        Order tell(Order order) {
            return transaction.execute(status -> book.keep(order).order());
        }

        List<UnitShare> claim(Order order, String caseNumber, int quantity) {
            return transaction.execute(status -> ledger.claim(order, caseNumber, Map.of("1", quantity)));
        }

        List<Portion> reserve(Order order, String caseNumber, List<Component> components) {
            return transaction.execute(status ->
                    ledger.reserve(MERCHANT, order.orderId(), caseNumber, components, () -> "RF-" + UUID.randomUUID()));
        }

        void in(Runnable work) {
            transaction.executeWithoutResult(status -> work.run());
        }

        /** The code of a refusal, or nothing when it was done. */
        Optional<ProblemCode> refusal(Supplier<?> work) {
            try {
                work.get();
                return Optional.empty();
            } catch (Problem refused) {
                return Optional.of(refused.code());
            }
        }

        Optional<RuntimeException> failure(Supplier<?> work) {
            try {
                work.get();
                return Optional.empty();
            } catch (RuntimeException failed) {
                return Optional.of(failed);
            }
        }

        Map<Integer, Long> units(Order order) {
            var shares = new HashMap<Integer, Long>();
            jdbc.sql("select unit_no, share_minor from order_unit where order_id = :orderId")
                    .param("orderId", order.orderId())
                    .query((row, n) -> shares.put(row.getInt(1), row.getLong(2)))
                    .list();
            return shares;
        }

        List<Component> everythingLeft(Order order) {
            var left = new ArrayList<Component>();
            jdbc.sql("""
                            select line_id, unit_no, share_minor - taken_minor from order_unit
                            where order_id = :orderId and share_minor > taken_minor
                            """)
                    .param("orderId", order.orderId())
                    .query((row, n) -> left.add(Component.unit(row.getString(1), row.getInt(2), row.getLong(3))))
                    .list();
            long shipping = ledger.shippingRestMinor(order);
            if (shipping > 0) {
                left.add(Component.shipping(shipping));
            }
            return left;
        }

        long taken(Order order) {
            return sum("select sum(amount_minor) from ledger_entry where state <> 'RELEASED'", order);
        }

        /** What the entries say is what units, lines, shipping and tenders say, and none gave more than it took. */
        void assertBooksAgree(Order order) {
            assertThat(sum("select sum(taken_minor) from tender where 1 = 1", order))
                    .isEqualTo(taken(order));
            assertThat(sum("select sum(taken_minor) from order_line where 1 = 1", order)
                            + sum("select shipping_taken_minor from shop_order where 1 = 1", order))
                    .isEqualTo(taken(order));
            assertThat(differences("tender", "tender_id", order)).isEmpty();
            assertThat(differences("order_line", "line_id", order)).isEmpty();
            assertThat(jdbc.sql("""
                                    select u.unit_no from order_unit u
                                    where u.order_id = :orderId and (u.taken_minor > u.share_minor or u.taken_minor <>
                                      (select coalesce(sum(e.amount_minor), 0) from ledger_entry e
                                       where e.order_id = u.order_id and e.line_id = u.line_id
                                         and e.unit_no = u.unit_no and e.state <> 'RELEASED'))
                                    """)
                            .param("orderId", order.orderId())
                            .query(Integer.class)
                            .list())
                    .isEmpty();
        }

        private List<String> differences(String table, String id, Order order) {
            return jdbc.sql("""
                            select t.%2$s from %1$s t
                            where t.order_id = :orderId and t.taken_minor <>
                              (select coalesce(sum(e.amount_minor), 0) from ledger_entry e
                               where e.order_id = t.order_id and e.%2$s = t.%2$s and e.state <> 'RELEASED')
                            """.formatted(table, id))
                    .param("orderId", order.orderId())
                    .query(String.class)
                    .list();
        }

        private long sum(String sql, Order order) {
            return jdbc.sql(sql + " and order_id = :orderId")
                    .param("orderId", order.orderId())
                    .query(Long.class)
                    .optional()
                    .orElse(0L);
        }
    }
}
