package io.aftersale.exchanges;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.ParcelsOfCase;
import io.aftersale.cases.Timeline;
import io.aftersale.cases.Wishes;
import io.aftersale.logistics.Dispatcher;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
import io.aftersale.logistics.ParcelEvent;
import io.aftersale.logistics.ParcelWatcher;
import io.aftersale.orders.Ledger;
import io.aftersale.orders.OrderBook;
import java.time.Clock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The replacement on its way: handed to the carrier once, announced, and delivered by whoever says so first. It ships
 * nothing that is not booked in the ledger, whoever moved the process here.
 */
@Service
class ReplacementDesk implements ParcelsOfCase, ParcelWatcher {
    private final Exchanges exchanges;
    private final StockDesk stock;
    private final Movements movements;
    private final Dispatcher dispatcher;
    private final ExchangeProcess process;
    private final CaseFiles files;
    private final Wishes wishes;
    private final OrderBook orders;
    private final Ledger ledger;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final Clock clock;
    private final TransactionTemplate alone;

    ReplacementDesk(
            Exchanges exchanges,
            StockDesk stock,
            Movements movements,
            Dispatcher dispatcher,
            ExchangeProcess process,
            CaseFiles files,
            Wishes wishes,
            OrderBook orders,
            Ledger ledger,
            Deadlines deadlines,
            Timeline timeline,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.exchanges = exchanges;
        this.stock = stock;
        this.movements = movements;
        this.dispatcher = dispatcher;
        this.process = process;
        this.files = files;
        this.wishes = wishes;
        this.orders = orders;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.clock = clock;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Hands the accepted number of units to the carrier, once. */
    void ship(String caseNumber) {
        int quantity = alone.execute(status -> planned(caseNumber));
        stock.handOut(caseNumber, quantity);
        dispatcher.send(caseNumber, Movement.REPLACEMENT);
    }

    private int planned(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        Exchange it = exchanges
                .find(caseNumber)
                .filter(known -> known.bookedAt() != null)
                .orElseThrow(() -> new IllegalStateException("No replacement of " + caseNumber + " is booked"));
        if (movements.of(caseNumber, Movement.REPLACEMENT).isEmpty()) {
            movements.insert(Movement.planned(
                    caseNumber,
                    file.merchantId(),
                    orders.replacementLines(caseNumber).get(0),
                    it.sku(),
                    Movement.REPLACEMENT,
                    it.quantity(),
                    wishes.of(caseNumber).addressLine()));
        }
        return it.quantity();
    }

    /** Opens the buyer's time to confirm the receipt. */
    Due announce(String caseNumber) {
        exchanges.announce(caseNumber);
        return deadlines.open(caseNumber, "replacement", null, "buyer", "Gateway_AwaitDelivery");
    }

    @Override
    public boolean confirm(CaseFile file) {
        return exchanges
                        .find(file.number())
                        .filter(it -> it.announcedAt() != null && it.deliveredAt() == null)
                        .isPresent()
                && process.tellDelivered(file.number());
    }

    /** @throws IllegalStateException when the parcel has arrived before it was announced: to be told again */
    @Override
    public boolean heard(ParcelEvent event) {
        // A parcel that is in the warehouse again has not reached the buyer: somebody has to look at it.
        if (event.trackingNumber() == null || event.type() == ParcelEvent.Type.RECEIVED) {
            return false;
        }
        var parcel = movements
                .findParcel(event.trackingNumber())
                .filter(sent -> sent.purpose().equals(Movement.REPLACEMENT));
        if (parcel.isEmpty()) {
            return false;
        }
        if (event.type() == ParcelEvent.Type.DELIVERED) {
            CaseFile file = files.lock(parcel.get().caseNumber());
            boolean isOver = exchanges
                    .find(file.number())
                    .filter(it -> it.deliveredAt() != null)
                    .isPresent();
            if (!isOver && !process.tellDelivered(file.number())) {
                throw new IllegalStateException("The replacement of " + file.number() + " is not announced yet");
            }
        }
        return true;
    }

    /** The buyer has it: from today on it can come back. */
    void recordDelivery(String caseNumber, boolean isConfirmed) {
        exchanges.deliver(caseNumber);
        ledger.arrive(caseNumber, clock.instant());
        deadlines.close(caseNumber, null);
        timeline.add(
                caseNumber,
                isConfirmed ? "buyer" : "deadline",
                "replacement-delivered",
                isConfirmed ? "The replacement has arrived 新品已签收" : "Counts as delivered 逾期未确认，视为已签收");
    }
}
