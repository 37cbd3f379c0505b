package io.aftersale.exchanges;

import io.aftersale.cases.ReplacementOfCase;
import io.aftersale.cases.Wishes;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
import io.aftersale.logistics.SentParcel;
import io.aftersale.orders.OrderBook;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows on the case sheet what goes out instead of what comes back. */
@Component
class ExchangeSheet implements ReplacementOfCase {
    private final Exchanges exchanges;
    private final StockHolds holds;
    private final Movements movements;
    private final OrderBook orders;
    private final Wishes wishes;

    ExchangeSheet(Exchanges exchanges, StockHolds holds, Movements movements, OrderBook orders, Wishes wishes) {
        this.exchanges = exchanges;
        this.holds = holds;
        this.movements = movements;
        this.orders = orders;
        this.wishes = wishes;
    }

    @Override
    public Optional<Replacement> of(String caseNumber) {
        var hold = holds.find(caseNumber);
        String sku = hold.map(it -> it.reservation().sku())
                .orElseGet(() -> wishes.of(caseNumber).sku());
        if (sku == null) {
            return Optional.empty();
        }
        var settled = exchanges.find(caseNumber).filter(it -> it.settlement().isReplaced());
        var parcel = movements.parcels(caseNumber).stream()
                .filter(sent -> sent.purpose().equals(Movement.REPLACEMENT))
                .findFirst();
        return Optional.of(new Replacement(
                sku,
                settled.map(Exchange::quantity)
                        .or(() -> hold.map(it -> it.reservation().quantity()))
                        .orElse(null),
                orders.replacementLines(caseNumber),
                hold.map(it -> it.state().name()).orElse(null),
                settled.map(Exchange::priceMinor).orElse(null),
                settled.map(Exchange::creditMinor).orElse(null),
                settled.map(Exchange::differenceMinor).orElse(null),
                settled.map(Exchange::paymentReference).orElse(null),
                parcel.map(SentParcel::trackingNumber).orElse(null),
                parcel.map(SentParcel::sentAt).orElse(null),
                settled.map(Exchange::deliveredAt).orElse(null)));
    }
}
