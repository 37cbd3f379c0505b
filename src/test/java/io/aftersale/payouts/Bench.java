package io.aftersale.payouts;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.CardDetails;
import io.aftersale.access.CardVault;
import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The payout room on a database of its own, with the real rooms of orders and cases below it, a provider in memory and
 * no engine: where a test breaks things between any two lines. {@link #inFlow} stands for the engine's transaction.
 */
final class Bench implements AutoCloseable {
    static final String CARD = "6200000000000005";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final AnnotationConfigApplicationContext house = new AnnotationConfigApplicationContext();
    final FakeProvider provider = new FakeProvider();
    final JdbcClient jdbc;
    final Payouts payouts;
    final PayoutDesk desk;
    final Teller teller;
    final CardVault vault = mock(CardVault.class);
    private final TransactionTemplate flow;

    Bench(Database database) {
        this(database, Duration.ofSeconds(1));
    }

    /** @param deadline of one call; a hold lasts twice that and ten seconds */
    Bench(Database database, Duration deadline) {
        var source = database.open();
        when(vault.reveal(any(), any())).thenReturn(new CardDetails(CARD, "王小明", "ICBC"));
        house.registerBean(DataSource.class, () -> source);
        house.registerBean(ObjectMapper.class, () -> new ObjectMapper());
        house.registerBean(PaymentGateway.class, () -> provider);
        house.registerBean(CardVault.class, () -> vault);
        house.registerBean(
                PaymentSettings.class,
                () -> new PaymentSettings(
                        URI.create("http://provider"),
                        "token",
                        "secret",
                        deadline,
                        deadline,
                        List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1))));
        house.register(Wiring.class, Alone.class, Payouts.class, PayoutDesk.class, Teller.class);
        // The rooms below are taken as they are; what of them nobody here asks for is not even made.
        house.registerBean(LazyInitializationBeanFactoryPostProcessor.class);
        house.scan("io.aftersale.orders", "io.aftersale.cases");
        house.refresh();
        jdbc = house.getBean(JdbcClient.class);
        payouts = house.getBean(Payouts.class);
        desk = house.getBean(PayoutDesk.class);
        teller = house.getBean(Teller.class);
        flow = new TransactionTemplate(house.getBean(PlatformTransactionManager.class));
    }

    /** Not marked as a configuration, or the application under test would find it too. */
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Wiring {
        @Bean
        JdbcClient jdbcClient(DataSource source) {
            return JdbcClient.create(source);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource source) {
            return new DataSourceTransactionManager(source);
        }

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-22T06:00:00Z"), ZoneOffset.UTC);
        }

        @Bean
        Rules rules() {
            var rules = mock(Rules.class);
            when(rules.ask(any(), any())).thenReturn(new Ruling("deadlines", 1, null, Map.of()));
            return rules;
        }
    }

    @Override
    public void close() {
        house.close();
    }

    <T> T inFlow(Supplier<T> step) {
        return flow.execute(status -> step.get());
    }

    /** The engine loses its transaction after the step was done. */
    void inFlowThatBreaks(Runnable step) {
        flow.executeWithoutResult(status -> {
            step.run();
            status.setRollbackOnly();
        });
    }

    /** A case about a mug for 100.00, 80.00 of it by card and 20.00 by points, not approved yet. */
    String aCase() {
        return aCase("ORIGINAL", null);
    }

    String aCase(String payToMethod, String cardToken) {
        String number = "AS-2026-%08d".formatted(NUMBERS.incrementAndGet());
        String orderId = "O-" + UUID.randomUUID();
        jdbc.sql("""
                        insert into shop_order (merchant_id, order_id, buyer_id, currency, placed_at, paid_at,
                               shipping_paid_minor)
                        values ('M-1', :orderId, 'B-1', 'CNY', current_timestamp, current_timestamp, 0)
                        """).param("orderId", orderId).update();
        jdbc.sql("""
                        insert into order_line (merchant_id, order_id, line_id, position, sku, title, category,
                               goods_class, no_reason_excluded, quantity, paid_minor, warranty_months)
                        values ('M-1', :orderId, '1', 1, 'MUG', 'Mug', 'home', 'ORDINARY', false, 1, 10000, 0)
                        """).param("orderId", orderId).update();
        tender(orderId, "T-1", 1, "CARD", 8_000);
        tender(orderId, "P-1", 2, "POINTS", 2_000);
        jdbc.sql("""
                        insert into order_unit (merchant_id, order_id, line_id, unit_no, share_minor, claimed_by)
                        values ('M-1', :orderId, '1', 1, 10000, :number)
                        """).param("orderId", orderId).param("number", number).update();
        jdbc.sql("""
                        insert into after_sale_case (number, merchant_id, kind, order_id, buyer_id, currency, status,
                               reason, basis, include_shipping, pay_to_method, card_token, requested_minor,
                               refundable_minor, shipping_minor, application_no, applied_at)
                        values (:number, 'M-1', 'REFUND', :orderId, 'B-1', 'CNY', 'PAYING', 'DAMAGED', 'QUALITY', false,
                               :payToMethod, :cardToken, 10000, 10000, 0, 1, current_timestamp)
                        """)
                .param("number", number)
                .param("orderId", orderId)
                .param("payToMethod", payToMethod)
                .param("cardToken", cardToken)
                .update();
        jdbc.sql("insert into case_line (case_number, line_id, position, quantity) values (:number, '1', 1, 1)")
                .param("number", number)
                .update();
        jdbc.sql("""
                        insert into case_unit (case_number, line_id, unit_no, refundable_minor, is_rest)
                        values (:number, '1', 1, 10000, false)
                        """).param("number", number).update();
        return number;
    }

    private void tender(String orderId, String tenderId, int position, String method, long amountMinor) {
        jdbc.sql("""
                        insert into tender (merchant_id, order_id, tender_id, position, method, amount_minor)
                        values ('M-1', :orderId, :tenderId, :position, :method, :amount)
                        """)
                .param("orderId", orderId)
                .param("tenderId", tenderId)
                .param("position", position)
                .param("method", method)
                .param("amount", amountMinor)
                .update();
    }

    String anApprovedCase() {
        return approved(aCase(), 10_000);
    }

    String approved(String number, long amountMinor) {
        jdbc.sql("""
                        insert into approval (case_number, amount_minor, approved_at, payable_minor,
                               payable_shipping_minor, payable_at)
                        values (:number, :amount, current_timestamp, :amount, 0, current_timestamp)
                        """).param("number", number).param("amount", amountMinor).update();
        return payable(number, amountMinor);
    }

    String payable(String number, long amountMinor) {
        jdbc.sql("update case_unit set payable_minor = :amount where case_number = :number")
                .param("number", number)
                .param("amount", amountMinor)
                .update();
        return number;
    }

    /** The first payout, of 80.00 by card, of a new case whose refund was approved and reserved. */
    Payout aPayout() {
        String number = anApprovedCase();
        inFlow(() -> desk.reserve(number));
        return payouts.of(number).get(0);
    }

    void issue(Payout payout) {
        inFlow(() -> {
            teller.issue(payout.caseNumber(), payout.id());
            return true;
        });
    }

    void query(Payout payout) {
        inFlow(() -> {
            teller.query(payout.caseNumber(), payout.id());
            return true;
        });
    }

    void stop(Payout payout) {
        inFlow(() -> {
            teller.stop(payout.caseNumber(), payout.id());
            return true;
        });
    }

    PayoutDesk.Outcome read(Payout payout) {
        return inFlow(() -> desk.read(payout.caseNumber(), payout.id())).outcome();
    }

    void decide(Payout payout, String decision, String reference) {
        inFlow(() -> {
            desk.decide(payout.id(), decision, reference, "we looked into it", "finance");
            return true;
        });
    }

    Payout now(Payout payout) {
        return payouts.find(payout.id()).orElseThrow();
    }

    List<String> outcomesOf(Payout payout) {
        return payouts.attemptsOf(payout.id()).stream()
                .map(attempt -> String.valueOf(attempt.outcome()))
                .toList();
    }

    long paidMinor(Payout payout) {
        return jdbc.sql("select paid_minor from after_sale_case where number = :number")
                .param("number", payout.caseNumber())
                .query(Long.class)
                .single();
    }

    List<String> ledgerOf(Payout payout) {
        return jdbc.sql("select state from ledger_entry where payout_id = :id")
                .param("id", payout.id())
                .query(String.class)
                .list();
    }

    long takenOfOrder(Payout payout) {
        return jdbc.sql("select taken_minor from order_line where order_id = :orderId")
                .param("orderId", payout.orderId())
                .query(Long.class)
                .single();
    }

    List<String> timelineOf(Payout payout) {
        return jdbc.sql("select event from timeline_entry where case_number = :number order by entry_no")
                .param("number", payout.caseNumber())
                .query(String.class)
                .list();
    }

    /** The machine that held it has died and its time is over. */
    void holdRunsOut(Payout payout) {
        elsewhere(() -> jdbc.sql(
                        "update payout set leased_until = current_timestamp - interval '1' second where id = :id")
                .param("id", payout.id())
                .update());
    }

    /** Done by somebody else, in a transaction of their own, while we wait for it. */
    static void elsewhere(Runnable work) {
        AtOnce.run(1, i -> {
            work.run();
            return true;
        });
    }

    PaymentEvent event(Payout payout, String status, long amountMinor) {
        return new PaymentEvent(payout.id(), status, amountMinor, "CNY", "RF-1");
    }
}
