package io.aftersale.exchanges;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Conversion;
import io.aftersale.cases.Conversions;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.Kind;
import io.aftersale.cases.Payables;
import io.aftersale.cases.Timeline;
import io.aftersale.cases.Wish;
import io.aftersale.cases.Wishes;
import io.aftersale.orders.Component;
import io.aftersale.orders.Ledger;
import io.aftersale.orders.Order;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.OrderLine;
import io.aftersale.orders.Tender;
import io.aftersale.orders.TenderMethod;
import io.aftersale.orders.UnitShare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * What an exchange comes to: it sets what was accepted against the price of the wanted article, and books the replacement
 * in the ledger, once. It pays nothing and never chooses the next step.
 */
@Service
class SettlementDesk {
    private static final String RULES = "rules";

    private final Exchanges exchanges;
    private final CaseFiles files;
    private final Wishes wishes;
    private final Payables payables;
    private final Conversions conversions;
    private final OrderBook orders;
    private final Ledger ledger;
    private final Deadlines deadlines;
    private final Timeline timeline;

    SettlementDesk(
            Exchanges exchanges,
            CaseFiles files,
            Wishes wishes,
            Payables payables,
            Conversions conversions,
            OrderBook orders,
            Ledger ledger,
            Deadlines deadlines,
            Timeline timeline) {
        this.exchanges = exchanges;
        this.files = files;
        this.wishes = wishes;
        this.payables = payables;
        this.conversions = conversions;
        this.orders = orders;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.timeline = timeline;
    }

    /** Settles an exchange and keeps what it came to; asked again it says the same. */
    Outcome settle(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        var known = exchanges.find(caseNumber);
        if (known.isPresent()) {
            return known.get().settlement();
        }
        Order order = orders.lock(file.merchantId(), file.orderId());
        if (!payables.isFixed(caseNumber)) {
            if (file.kind() == Kind.EXCHANGE) {
                return Outcome.NOT_RETURNED;
            }
            acceptAll(file);
        }
        if (Conversion.REFUND.name().equals(file.convertedTo())) {
            return keep(file, settlement(file), refundOf(payables.fixed(caseNumber)));
        }
        Settlement it = settlement(file);
        if (ledger.usedUp(caseNumber).isEmpty()) {
            return keep(file, it, Outcome.NOTHING);
        }
        keep(file, it, it.outcome());
        if (it.outcome() != Outcome.DEARER) {
            book(file, order, it, null);
        }
        return it.outcome();
    }

    /** A case of another kind has inspected nothing: all its units are exchanged for what they are worth. */
    private void acceptAll(CaseFile file) {
        file.units().forEach(unit -> ledger.useUp(file.number(), unit.lineId(), unit.unitNo()));
        payables.fix(file.number(), payables.approved(file.number()));
    }

    private Settlement settlement(CaseFile file) {
        return Settlement.of(
                ledger.usedUp(file.number()),
                payables.fixed(file.number()),
                wishes.of(file.number()).priceMinor());
    }

    private Outcome keep(CaseFile file, Settlement it, Outcome outcome) {
        int quantity = ledger.usedUp(file.number()).size();
        exchanges.insert(new Exchange(
                file.number(),
                file.merchantId(),
                wantedSku(file),
                quantity,
                it.priceMinor(),
                it.creditMinor(),
                it.differenceMinor(),
                outcome,
                null,
                null,
                null,
                null,
                null));
        timeline.add(file.number(), RULES, "exchange-settled", text(outcome, it, file.currency()));
        return outcome;
    }

    private static String text(Outcome outcome, Settlement it, String currency) {
        String difference = CaseForms.money(Math.abs(it.differenceMinor()), currency);
        return switch (outcome) {
            case EVEN -> "Nothing to pay on either side 等价换货";
            case CHEAPER -> "Difference to be paid out 应退差价: " + difference;
            case DEARER -> "Difference to be paid by the buyer 需补差价: " + difference;
            case REFUND -> "To be refunded 应退: " + CaseForms.money(it.creditMinor(), currency);
            case NOTHING, NOT_RETURNED -> "Nothing was accepted 未收下商品";
        };
    }

    /** Opens the buyer's time to pay what the article costs more. */
    Due quote(String caseNumber) {
        return deadlines.open(caseNumber, "difference", null, "buyer", "Gateway_AwaitDifference");
    }

    /** The difference is paid: the exchange is booked. */
    void recordDifference(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        Exchange it = exchanges.find(caseNumber).orElseThrow();
        if (it.paymentReference() == null) {
            throw new IllegalStateException("The difference of " + caseNumber + " was not paid");
        }
        Order order = orders.lock(file.merchantId(), file.orderId());
        var onTop = new Tender(it.paymentReference(), TenderMethod.valueOf(it.paymentMethod()), it.differenceMinor());
        book(file, order, settlement(file), onTop);
        deadlines.close(caseNumber, null);
    }

    /** No article goes out after all: what was accepted is given back. */
    Outcome refundInstead(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        conversions.record(caseNumber, Conversion.REFUND, "deadline");
        Outcome outcome = refundOf(payables.fixed(file.number()));
        if (!exchanges.drop(caseNumber, outcome)) {
            throw new IllegalStateException("The exchange of " + caseNumber + " is booked already");
        }
        deadlines.close(caseNumber, null);
        return outcome;
    }

    private static Outcome refundOf(List<Component> payable) {
        return payable.isEmpty() ? Outcome.NOTHING : Outcome.REFUND;
    }

    private void book(CaseFile file, Order order, Settlement it, Tender onTop) {
        if (!exchanges.book(file.number())) {
            throw new IllegalStateException("The exchange of " + file.number() + " was booked before");
        }
        payables.lower(file.number(), it.paidOut());
        ledger.exchange(order, file.number(), it.carried(), replacements(file, order, it), onTop);
    }

    /** One line for each line that came back, worth what its units cost. */
    private List<OrderLine> replacements(CaseFile file, Order order, Settlement it) {
        Wish wish = wishes.of(file.number());
        var units = new LinkedHashMap<String, List<UnitShare>>();
        ledger.usedUp(file.number())
                .forEach(unit -> units.computeIfAbsent(unit.lineId(), lineId -> new ArrayList<>())
                        .add(unit));
        var lines = new ArrayList<OrderLine>();
        units.forEach((lineId, exchanged) -> {
            long worth = exchanged.stream()
                    .mapToLong(unit -> wish.priceMinor() == null ? unit.restMinor() : wish.priceMinor())
                    .reduce(0, Math::addExact);
            lines.add(order.requireLine(lineId)
                    .replacedBy(
                            file.number(),
                            file.number() + "-" + (lines.size() + 1),
                            wantedSku(file),
                            exchanged.size(),
                            worth));
        });
        return lines;
    }

    /** The article that is wanted; the same as before where the case names none. */
    private String wantedSku(CaseFile file) {
        String sku = wishes.of(file.number()).sku();
        return sku != null
                ? sku
                : orders.find(file.merchantId(), file.orderId())
                        .requireLine(file.lineIds().get(0))
                        .sku();
    }
}
