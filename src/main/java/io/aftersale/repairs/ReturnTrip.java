package io.aftersale.repairs;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.Timeline;
import io.aftersale.cases.Wishes;
import io.aftersale.logistics.Dispatcher;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
import io.aftersale.logistics.OutsideTroubleException;
import io.aftersale.logistics.ParcelEvent;
import io.aftersale.logistics.ParcelWatcher;
import io.aftersale.orders.OrderBook;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * The way back to the buyer, of what was repaired and of what was not: written down, taken by the carrier, and at its
 * end by the buyer's word, the carrier's, or that of time. It never chooses the next step.
 */
@Service
class ReturnTrip implements ParcelWatcher {
    private static final String BUYER = "buyer";

    private final Repairs repairs;
    private final QuoteDesk quotes;
    private final RepairProcess process;
    private final CaseFiles files;
    private final Wishes wishes;
    private final OrderBook orders;
    private final Movements movements;
    private final Dispatcher dispatcher;
    private final Deadlines deadlines;
    private final Timeline timeline;

    ReturnTrip(
            Repairs repairs,
            QuoteDesk quotes,
            RepairProcess process,
            CaseFiles files,
            Wishes wishes,
            OrderBook orders,
            Movements movements,
            Dispatcher dispatcher,
            Deadlines deadlines,
            Timeline timeline) {
        this.repairs = repairs;
        this.quotes = quotes;
        this.process = process;
        this.files = files;
        this.wishes = wishes;
        this.orders = orders;
        this.movements = movements;
        this.dispatcher = dispatcher;
        this.deadlines = deadlines;
        this.timeline = timeline;
    }

    /** Writes down what goes back and where; a quote that nobody answered or paid stands no longer. */
    void prepare(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        Repair it = repairs.find(caseNumber).orElseThrow();
        quotes.letLapse(it);
        deadlines.close(caseNumber, null);
        movements.insert(Movement.planned(
                caseNumber,
                file.merchantId(),
                it.lineId(),
                orders.find(file.merchantId(), file.orderId())
                        .requireLine(it.lineId())
                        .sku(),
                it.isRepaired() ? Movement.REPAIRED : Movement.RETURN_TO_BUYER,
                file.quantityOf(it.lineId()),
                wishes.of(caseNumber).addressLine()));
    }

    /** @throws OutsideTroubleException while the carrier has not answered */
    void send(String caseNumber) {
        dispatcher.send(caseNumber, Movement.REPAIRED);
        dispatcher.send(caseNumber, Movement.RETURN_TO_BUYER);
    }

    /** The carrier has it: the buyer's time to confirm the receipt begins. */
    Due recordDispatch(String caseNumber) {
        repairs.send(caseNumber);
        return deadlines.open(caseNumber, "replacement", null, BUYER, "Gateway_AwaitDelivery");
    }

    /**
     * The end of the trip, by whomever it was told; by time where nobody did.
     *
     * @return REPAIRED or UNREPAIRED
     */
    String close(String caseNumber) {
        if (repairs.deliver(caseNumber)) {
            timeline.add(caseNumber, "deadline", "goods-delivered", "Counts as received 逾期未确认，视为已收货");
        }
        deadlines.close(caseNumber, null);
        return repairs.find(caseNumber).orElseThrow().isRepaired() ? Repair.REPAIRED : "UNREPAIRED";
    }

    /** @return false when nothing is on its way to the buyer */
    boolean confirm(CaseFile file, String by) {
        if (!repairs.deliver(file.number())) {
            return false;
        }
        timeline.add(file.number(), by, "goods-delivered", "The buyer has it again 买家已收到");
        if (!process.tellDelivered(file.number())) {
            throw files.wrongState(file);
        }
        return true;
    }

    @Override
    public boolean heard(ParcelEvent event) {
        var it = Optional.ofNullable(event.trackingNumber())
                .flatMap(movements::findParcel)
                .filter(parcel -> !parcel.purpose().equals(Movement.REPLACEMENT))
                .flatMap(parcel -> repairs.find(parcel.caseNumber()));
        // A parcel that is in the warehouse again has not reached the buyer: somebody has to look at it.
        if (it.isEmpty() || event.type() == ParcelEvent.Type.RECEIVED) {
            return false;
        }
        if (event.type() == ParcelEvent.Type.DELIVERED) {
            CaseFile file = files.lock(it.get().caseNumber());
            if (repairs.find(file.number()).orElseThrow().sentAt() == null) {
                throw new IllegalStateException("The parcel of " + file.number() + " arrived before it left");
            }
            confirm(file, "carrier");
        }
        return true;
    }
}
