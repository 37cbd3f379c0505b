package io.aftersale.payouts;

import io.aftersale.cases.ApprovedRefund;
import io.aftersale.cases.ApprovedRefunds;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.Timeline;
import io.aftersale.orders.Ledger;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.Portion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * The record side of paying a refund back: sets the amount aside, reads how far each payout has come, opens and closes
 * the waits, and writes down what finance decided. It works inside the caller's transaction and never speaks with the
 * provider; the {@link Teller} does.
 */
@Service
class PayoutDesk {
    static final String RETRY = "RETRY";
    static final String PAID_OUTSIDE = "PAID_OUTSIDE";
    static final String CANCEL = "CANCEL";
    static final String FINANCE = "finance";
    private static final String PROVIDER = "payment-provider";
    private static final String PAYOUT = "payout";

    private final Payouts payouts;
    private final ApprovedRefunds approvals;
    private final OrderBook orders;
    private final Ledger ledger;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final PaymentSettings settings;
    private final Clock clock;

    PayoutDesk(
            Payouts payouts,
            ApprovedRefunds approvals,
            OrderBook orders,
            Ledger ledger,
            Deadlines deadlines,
            Timeline timeline,
            PaymentSettings settings,
            Clock clock) {
        this.payouts = payouts;
        this.approvals = approvals;
        this.orders = orders;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sets the approved amount of a case aside, one payout for each tender that gives something back. Asked again, it
     * names the payouts there are and sets nothing more aside.
     *
     * @return the ids of the payouts that are still to be paid; none when nothing is to be given back
     * @throws IllegalStateException when the case has no approved row, or a larger one than was set aside before
     * @throws io.aftersale.problems.Problem AMOUNT_EXCEEDS_PAID when the order cannot give that much back
     */
    List<String> reserve(String caseNumber) {
        var approved = approvals.of(caseNumber);
        orders.lock(approved.merchantId(), approved.orderId());
        var existing = payouts.of(caseNumber);
        if (existing.isEmpty() && approved.amountMinor() > 0) {
            existing = reserveAnew(approved);
        }
        long total = existing.stream().mapToLong(Payout::amountMinor).reduce(0, Math::addExact);
        if (total != approved.amountMinor()) {
            throw new IllegalStateException("The payouts of " + caseNumber + " come to " + total + ", approved is "
                    + approved.amountMinor() + "; nothing is paid until somebody has looked.");
        }
        return existing.stream()
                .filter(payout -> !payout.isFinal())
                .map(Payout::id)
                .toList();
    }

    private List<Payout> reserveAnew(ApprovedRefund approved) {
        var portions = ledger.reserve(
                approved.merchantId(),
                approved.orderId(),
                approved.caseNumber(),
                approved.components(),
                () -> "PO-" + UUID.randomUUID());
        for (int i = 0; i < portions.size(); i++) {
            payouts.insert(payout(approved, portions.get(i)), i + 1);
        }
        timeline.add(
                approved.caseNumber(),
                "rules",
                "refund-reserved",
                "Your refund is being prepared 退款准备中: " + Money.text(approved.amountMinor(), approved.currency()));
        return payouts.of(approved.caseNumber());
    }

    private static Payout payout(ApprovedRefund approved, Portion portion) {
        // A bank card takes the place of money; points and coupons always go back in kind.
        boolean isToCard = Payout.BANK_CARD.equals(approved.payToMethod())
                && !portion.method().isInKind();
        return new Payout(
                portion.payoutId(),
                approved.caseNumber(),
                approved.merchantId(),
                approved.orderId(),
                portion.tenderId(),
                portion.method().name(),
                isToCard ? Payout.BANK_CARD : Payout.ORIGINAL,
                isToCard ? approved.cardToken() : null,
                portion.amountMinor(),
                approved.currency(),
                PayoutStatus.RESERVED,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                false,
                0);
    }

    /** What the process goes by. */
    enum Outcome {
        /** Settled or cancelled: done with. */
        CLOSED,
        /** Declined, or contradicted: waiting longer does not help. */
        REFUSED,
        /** The provider has nothing under this key: it may be sent again. */
        NOT_BOOKED,
        /** Pending, or not known. */
        OPEN
    }

    /**
     * How far a payout has come; {@code nextCheckAt} and {@code giveUpAt} are null unless it is open.
     */
    record Reading(Outcome outcome, Instant nextCheckAt, Instant giveUpAt) {}

    /**
     * Reads how far a payout has come and keeps others from changing it until the process stands where this reading
     * sends it: who settles it a moment later finds the process waiting and wakes it.
     */
    Reading read(String caseNumber, String payoutId) {
        Payout payout = lock(caseNumber, payoutId);
        if (payout.isFinal()) {
            deadlines.close(caseNumber, payoutId);
            return new Reading(Outcome.CLOSED, null, null);
        }
        if (payout.isRefused()) {
            return new Reading(Outcome.REFUSED, null, null);
        }
        if (payout.status() == PayoutStatus.RESERVED && !payout.isHeld()) {
            return new Reading(Outcome.NOT_BOOKED, null, null);
        }
        payouts.countCheck(payoutId);
        return new Reading(Outcome.OPEN, clock.instant().plus(settings.waitBefore(payout.checks())), giveUpAt(payout));
    }

    /** The wait for the provider runs on while it is asked again and again, for longer where a supervisor said so. */
    private Instant giveUpAt(Payout payout) {
        if (PAYOUT.equals(payout.waitStage())) {
            return deadlines.dueOf(payout.caseNumber(), payout.id()).orElse(payout.waitUntil());
        }
        var due = deadlines.open(payout.caseNumber(), PAYOUT, payout.id(), PROVIDER, "Task_AwaitSettlement");
        payouts.startWait(payout.id(), PAYOUT, due.dueAt());
        boolean isPending = payout.status() == PayoutStatus.PENDING;
        timeline.add(
                payout.caseNumber(),
                PROVIDER,
                isPending ? "refund-pending" : "refund-unconfirmed",
                isPending
                        ? "The payment provider is working on your refund 退款处理中"
                        : "We are confirming your refund with the payment provider 正在与支付方确认退款");
        return due.dueAt();
    }

    /** Hands a payout to finance. Asked again while finance has it, it changes nothing. */
    Instant refer(String caseNumber, String payoutId) {
        Payout payout = lock(caseNumber, payoutId);
        if (FINANCE.equals(payout.waitStage())) {
            return payout.waitUntil();
        }
        Due due = deadlines.open(caseNumber, FINANCE, payoutId, FINANCE, "Task_SettlePayout");
        payouts.startWait(payoutId, FINANCE, due.dueAt());
        timeline.add(
                caseNumber,
                PROVIDER,
                "refund-referred",
                "Our finance team is looking after your refund 财务人员正在处理您的退款",
                reasonFor(payout));
        return due.dueAt();
    }

    private static String reasonFor(Payout payout) {
        if (payout.contradiction() != null) {
            return payout.id() + ": " + payout.contradiction();
        }
        return payout.status() == PayoutStatus.FAILED
                ? payout.id() + " was declined: " + payout.declineReason()
                : payout.id() + " has had no certain outcome in time";
    }

    void escalate(String caseNumber) {
        timeline.add(caseNumber, "deadline", "refund-escalated", "Passed on to the supervisors 已升级至主管");
    }

    /**
     * Writes down what finance decided about a payout.
     *
     * @param reference how it was paid outside; null with any other decision
     */
    void decide(String payoutId, String decision, String reference, String remark, String who) {
        Payout payout = payouts.lock(payoutId).orElseThrow();
        switch (decision) {
            case RETRY -> {
                payouts.retry(payoutId, who);
                deadlines.close(payout.caseNumber(), payoutId);
                timeline.add(
                        payout.caseNumber(), who, "refund-retried", "Your refund is being tried again 正在重新退款", remark);
            }
            case PAID_OUTSIDE -> {
                payouts.decide(payoutId, decision, reference, who);
                note(payout, who, "payout-paid-outside", payoutId + " paid outside, reference " + reference, remark);
            }
            default -> {
                payouts.decide(payoutId, CANCEL, null, who);
                note(payout, who, "payout-cancellation-asked", payoutId + " to be cancelled", remark);
            }
        }
    }

    /** Nothing a buyer would want to read yet: whether it comes to that, the provider has a say in. */
    private void note(Payout payout, String who, String event, String what, String remark) {
        timeline.add(
                payout.caseNumber(),
                who,
                event,
                "Finance has decided about your refund 财务已处理",
                remark == null ? what : what + ". " + remark);
    }

    /**
     * Carries out what finance decided, now that the provider was told to stop: paid outside, or cancelled. A cancelled
     * payout frees what was set aside. What the provider settled before it could be stopped stays settled.
     *
     * @return CLOSED, or OPEN when a cancellation cannot be vouched for and finance has to look again
     */
    Reading close(String caseNumber, String payoutId) {
        Payout payout = lock(caseNumber, payoutId);
        if (!payout.isFinal() && PAID_OUTSIDE.equals(payout.financeDecision()) && payouts.settleOutside(payoutId)) {
            ledger.settle(payoutId);
            approvals.paid(caseNumber, payout.amountMinor());
            timeline.add(
                    caseNumber,
                    FINANCE,
                    "refund-settled",
                    "Paid back 已退款: " + Money.text(payout.amountMinor(), payout.currency()),
                    payoutId + " paid outside, reference " + payout.outsideReference());
        } else if (!payout.isFinal() && payouts.cancel(payoutId)) {
            ledger.cancel(payoutId);
            timeline.add(
                    caseNumber,
                    FINANCE,
                    "refund-cancelled",
                    "A part of the refund was cancelled 部分退款已取消: "
                            + Money.text(payout.amountMinor(), payout.currency()),
                    payoutId);
        } else if (!payout.isFinal()) {
            timeline.add(
                    caseNumber,
                    PROVIDER,
                    "payout-in-doubt",
                    "Our finance team is looking after your refund 财务人员正在处理您的退款",
                    payoutId + " cannot be cancelled while the provider does not say that it will never pay it");
            return new Reading(Outcome.OPEN, null, null);
        }
        deadlines.close(caseNumber, payoutId);
        return new Reading(Outcome.CLOSED, null, null);
    }

    /**
     * How the payout of a case has ended: PAID when anything was paid or nothing was to be, CANCELLED when all of it was
     * cancelled.
     *
     * @throws IllegalStateException when some payout is not done with, whoever moved the process here
     */
    String conclude(String caseNumber) {
        var all = payouts.of(caseNumber);
        var open = all.stream().filter(payout -> !payout.isFinal()).findFirst();
        if (open.isPresent()) {
            throw new IllegalStateException(
                    "The payout " + open.get().id() + " is " + open.get().status() + " and not done with");
        }
        if (all.isEmpty() && approvals.of(caseNumber).amountMinor() > 0) {
            throw new IllegalStateException("Nothing was set aside for the approved refund of " + caseNumber);
        }
        boolean isCancelled =
                !all.isEmpty() && all.stream().allMatch(payout -> payout.status() == PayoutStatus.CANCELLED);
        return isCancelled ? "CANCELLED" : "PAID";
    }

    private Payout lock(String caseNumber, String payoutId) {
        return payouts.lock(payoutId)
                .filter(payout -> payout.caseNumber().equals(caseNumber))
                .orElseThrow(() -> new IllegalStateException("The case " + caseNumber + " has no payout " + payoutId));
    }
}
