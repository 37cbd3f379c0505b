package io.aftersale.exchanges;

import io.aftersale.cases.ReplacementOfCase;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
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

    ExchangeSheet(Exchanges exchanges, StockHolds holds, Movements movements, OrderBook orders) {
        this.exchanges = exchanges;
        this.holds = holds;
        this.movements = movements;
        this.orders = orders;
    }

    @Override
    public Optional<Replacement> of(String caseNumber) {
        return holds.find(caseNumber).map(hold -> {
            var settled =
                    exchanges.find(caseNumber).filter(it -> it.settlement().isReplaced());
            var parcel = movements.parcels(caseNumber).stream()
                    .filter(sent -> sent.purpose().equals(Movement.REPLACEMENT))
                    .findFirst();
            return new Replacement(
                    hold.reservation().sku(),
                    settled.map(Exchange::quantity).orElse(hold.reservation().quantity()),
                    orders.replacementLines(caseNumber),
                    hold.state().name(),
                    settled.map(Exchange::priceMinor).orElse(null),
                    settled.map(Exchange::creditMinor).orElse(null),
                    settled.map(Exchange::differenceMinor).orElse(null),
                    settled.map(Exchange::paymentReference).orElse(null),
                    parcel.map(sent -> sent.trackingNumber()).orElse(null),
                    parcel.map(sent -> sent.sentAt()).orElse(null),
                    settled.map(Exchange::deliveredAt).orElse(null));
        });
    }
}
