package io.aftersale.goods;

import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Timeline;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the stock system and the carrier carry out what was written down, one movement at a time. It holds no row lock
 * while it waits for an answer, asks before it orders again, and keeps each answer at once, whatever becomes of the
 * transaction around it. What has no answer stays open, and whoever called it calls again.
 */
@Service
class Dispatcher {
    private final Movements movements;
    private final Stock stock;
    private final Carrier carrier;
    private final CaseFiles files;
    private final Timeline timeline;
    private final TransactionTemplate alone;

    Dispatcher(
            Movements movements,
            Stock stock,
            Carrier carrier,
            CaseFiles files,
            Timeline timeline,
            PlatformTransactionManager transactions) {
        this.movements = movements;
        this.stock = stock;
        this.carrier = carrier;
        this.files = files;
        this.timeline = timeline;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** @throws OutsideTroubleException while a movement has no answer */
    void putAway(String caseNumber) {
        carryOut(caseNumber, false, stock::find, stock::book, "goods-put-away", "Put away 已入库处置");
    }

    /** @throws OutsideTroubleException while a parcel has no answer */
    void sendBack(String caseNumber) {
        String buyerId = alone(() -> files.lock(caseNumber).buyerId());
        carryOut(
                caseNumber,
                true,
                carrier::find,
                movement -> carrier.send(movement, buyerId),
                "goods-sent-back",
                "Sent back to you 已寄还");
    }

    private void carryOut(
            String caseNumber,
            boolean isToBuyer,
            Function<Movement, Optional<String>> question,
            Function<Movement, String> order,
            String event,
            String text) {
        for (Movement movement : alone(() -> movements.open(caseNumber))) {
            if (isToBuyer != movement.disposition().equals(Movement.RETURN_TO_BUYER)) {
                continue;
            }
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
                    timeline.add(
                            caseNumber,
                            isToBuyer ? "carrier" : "stock",
                            event,
                            text + ": " + movement.quantity() + " × " + movement.sku()
                                    + (isToBuyer ? ", " + reference : ""),
                            movement.disposition() + ", " + movement.id() + ", " + reference);
                }
                return true;
            });
        }
    }

    private <T> T alone(Supplier<T> record) {
        return alone.execute(status -> record.get());
    }
}
