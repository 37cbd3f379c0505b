package io.aftersale.payouts;

import io.aftersale.access.CardVault;
import io.aftersale.cases.ApprovedRefunds;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Timeline;
import io.aftersale.orders.Ledger;
import io.aftersale.payouts.PaymentGateway.Answer;
import io.aftersale.payouts.Payouts.Hold;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Speaks with the payment provider about one payout at a time: sends it, asks about it, stops it, and commits what was
 * answered before anything else happens. It holds no row lock while it waits for an answer, asks before it sends again,
 * and writes only under the hold with which it asked. Where the process goes next is not its business.
 */
@Service
class Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final Payouts payouts;
    private final PaymentGateway gateway;
    private final PaymentSettings settings;
    private final CardVault cards;
    private final ApprovedRefunds approvals;
    private final Ledger ledger;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final Alone alone;

    Teller(
            Payouts payouts,
            PaymentGateway gateway,
            PaymentSettings settings,
            CardVault cards,
            ApprovedRefunds approvals,
            Ledger ledger,
            Deadlines deadlines,
            Timeline timeline,
            Alone alone) {
        this.payouts = payouts;
        this.gateway = gateway;
        this.settings = settings;
        this.cards = cards;
        this.approvals = approvals;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.alone = alone;
    }

    /**
     * Sends a payout to the provider, after asking whether an earlier send was booked. Does nothing when the payout is
     * done with or somebody else is talking about it.
     *
     * @throws IllegalStateException when no approval covers it; nothing is sent then
     */
    void issue(String caseNumber, String payoutId) {
        requireApproved(caseNumber, payoutId);
        talk(payoutId, hold -> {
            if (hold.isInDoubt()) {
                Answer known = gateway.query(hold.payout().order(null));
                if (!(known instanceof Answer.NotBooked)) {
                    return known;
                }
            }
            return send(hold);
        });
    }

    private Answer send(Hold hold) {
        Payout payout = hold.payout();
        var card = payout.isToBankCard() ? cards.reveal(payout.merchantId(), payout.cardToken()) : null;
        boolean isMine = alone.commit(() -> payouts.startAttempt(hold));
        return isMine
                ? gateway.refund(payout.order(card))
                : new Answer.Unknown("somebody else has taken this payout over");
    }

    /** Asks the provider what became of a payout. Does nothing when it is done with or somebody else is talking. */
    void query(String caseNumber, String payoutId) {
        requireOf(caseNumber, payoutId);
        query(payoutId);
    }

    /** Makes sure that the provider will not pay it any more, or learns that it has. A plain decline is enough. */
    void stop(String caseNumber, String payoutId) {
        requireOf(caseNumber, payoutId);
        talk(payoutId, hold -> hold.isInDoubt() ? gateway.stop(hold.payout().order(null)) : new Answer.Stopped());
    }

    /**
     * Takes in what the provider told unasked. That a refund is settled, with the right amount, is believed at any time;
     * anything else is a reason to ask.
     */
    void hear(Payout payout, PaymentEvent event) {
        boolean saysSettled = "SETTLED".equals(event.saidStatus());
        boolean fits = event.saidAmount() != null
                && event.saidAmount() == payout.amountMinor()
                && payout.currency().equals(event.saidCurrency());
        if (saysSettled && fits) {
            alone.commit(() -> {
                settle(payout, event.providerRef());
                return true;
            });
        } else if (!"PENDING".equals(event.saidStatus())) {
            query(payout.id());
        }
    }

    private void query(String payoutId) {
        talk(payoutId, hold -> gateway.query(hold.payout().order(null)));
    }

    private void talk(String payoutId, Function<Hold, Answer> question) {
        var held = alone.commit(() -> payouts.hold(payoutId, settings.lease()));
        if (held.isEmpty()) {
            LOG.info("The payout {} is done with or being talked about elsewhere", payoutId);
            return;
        }
        Hold hold = held.get();
        boolean isAnswered = false;
        try {
            Answer answer = question.apply(hold);
            isAnswered = true;
            alone.commit(() -> {
                write(hold, answer);
                return true;
            });
        } finally {
            if (!isAnswered) {
                alone.commit(() -> {
                    payouts.release(hold);
                    return true;
                });
            }
        }
    }

    private void write(Hold hold, Answer answer) {
        boolean isWritten = writeIfMine(hold, answer);
        if (!isWritten) {
            LOG.warn(
                    "An answer about {} came too late to be written: {}",
                    hold.payout().id(),
                    answer);
        }
    }

    private boolean writeIfMine(Hold hold, Answer answer) {
        if (answer instanceof Answer.Settled settled) {
            settle(hold.payout(), settled.providerRef());
            return true;
        }
        if (answer instanceof Answer.Pending pending) {
            return payouts.pending(hold, pending.providerRef());
        }
        if (answer instanceof Answer.Declined declined) {
            return declined(hold, declined.reason());
        }
        if (answer instanceof Answer.NotBooked) {
            return payouts.notBooked(hold);
        }
        if (answer instanceof Answer.Stopped) {
            return payouts.stopped(hold);
        }
        if (answer instanceof Answer.Contradicted contradicted) {
            return payouts.contradict(hold, contradicted.what());
        }
        return payouts.unknown(hold, ((Answer.Unknown) answer).why());
    }

    private boolean declined(Hold hold, String reason) {
        boolean isMine = payouts.fail(hold, reason);
        if (isMine) {
            timeline.add(
                    hold.payout().caseNumber(),
                    "payment-provider",
                    "refund-declined",
                    "The payment provider could not pay your refund 支付方未能退款",
                    hold.payout().id() + " was declined: " + reason);
        }
        return isMine;
    }

    /**
     * The provider has paid. Counted once, however often and by whomever it is told; where finance has closed the payout
     * or says that it paid outside too, people are told once to look.
     */
    private void settle(Payout payout, String providerRef) {
        if (payouts.settle(payout.id(), providerRef)) {
            ledger.settle(payout.id());
            approvals.paid(payout.caseNumber(), payout.amountMinor());
            deadlines.close(payout.caseNumber(), payout.id());
            timeline.add(
                    payout.caseNumber(),
                    "payment-provider",
                    "refund-settled",
                    "Paid back 已退款: " + Money.text(payout.amountMinor(), payout.currency()),
                    payout.id() + ", provider's number " + providerRef);
        }
        Payout now = payouts.find(payout.id()).orElseThrow();
        boolean isCancelled = now.status() == PayoutStatus.CANCELLED;
        boolean isPaidTwice = now.outsideReference() != null;
        if ((isCancelled || isPaidTwice) && now.contradiction() == null) {
            String what = "the provider says paid, our record says " + (isCancelled ? "cancelled" : "paid outside");
            LOG.error("Payout {} of {}: {}", now.id(), now.caseNumber(), what);
            payouts.noteContradiction(now.id(), what, providerRef);
            timeline.add(
                    now.caseNumber(),
                    "payment-provider",
                    "payout-contradicted",
                    "Our finance team is looking after your refund 财务人员正在处理您的退款",
                    now.id() + ": " + what);
        }
    }

    private Payout requireOf(String caseNumber, String payoutId) {
        return payouts.find(payoutId)
                .filter(payout -> payout.caseNumber().equals(caseNumber))
                .orElseThrow(() -> new IllegalStateException("The case " + caseNumber + " has no payout " + payoutId));
    }

    /** Whoever moved the process here: what is not covered by the approved row of its own case is not sent. */
    private void requireApproved(String caseNumber, String payoutId) {
        requireOf(caseNumber, payoutId);
        long approved = approvals.of(caseNumber).amountMinor();
        long committed = payouts.of(caseNumber).stream()
                .filter(payout -> payout.status() != PayoutStatus.CANCELLED)
                .mapToLong(Payout::amountMinor)
                .reduce(0, Math::addExact);
        if (committed > approved) {
            throw new IllegalStateException(
                    "The payouts of " + caseNumber + " come to " + committed + ", approved is only " + approved);
        }
    }
}
