package io.aftersale.logistics;

import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the warehouse and the carrier carry out what was written down, one movement at a time. It holds no row lock
 * while it waits for an answer, asks before it orders again, and keeps each answer at once, whatever becomes of the
 * transaction around it. What has no answer stays open, and whoever called it calls again.
 */
@Service
public class Dispatcher {
    private static final String CARRIER = "carrier";

    private final Movements movements;
    private final Warehouse warehouse;
    private final Carrier carrier;
    private final CaseFiles files;
    private final Timeline timeline;
    private final TransactionTemplate alone;

    Dispatcher(
            Movements movements,
            Warehouse warehouse,
            Carrier carrier,
            CaseFiles files,
            Timeline timeline,
            PlatformTransactionManager transactions) {
        this.movements = movements;
        this.warehouse = warehouse;
        this.carrier = carrier;
        this.files = files;
        this.timeline = timeline;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Has the warehouse put away all that stays with us of a case.
     *
     * @throws OutsideTroubleException while a movement has no answer
     */
    public void putAway(String caseNumber) {
        open(caseNumber, it -> !it.isParcel()).forEach(it -> carryOut(it, warehouse::findPutAway, warehouse::putAway));
    }

    /**
     * Has the carrier take the parcels of a case to the buyer.
     *
     * @param purpose {@link Movement#RETURN_TO_BUYER}, {@link Movement#REPLACEMENT} or {@link Movement#REPAIRED}
     * @throws OutsideTroubleException while a parcel has no answer
     */
    public void send(String caseNumber, String purpose) {
        String buyerId = alone(() -> files.lock(caseNumber).buyerId());
        open(caseNumber, it -> it.purpose().equals(purpose))
                .forEach(it -> carryOut(it, carrier::findSent, parcel -> carrier.send(parcel, buyerId)));
    }

    private List<Movement> open(String caseNumber, Predicate<Movement> wanted) {
        return alone(() -> movements.open(caseNumber)).stream().filter(wanted).toList();
    }

    private void carryOut(
            Movement movement, Function<Movement, Optional<String>> question, Function<Movement, String> order) {
        Optional<String> known = movement.attempts() > 0 ? question.apply(movement) : Optional.empty();
        String reference = known.orElseGet(() -> {
            alone(() -> {
                movements.startAttempt(movement.id());
                return true;
            });
            return order.apply(movement);
        });
        alone(() -> {
            if (movements.finish(movement.id(), reference)) {
                note(movement, reference);
            }
            return true;
        });
    }

    private void note(Movement it, String reference) {
        String units = it.quantity() + " × " + it.sku();
        String known = it.purpose() + ", " + it.id() + ", " + reference;
        switch (it.purpose()) {
            case Movement.RETURN_TO_BUYER ->
                timeline.add(
                        it.caseNumber(),
                        CARRIER,
                        "goods-sent-back",
                        "Sent back to you 已寄还: " + units + ", " + reference,
                        known);
            case Movement.REPLACEMENT ->
                timeline.add(
                        it.caseNumber(),
                        CARRIER,
                        "replacement-sent",
                        "Replacement sent 换新商品已寄出: " + units + ", " + reference,
                        known);
            case Movement.REPAIRED ->
                timeline.add(
                        it.caseNumber(),
                        CARRIER,
                        "repaired-sent",
                        "Repaired goods sent 维修品已寄出: " + units + ", " + reference,
                        known);
            default -> timeline.add(it.caseNumber(), "stock", "goods-put-away", "Put away 已入库处置: " + units, known);
        }
    }

    private <T> T alone(Supplier<T> record) {
        return alone.execute(status -> record.get());
    }
}
