package io.aftersale.repairs;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.Payment;
import io.aftersale.cases.PaymentsOfCase;
import io.aftersale.cases.Timeline;
import io.aftersale.problems.Problem;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;

/**
 * A repair that the seller does not owe: quoted, answered by the buyer, and paid before it begins. What it costs is
 * asked for and never taken; what was paid, the shop took itself and tells us by its reference.
 */
@Service
class QuoteDesk implements PaymentsOfCase {
    private static final String BUYER = "buyer";
    private static final String STAGE = "quote";

    private final Repairs repairs;
    private final RepairProcess process;
    private final CaseFiles files;
    private final Deadlines deadlines;
    private final Timeline timeline;

    QuoteDesk(Repairs repairs, RepairProcess process, CaseFiles files, Deadlines deadlines, Timeline timeline) {
        this.repairs = repairs;
        this.process = process;
        this.files = files;
        this.deadlines = deadlines;
        this.timeline = timeline;
    }

    /** Asks the buyer, who has the time of the stage {@code quote}. */
    Due quote(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        long amount = repairs.find(caseNumber).orElseThrow().diagnosis().costMinor();
        repairs.quote(caseNumber, amount);
        timeline.add(
                caseNumber,
                "rules",
                "repair-quoted",
                "The repair would cost 维修报价: " + CaseForms.money(amount, file.currency()));
        return deadlines.open(caseNumber, STAGE, null, BUYER, "Gateway_AwaitQuoteAnswer");
    }

    /**
     * The buyer's word on the quote.
     *
     * @throws Problem FIELD_MISSING, WRONG_STATE when there is no quote, or it was answered already or too late
     */
    void answer(CaseFile file, Boolean accept) {
        if (accept == null) {
            throw Problem.missing("accept");
        }
        String answer = accept ? "ACCEPTED" : "DECLINED";
        if (!repairs.answerQuote(file.number(), answer)) {
            throw files.wrongState(file);
        }
        timeline.add(
                file.number(),
                BUYER,
                accept ? "quote-accepted" : "quote-declined",
                accept ? "The quote was accepted 买家接受报价" : "The quote was declined 买家拒绝报价");
        if (!process.tellQuoteAnswered(file.number(), answer)) {
            throw files.wrongState(file);
        }
    }

    /** The buyer agreed and has the same time again to pay. */
    Due requestPayment(String caseNumber) {
        return deadlines.open(caseNumber, STAGE, null, BUYER, "Gateway_AwaitQuotePayment");
    }

    /** A quote that nobody answered, or nobody paid, in time stands no longer; another one stays as it is. */
    void letLapse(Repair it) {
        if (it.quote() == null
                || it.quote().paidAt() != null
                || "DECLINED".equals(it.quote().answer())) {
            return;
        }
        repairs.lapseQuote(it.caseNumber());
        timeline.add(it.caseNumber(), "deadline", "quote-lapsed", "The quote stands no longer 报价已失效");
    }

    @Override
    public OptionalLong owedMinor(CaseFile file) {
        return repairs.find(file.number()).map(Repair::quote).filter(Repair.Quote::isToBePaid).stream()
                .mapToLong(Repair.Quote::amountMinor)
                .findFirst();
    }

    @Override
    public boolean knows(String merchantId, String reference) {
        return repairs.isPaymentKnown(merchantId, reference);
    }

    @Override
    public void pay(CaseFile file, Payment payment) {
        if (!repairs.pay(file.number(), payment.reference())) {
            throw files.wrongState(file);
        }
        timeline.add(
                file.number(),
                BUYER,
                "quote-paid",
                "The repair was paid for 维修费已付: " + CaseForms.money(payment.amountMinor(), file.currency()),
                "reference " + payment.reference());
        if (!process.tellPaid(file.number())) {
            throw files.wrongState(file);
        }
    }
}
