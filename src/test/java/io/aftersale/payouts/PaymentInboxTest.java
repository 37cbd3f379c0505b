package io.aftersale.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentInboxTest {
    @ParameterizedTest
    @EnumSource
    void the_same_event_is_kept_once_however_often_it_comes_at_once(Database database) {
        try (var bench = new Bench(database)) {
            var event = bench.event(bench.aPayout(), "SETTLED", 8_000);

            var kept = AtOnce.run(8, i -> bench.inbox.keep(event, true));

            assertThat(kept).containsOnlyOnce(true);
            assertThat(bench.inbox.due(10)).containsExactly(event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_worker_takes_an_event_and_the_others_leave_it_alone(Database database) {
        try (var bench = new Bench(database)) {
            var event = bench.event(bench.aPayout(), "SETTLED", 8_000);
            bench.inbox.keep(event, true);

            var taken = AtOnce.run(8, i -> bench.inbox.take(event, 60));

            assertThat(taken).containsOnlyOnce(true);
            assertThat(bench.inbox.due(10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_event_whose_worker_died_comes_back(Database database) {
        try (var bench = new Bench(database)) {
            var event = bench.event(bench.aPayout(), "SETTLED", 8_000);
            bench.inbox.keep(event, true);
            bench.inbox.take(event, 60);

            bench.jdbc
                    .sql("update payment_event set due_at = current_timestamp - interval '1' second")
                    .update();

            assertThat(bench.inbox.due(10)).hasSize(1);
            assertThat(bench.inbox.due(10).get(0).tries()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_applied_or_cannot_be_read_is_never_due_again_and_never_gone(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            var applied = bench.event(payout, "SETTLED", 8_000);
            var unreadable = bench.event(payout, null, 8_000);
            bench.inbox.keep(applied, true);
            bench.inbox.keep(unreadable, false);

            bench.inbox.done(applied, "APPLIED", "was PENDING, is SETTLED", Instant.parse("2026-11-22T06:00:00Z"));
            bench.inbox.postpone(applied, "too late", 0);

            assertThat(bench.inbox.due(10)).isEmpty();
            assertThat(bench.inbox.keep(applied, true)).isFalse();
            assertThat(bench.inbox.count("APPLIED")).isEqualTo(1);
            assertThat(bench.inbox.count("UNREADABLE")).isEqualTo(1);
        }
    }
}
