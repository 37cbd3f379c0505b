package io.aftersale.exchanges;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Conversion;
import io.aftersale.cases.Conversions;
import io.aftersale.cases.ConversionsOfKind;
import io.aftersale.cases.Kind;
import io.aftersale.cases.OfferChoice;
import io.aftersale.cases.OffersOfCase;
import io.aftersale.cases.Payment;
import io.aftersale.cases.PaymentsOfCase;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * What the buyer may say to an exchange that runs: wait or have the money where stock has run out, pay a difference, or
 * have the money instead of the article as long as nothing is booked. It passes facts on and never chooses the next step.
 */
@Service
class ExchangeOffers implements OffersOfCase, ConversionsOfKind, PaymentsOfCase {
    private final Exchanges exchanges;
    private final StockHolds holds;
    private final StockDesk stock;
    private final ExchangeProcess process;
    private final CaseFiles files;
    private final OrderBook orders;
    private final Conversions conversions;

    ExchangeOffers(
            Exchanges exchanges,
            StockHolds holds,
            StockDesk stock,
            ExchangeProcess process,
            CaseFiles files,
            OrderBook orders,
            Conversions conversions) {
        this.exchanges = exchanges;
        this.holds = holds;
        this.stock = stock;
        this.process = process;
        this.files = files;
        this.orders = orders;
        this.conversions = conversions;
    }

    @Override
    public Kind kind() {
        return Kind.EXCHANGE;
    }

    @Override
    public Set<OfferChoice> open(CaseFile file) {
        if (isDifferenceOpen(file)) {
            return Set.of(OfferChoice.REFUND);
        }
        return stock.openChoices(file.number());
    }

    @Override
    public void answer(CaseFile file, OfferChoice choice) {
        if (choice == OfferChoice.REFUND) {
            conversions.record(file.number(), Conversion.REFUND, "buyer");
            if (!convert(file, Conversion.REFUND)) {
                throw files.wrongState(file);
            }
        } else {
            stock.chooseWaiting(file.number());
            if (!process.tellOfferAnswered(file.number(), choice.name())) {
                throw files.wrongState(file);
            }
        }
    }

    @Override
    public Set<Conversion> openConversions(CaseFile file) {
        boolean isOpen =
                isDifferenceOpen(file) || !stock.openChoices(file.number()).isEmpty() || isUnderWay(file);
        return isOpen && file.convertedTo() == null ? Set.of(Conversion.REFUND) : Set.of();
    }

    @Override
    public boolean convert(CaseFile file, Conversion to) {
        if (isDifferenceOpen(file)) {
            return process.tellOfferAnswered(file.number(), OfferChoice.REFUND.name());
        }
        if (!stock.openChoices(file.number()).isEmpty()) {
            stock.chooseRefund(file.number());
            return process.tellOfferAnswered(file.number(), OfferChoice.REFUND.name());
        }
        return process.tellConverted(file.number());
    }

    @Override
    public OptionalLong owedMinor(CaseFile file) {
        return exchanges.find(file.number()).filter(Exchange::isDifferenceOpen).stream()
                .mapToLong(Exchange::differenceMinor)
                .findFirst();
    }

    @Override
    public boolean knows(String merchantId, String reference) {
        return exchanges.isReferenceKnown(merchantId, reference);
    }

    @Override
    public void pay(CaseFile file, Payment payment) {
        if (orders.hasTender(file.merchantId(), file.orderId(), payment.reference())) {
            throw new Problem(
                            ProblemCode.PAYMENT_REFERENCE_TAKEN,
                            "The payment " + payment.reference() + " was for something else.")
                    .with("field", "reference");
        }
        if (!exchanges.pay(file.number(), payment.reference(), payment.method())
                || !process.tellDifferencePaid(file.number())) {
            throw files.wrongState(file);
        }
    }

    private boolean isDifferenceOpen(CaseFile file) {
        return exchanges.find(file.number()).filter(Exchange::isDifferenceOpen).isPresent();
    }

    /** Stock is set aside, and nothing is settled yet: the goods are with the buyer or on their way. */
    private boolean isUnderWay(CaseFile file) {
        return exchanges.find(file.number()).isEmpty()
                && holds.find(file.number())
                        .filter(hold -> hold.state() == StockHold.State.RESERVED)
                        .isPresent();
    }
}
