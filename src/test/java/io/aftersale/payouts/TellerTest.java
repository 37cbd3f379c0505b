package io.aftersale.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.aftersale.payouts.PaymentGateway.Answer;
import io.aftersale.payouts.PayoutDesk.Outcome;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An approved amount is paid exactly once, whatever crashes, times out or repeats between any two lines. */
class TellerTest {
    private static final Answer UNKNOWN = new Answer.Unknown("cut");

    @ParameterizedTest
    @EnumSource
    void a_settled_payout_is_counted_everywhere_at_once(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();

            bench.issue(payout);

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.outcomesOf(payout)).containsExactly("SETTLED");
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
            assertThat(bench.ledgerOf(payout)).containsOnly("SETTLED");
            assertThat(bench.timelineOf(payout)).endsWith("refund-settled");
            assertThat(bench.read(payout)).isEqualTo(Outcome.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_attempt_is_on_record_and_no_row_is_locked_while_the_provider_thinks(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.whileWaiting = () -> Bench.elsewhere(() -> {
                assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SENDING);
                assertThat(bench.outcomesOf(payout)).containsExactly("null");
                assertThat(bench.jdbc
                                .sql("update payout set checks = checks where id = :id")
                                .param("id", payout.id())
                                .update())
                        .isEqualTo(1);
                assertThat(bench.jdbc
                                .sql("update shop_order set buyer_id = buyer_id where order_id = :id")
                                .param("id", payout.orderId())
                                .update())
                        .isEqualTo(1);
            });

            bench.issue(payout);

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void killed_before_the_provider_booked_it_asks_first_and_sends_again(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.nextKillsUs();
            assertThatThrownBy(() -> bench.issue(payout)).isInstanceOf(FakeProvider.Killed.class);
            bench.holdRunsOut(payout);

            bench.issue(payout);

            assertThat(bench.provider.calls()).containsExactly("refund", "query", "refund");
            assertThat(bench.outcomesOf(payout)).containsExactly("NOT_BOOKED", "SETTLED");
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void killed_after_the_provider_booked_it_asks_first_and_does_not_send_again(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.nextBooksAndKillsUs();
            assertThatThrownBy(() -> bench.issue(payout)).isInstanceOf(FakeProvider.Killed.class);
            bench.holdRunsOut(payout);

            bench.issue(payout);

            assertThat(bench.provider.calls()).containsExactly("refund", "query");
            assertThat(bench.outcomesOf(payout)).containsExactly("SETTLED");
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_flow_that_loses_its_transaction_after_the_answer_repeats_nothing(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();

            bench.inFlowThatBreaks(() -> bench.teller.issue(payout.caseNumber(), payout.id()));
            bench.issue(payout);
            bench.issue(payout);

            assertThat(bench.provider.calls()).containsExactly("refund");
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_outcome_is_asked_for_and_sent_again_only_when_nothing_was_booked(Database database) {
        try (var bench = new Bench(database)) {
            var lost = bench.aPayout();
            bench.provider.next(UNKNOWN);
            bench.issue(lost);
            assertThat(bench.read(lost)).isEqualTo(Outcome.OPEN);
            bench.query(lost);
            assertThat(bench.read(lost)).isEqualTo(Outcome.NOT_BOOKED);
            bench.issue(lost);
            assertThat(bench.provider.calls()).containsExactly("refund", "query", "refund");
            assertThat(bench.read(lost)).isEqualTo(Outcome.CLOSED);

            var booked = bench.aPayout();
            bench.provider.nextBooksAnd(UNKNOWN);
            bench.issue(booked);
            bench.query(booked);
            assertThat(bench.read(booked)).isEqualTo(Outcome.CLOSED);
            assertThat(bench.provider.sends()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_outcome_is_never_sent_again_blindly_however_often_the_flow_asks_for_it(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(UNKNOWN).next(UNKNOWN).next(UNKNOWN).next(new Answer.Pending("RF-1"));

            bench.issue(payout);
            bench.issue(payout);
            bench.issue(payout);
            bench.issue(payout);

            assertThat(bench.provider.calls()).containsExactly("refund", "query", "query", "query");
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.PENDING);
            assertThat(bench.now(payout).attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_jobs_for_one_payout_send_it_once(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            var both = new CountDownLatch(1);
            bench.provider.whileWaiting = () -> await(both);

            AtOnce.run(4, i -> {
                if (i == 0) {
                    bench.issue(payout);
                    return true;
                }
                while (bench.provider.calls().isEmpty()) {
                    Thread.onSpinWait();
                }
                bench.issue(payout);
                both.countDown();
                return true;
            });

            assertThat(bench.provider.sends()).isEqualTo(1);
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_result_of_an_old_hold_is_not_written_over_a_newer_one(Database database) {
        for (Answer late : List.of(UNKNOWN, new Answer.Declined("NO"), new Answer.NotBooked())) {
            try (var bench = new Bench(database)) {
                var payout = bench.aPayout();
                bench.provider.next(order -> {
                    bench.holdRunsOut(payout);
                    Bench.elsewhere(() -> bench.query(payout));
                    return late;
                });
                bench.provider.next(new Answer.Pending("RF-1"));

                bench.issue(payout);

                assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.PENDING);
                assertThat(bench.outcomesOf(payout)).containsExactly("PENDING");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_settlement_is_believed_from_an_old_hold_too_and_counted_once(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(order -> {
                bench.holdRunsOut(payout);
                Bench.elsewhere(() -> bench.query(payout));
                return new Answer.Settled("RF-1");
            });
            bench.provider.next(UNKNOWN);

            bench.issue(payout);
            bench.query(payout);
            bench.teller.hear(payout, bench.event(payout, "SETTLED", 8_000));

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callback_and_polling_at_the_same_moment_count_it_once(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.nextBooksAnd(new Answer.Pending("RF-1"));
            bench.issue(payout);

            AtOnce.run(8, i -> {
                if (i % 2 == 0) {
                    bench.teller.hear(payout, bench.event(payout, "SETTLED", 8_000));
                } else {
                    bench.query(payout);
                }
                return bench.read(payout);
            });

            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.timelineOf(payout)).containsOnlyOnce("refund-settled");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_callback_before_the_answer_wins_over_the_answer(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(order -> {
                Bench.elsewhere(() -> bench.teller.hear(payout, bench.event(payout, "SETTLED", 8_000)));
                return new Answer.Pending("RF-1");
            });

            bench.issue(payout);

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.read(payout)).isEqualTo(Outcome.CLOSED);
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_callback_that_says_anything_but_settled_is_a_reason_to_ask_and_no_more(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.nextBooksAnd(new Answer.Pending("RF-1"));
            bench.issue(payout);

            bench.teller.hear(payout, bench.event(payout, "DECLINED", 8_000));

            assertThat(bench.provider.calls()).containsExactly("refund", "query");
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_callback_with_another_amount_is_not_believed(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(new Answer.Pending("RF-1")).next(new Answer.Pending("RF-1"));
            bench.issue(payout);

            bench.teller.hear(payout, bench.event(payout, "SETTLED", 8_001));

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.PENDING);
            assertThat(bench.paidMinor(payout)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_stale_pending_after_the_settlement_changes_nothing(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.issue(payout);

            bench.teller.hear(payout, bench.event(payout, "PENDING", 8_000));

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.provider.calls()).containsExactly("refund");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_cannot_be_right_goes_to_a_person(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.nextBooksAnd(new Answer.Contradicted("the provider names 8001 instead of 8000 minor units"));

            bench.issue(payout);

            assertThat(bench.read(payout)).isEqualTo(Outcome.REFUSED);
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(bench.paidMinor(payout)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_decline_is_final_until_finance_wants_it_tried_again(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(new Answer.Declined("ACCOUNT_CLOSED"));
            bench.issue(payout);
            assertThat(bench.read(payout)).isEqualTo(Outcome.REFUSED);
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.FAILED);

            bench.decide(payout, PayoutDesk.RETRY, null);
            bench.issue(payout);

            assertThat(bench.provider.calls()).containsExactly("refund", "refund");
            assertThat(bench.outcomesOf(payout)).containsExactly("DECLINED", "SETTLED");
            assertThat(bench.read(payout)).isEqualTo(Outcome.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_cancelled_payout_cannot_be_paid_any_more(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(UNKNOWN);
            bench.issue(payout);
            bench.decide(payout, PayoutDesk.CANCEL, null);
            bench.stop(payout);
            assertThat(bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()))
                            .outcome())
                    .isEqualTo(Outcome.CLOSED);

            bench.issue(payout);
            bench.query(payout);

            assertThat(bench.provider.calls()).containsExactly("refund", "stop");
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.CANCELLED);
            assertThat(bench.ledgerOf(payout)).containsOnly("RELEASED");
            assertThat(bench.takenOfOrder(payout)).isEqualTo(2_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_cancelled_while_the_provider_does_not_say_that_it_will_not_pay(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.nextBooksAnd(UNKNOWN).next(UNKNOWN);
            bench.issue(payout);
            bench.decide(payout, PayoutDesk.CANCEL, null);
            bench.stop(payout);
            assertThat(bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()))
                            .outcome())
                    .isEqualTo(Outcome.OPEN);
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.UNKNOWN);

            bench.stop(payout);
            assertThat(bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()))
                            .outcome())
                    .isEqualTo(Outcome.CLOSED);

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void paid_outside_counts_on_the_word_of_finance_and_stops_the_provider_first(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(UNKNOWN);
            bench.issue(payout);
            bench.decide(payout, PayoutDesk.PAID_OUTSIDE, "BANK-42");
            bench.stop(payout);
            bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()));

            assertThat(bench.provider.calls()).containsExactly("refund", "stop");
            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.now(payout).outsideReference()).isEqualTo("BANK-42");
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
            assertThat(bench.ledgerOf(payout)).containsOnly("SETTLED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_pays_what_finance_closed_is_not_overlooked(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(UNKNOWN).next(UNKNOWN);
            bench.issue(payout);
            bench.decide(payout, PayoutDesk.PAID_OUTSIDE, "BANK-42");
            bench.stop(payout);
            bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()));

            bench.teller.hear(payout, bench.event(payout, "SETTLED", 8_000));
            bench.teller.hear(payout, bench.event(payout, "SETTLED", 8_000));

            assertThat(bench.now(payout).contradiction()).contains("paid outside");
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
            assertThat(bench.timelineOf(payout)).containsOnlyOnce("payout-contradicted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void paid_outside_what_the_provider_had_paid_counts_once_and_is_shown(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.nextBooksAnd(UNKNOWN);
            bench.issue(payout);
            bench.decide(payout, PayoutDesk.PAID_OUTSIDE, "BANK-42");
            bench.stop(payout);
            bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()));

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.now(payout).contradiction()).contains("paid outside");
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
            assertThat(bench.timelineOf(payout)).containsOnlyOnce("payout-contradicted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bank_card_is_revealed_for_sending_and_for_nothing_else(Database database) {
        try (var bench = new Bench(database)) {
            String number = bench.approved(bench.aCase(Payout.BANK_CARD, "card-1"), 10_000);
            bench.inFlow(() -> bench.desk.reserve(number));
            var toCard = bench.payouts.of(number).get(0);
            var inKind = bench.payouts.of(number).get(1);
            bench.provider.next(order -> {
                assertThat(order.card().number()).isEqualTo(Bench.CARD);
                assertThat(order.toString()).doesNotContain(Bench.CARD);
                return UNKNOWN;
            });

            bench.issue(toCard);
            bench.query(toCard);
            verify(bench.vault, times(1)).reveal("M-1", "card-1");
            bench.stop(toCard);
            bench.issue(inKind);

            verify(bench.vault, times(1)).reveal(any(), any());
            assertThat(inKind.method()).isEqualTo(Payout.ORIGINAL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_sent_that_no_approval_covers_whoever_moved_the_flow(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.payable(payout.caseNumber(), 9_999);
            assertThatThrownBy(() -> bench.issue(payout)).isInstanceOf(IllegalStateException.class);
            bench.jdbc
                    .sql("delete from approval where case_number = :number")
                    .param("number", payout.caseNumber())
                    .update();
            assertThatThrownBy(() -> bench.issue(payout)).isInstanceOf(IllegalStateException.class);
            String other = bench.anApprovedCase();
            assertThatThrownBy(() -> bench.inFlow(() -> {
                        bench.teller.issue(other, payout.id());
                        return true;
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(bench.provider.calls()).isEmpty();
            verify(bench.vault, never()).reveal(any(), any());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
