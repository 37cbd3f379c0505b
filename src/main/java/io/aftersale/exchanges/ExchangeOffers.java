package io.aftersale.exchanges;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Conversion;
import io.aftersale.cases.Conversions;
import io.aftersale.cases.ConversionsOfKind;
import io.aftersale.cases.Kind;
import io.aftersale.cases.OfferChoice;
import io.aftersale.cases.OffersOfCase;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/**
 * What the buyer may say to an exchange that runs: wait or have the money where stock has run out, pay a difference, or
 * have the money instead of the article as long as nothing is booked. It passes facts on and never chooses the next step.
 */
@Service
class ExchangeOffers implements OffersOfCase, ConversionsOfKind {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Set<String> METHODS = Set.of("CARD", "WALLET", "BALANCE");

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

    /**
     * The shop says that its buyer has paid the difference.
     *
     * @param method CARD, WALLET or BALANCE; null is a card
     * @throws Problem FIELD_MISSING, FIELD_INVALID, AMOUNT_INVALID, DIFFERENCE_NOT_EXACT, PAYMENT_REFERENCE_TAKEN, or
     *     WRONG_STATE when no difference is owed (any more)
     */
    void payDifference(CaseFile file, String reference, Long amountMinor, String method) {
        if (reference == null || reference.isBlank()) {
            throw Problem.missing("reference");
        }
        if (!REFERENCE.matcher(reference).matches() || FreeText.hasCardNumber(reference)) {
            throw Problem.invalid("reference", "must be 1 to 64 letters, digits or any of . _ : -, and no card number");
        }
        if (amountMinor == null) {
            throw Problem.missing("amountMinor");
        }
        if (amountMinor <= 0) {
            throw new Problem(ProblemCode.AMOUNT_INVALID, "The amount must be above 0, in whole minor units.")
                    .with("field", "amountMinor");
        }
        if (method != null && !METHODS.contains(method)) {
            throw Problem.invalid("method", "must be CARD, WALLET or BALANCE");
        }
        Exchange it = exchanges
                .find(file.number())
                .filter(Exchange::isDifferenceOpen)
                .orElseThrow(() -> files.wrongState(file));
        if (amountMinor != it.differenceMinor()) {
            throw new Problem(
                            ProblemCode.DIFFERENCE_NOT_EXACT,
                            "The difference is " + it.differenceMinor() + ", not " + amountMinor + ".")
                    .with("field", "amountMinor")
                    .with("differenceMinor", it.differenceMinor());
        }
        if (exchanges.isReferenceKnown(file.merchantId(), reference)
                || orders.hasTender(file.merchantId(), file.orderId(), reference)) {
            throw new Problem(
                            ProblemCode.PAYMENT_REFERENCE_TAKEN,
                            "The payment " + reference + " was for something else.")
                    .with("field", "reference");
        }
        if (!exchanges.pay(file.number(), reference, method == null ? "CARD" : method)
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
