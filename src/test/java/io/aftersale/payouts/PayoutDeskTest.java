package io.aftersale.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.cases.ApprovedRefund;
import io.aftersale.cases.ApprovedRefunds;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.payouts.PaymentGateway.Answer;
import io.aftersale.payouts.PayoutDesk.Outcome;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

class PayoutDeskTest {
    @ParameterizedTest
    @EnumSource
    void an_approved_amount_is_set_aside_once_however_often_it_is_asked_for(Database database) {
        try (var bench = new Bench(database)) {
            String number = bench.anApprovedCase();

            var first = bench.inFlow(() -> bench.desk.reserve(number));
            var again = bench.inFlow(() -> bench.desk.reserve(number));

            assertThat(again).isEqualTo(first).hasSize(2);
            assertThat(bench.payouts.of(number)).extracting(Payout::amountMinor).containsExactly(8_000L, 2_000L);
            assertThat(bench.takenOfOrder(bench.payouts.of(number).get(0))).isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eight_flows_of_one_case_at_once_set_it_aside_once(Database database) {
        try (var bench = new Bench(database)) {
            String number = bench.anApprovedCase();

            var ids = AtOnce.run(8, i -> bench.inFlow(() -> bench.desk.reserve(number)));

            assertThat(Set.copyOf(ids)).hasSize(1);
            assertThat(bench.takenOfOrder(bench.payouts.of(number).get(0))).isEqualTo(10_000);
            assertThat(bench.payouts.of(number)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_flow_that_loses_its_transaction_has_set_nothing_aside(Database database) {
        try (var bench = new Bench(database)) {
            String number = bench.anApprovedCase();

            bench.inFlowThatBreaks(() -> bench.desk.reserve(number));
            assertThat(bench.payouts.of(number)).isEmpty();

            assertThat(bench.inFlow(() -> bench.desk.reserve(number))).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_an_approved_row_nothing_is_set_aside(Database database) {
        try (var bench = new Bench(database)) {
            String number = bench.aCase();

            assertThatThrownBy(() -> bench.inFlow(() -> bench.desk.reserve(number)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> bench.inFlow(() -> bench.desk.reserve("AS-2026-99999999")))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(bench.payouts.of(number)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void where_nothing_is_to_be_given_back_nobody_is_paid_and_it_ends_well(Database database) {
        try (var bench = new Bench(database)) {
            String number = bench.payable(bench.anApprovedCase(), 0);

            assertThat(bench.inFlow(() -> bench.desk.reserve(number))).isEmpty();
            assertThat(bench.inFlow(() -> bench.desk.conclude(number))).isEqualTo("PAID");
            assertThat(bench.provider.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_approval_that_no_longer_fits_what_was_set_aside_stops_everything(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.payable(payout.caseNumber(), 9_000);

            assertThatThrownBy(() -> bench.inFlow(() -> bench.desk.reserve(payout.caseNumber())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nothing is paid");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_database_refuses_a_second_payout_to_the_same_tender(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.jdbc
                    .sql("alter table payout drop constraint payout_pk cascade")
                    .update();

            assertThatThrownBy(() -> bench.inFlow(() -> {
                        bench.payouts.insert(payout, 3);
                        return true;
                    }))
                    .isInstanceOf(org.springframework.dao.DuplicateKeyException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_questions_come_at_growing_pauses_under_one_deadline(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(new Answer.Unknown("cut"));
            bench.issue(payout);

            var pauses = List.of(1, 2, 3, 4).stream()
                    .map(i -> bench.inFlow(() -> bench.desk.read(payout.caseNumber(), payout.id())))
                    .map(reading -> Duration.between(reading.nextCheckAt(), reading.giveUpAt()))
                    .toList();

            assertThat(pauses)
                    .containsExactly(
                            Duration.ofHours(24).minusSeconds(10),
                            Duration.ofHours(24).minusMinutes(1),
                            Duration.ofHours(23),
                            Duration.ofHours(23));
            assertThat(bench.timelineOf(payout)).containsOnlyOnce("refund-unconfirmed");
            assertThat(openDeadlines(bench, payout)).containsExactly("payout payment-provider");
        }
    }

    @ParameterizedTest
    @EnumSource
    void finance_gets_a_payout_once_and_its_deadline_ends_with_it(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.provider.next(new Answer.Declined("ACCOUNT_CLOSED"));
            bench.issue(payout);
            bench.inFlow(() -> bench.desk.refer(payout.caseNumber(), payout.id()));
            bench.inFlow(() -> bench.desk.refer(payout.caseNumber(), payout.id()));
            assertThat(bench.timelineOf(payout)).containsOnlyOnce("refund-referred");
            assertThat(openDeadlines(bench, payout)).containsExactly("finance finance");

            bench.decide(payout, PayoutDesk.CANCEL, null);
            bench.stop(payout);
            bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()));

            assertThat(openDeadlines(bench, payout)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_payout_that_somebody_holds_is_waited_for_and_one_that_was_never_booked_is_sent(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            assertThat(bench.read(payout)).isEqualTo(Outcome.NOT_BOOKED);

            bench.inFlow(() -> bench.payouts.hold(payout.id(), Duration.ofSeconds(30)));

            assertThat(bench.read(payout)).isEqualTo(Outcome.OPEN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_ends_paid_when_anything_was_paid_and_cancelled_when_nothing_was(Database database) {
        try (var bench = new Bench(database)) {
            var card = bench.aPayout();
            String number = card.caseNumber();
            var points = bench.payouts.of(number).get(1);
            assertThatThrownBy(() -> bench.inFlow(() -> bench.desk.conclude(number)))
                    .isInstanceOf(IllegalStateException.class);
            cancel(bench, card);
            bench.issue(points);
            assertThat(bench.inFlow(() -> bench.desk.conclude(number))).isEqualTo("PAID");

            var other = bench.aPayout();
            cancel(bench, other);
            cancel(bench, bench.payouts.of(other.caseNumber()).get(1));
            assertThat(bench.inFlow(() -> bench.desk.conclude(other.caseNumber())))
                    .isEqualTo("CANCELLED");
            assertThat(bench.takenOfOrder(other)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_that_was_decided_before_counts_after_a_settlement(Database database) {
        try (var bench = new Bench(database)) {
            var payout = bench.aPayout();
            bench.issue(payout);

            for (String decision : List.of(PayoutDesk.RETRY, PayoutDesk.PAID_OUTSIDE, PayoutDesk.CANCEL)) {
                bench.decide(payout, decision, "BANK-42");
                bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()));
            }

            assertThat(bench.now(payout).status()).isEqualTo(PayoutStatus.SETTLED);
            assertThat(bench.now(payout).outsideReference()).isNull();
            assertThat(bench.paidMinor(payout)).isEqualTo(8_000);
        }
    }

    @Test
    void who_approved_a_refund_does_not_decide_about_its_payout() {
        var approvals = Mockito.mock(ApprovedRefunds.class);
        Mockito.when(approvals.of("AS-1"))
                .thenReturn(new ApprovedRefund(
                        "AS-1", "M-1", "O-1", "B-1", "CNY", 1, "ORIGINAL", null, List.of(), Set.of("finance")));
        var desk = Mockito.mock(PayoutDesk.class);
        var answers = new SettlePayout(desk, approvals);

        assertThatThrownBy(() -> answers.take(new TaskAnswer(
                        "Task_SettlePayout",
                        "task",
                        "finance",
                        "AS-1",
                        "M-1",
                        Map.of("decision", "RETRY"),
                        Map.of("payoutId", "PO-1"))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ProblemCode.SAME_PERSON));
        Mockito.verifyNoInteractions(desk);
    }

    private static void cancel(Bench bench, Payout payout) {
        bench.decide(payout, PayoutDesk.CANCEL, null);
        bench.stop(payout);
        bench.inFlow(() -> bench.desk.close(payout.caseNumber(), payout.id()));
    }

    private static List<String> openDeadlines(Bench bench, Payout payout) {
        return bench.jdbc
                .sql("select stage || ' ' || owner from deadline where subject = :id and closed_at is null")
                .param("id", payout.id())
                .query(String.class)
                .list();
    }
}
