package io.aftersale.logistics;

import io.aftersale.callbacks.CallbackDesk;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Timeline;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Passes on what is told of parcels to whoever waits for them, and keeps those that nobody knows until somebody says
 * where they belong. It moves no case itself.
 */
@Service
public class ParcelDesk {
    private static final String PASSED_ON = "passed on";

    private final Parcels parcels;
    private final Movements movements;
    private final List<ParcelWatcher> watchers;
    private final ParcelProcess process;
    private final ObjectProvider<CallbackDesk> callbacks;
    private final CaseFiles files;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ZoneId zone;

    ParcelDesk(
            Parcels parcels,
            Movements movements,
            List<ParcelWatcher> watchers,
            ParcelProcess process,
            ObjectProvider<CallbackDesk> callbacks,
            CaseFiles files,
            Deadlines deadlines,
            Timeline timeline,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.parcels = parcels;
        this.movements = movements;
        this.watchers = watchers;
        this.process = process;
        this.callbacks = callbacks;
        this.files = files;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.transaction = transaction;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Something was told of a parcel; told again it changes nothing.
     *
     * @return what became of it, for people
     */
    public String hear(ParcelEvent event) {
        return transaction.execute(status -> {
            if (event.trackingNumber() != null) {
                parcels.see(event);
            }
            return isKnown(event) ? PASSED_ON : keep(event);
        });
    }

    /**
     * A person has a parcel in their hands.
     *
     * @param ifKnown whether a number that nobody has heard of is to be refused, since it may be mistyped
     * @return the case that it belongs to, or what became of it
     * @throws Problem CASE_NOT_FOUND when it belongs to a merchant that the person does not work for; PARCEL_UNKNOWN
     */
    String receive(String trackingNumber, String authorization, boolean ifKnown, String by, Set<String> merchantIds) {
        var event = new ParcelEvent(
                by + "/" + UUID.randomUUID(),
                trackingNumber,
                null,
                authorization,
                null,
                ParcelEvent.Type.RECEIVED,
                clock.instant(),
                List.of());
        return transaction.execute(status -> {
            var owner = caseOf(event);
            owner.ifPresent(number -> files.lockOf(merchantIds, number));
            if (ifKnown && owner.isEmpty() && !isHeardOf(event)) {
                throw new Problem(
                        ProblemCode.PARCEL_UNKNOWN, "Nobody waits for this parcel; please look at its number.");
            }
            String heard = hear(event);
            return heard.equals(PASSED_ON) ? owner.orElse(heard) : heard;
        });
    }

    /**
     * The carrier tells of a parcel under the id with which we ordered it.
     *
     * @throws IllegalStateException while we do not know its tracking number ourselves; it is to be told again later
     */
    void requireOrdered(String movementId) {
        if (movements.isOpen(movementId)) {
            throw new IllegalStateException("The answer to " + movementId + " is not on record yet");
        }
    }

    /** A parcel to a buyer that is in the warehouse again is nobody's: it came back undelivered. */
    private boolean isKnown(ParcelEvent event) {
        boolean isKnown =
                event.type() != ParcelEvent.Type.RECEIVED && toBuyer(event).isPresent();
        for (ParcelWatcher watcher : watchers) {
            isKnown |= watcher.heard(event);
        }
        return isKnown;
    }

    /** The case of a parcel that nobody waits for any more, or that should be with its buyer, says that there is one. */
    private void noteOnItsCase(ParcelEvent event, String number) {
        var toBuyer = toBuyer(event);
        if (toBuyer.isPresent()) {
            timeline.add(
                    toBuyer.get().caseNumber(),
                    "warehouse",
                    "parcel-came-back",
                    "The parcel to you came back undelivered 寄给您的包裹未能送达，已退回仓库: " + event.trackingNumber(),
                    number);
        } else {
            caseOf(event)
                    .ifPresent(ended -> timeline.add(
                            ended,
                            "warehouse",
                            "parcel-came-late",
                            "There is a parcel though the return has ended 退货已结束，仍有包裹寄来",
                            number));
        }
    }

    private Optional<String> caseOf(ParcelEvent event) {
        return watchers.stream()
                .flatMap(watcher -> watcher.caseOf(event).stream())
                .findFirst();
    }

    /** Whether it was sent to a buyer, or lies here already though nobody knew it. */
    private boolean isHeardOf(ParcelEvent event) {
        return toBuyer(event).isPresent()
                || parcels.lockByKey(StrayParcel.keyOf(event)).isPresent();
    }

    private Optional<SentParcel> toBuyer(ParcelEvent event) {
        return Optional.ofNullable(event.trackingNumber()).flatMap(movements::findParcel);
    }

    private String keep(ParcelEvent event) {
        var known = parcels.lockByKey(StrayParcel.keyOf(event)).orElse(null);
        boolean isOpen = known != null && known.state() == StrayParcel.State.OPEN;
        boolean isAssigned = known != null && known.state() == StrayParcel.State.ASSIGNED;
        if (isAssigned && event.caseNumber() == null && isKnown(event.of(known.caseNumber()))) {
            return "belongs to " + known.caseNumber();
        }
        if (isOpen || known != null && !event.type().isArrival()) {
            parcels.add(known.number(), event);
            return "kept with " + known.number();
        }
        String number = "PC-%d-%08d".formatted(clock.instant().atZone(zone).getYear(), parcels.nextNumber());
        parcels.open(number, event);
        parcels.add(number, event);
        process.start(number);
        noteOnItsCase(event, number);
        return "nobody knows the parcel; it is " + number;
    }

    /** The shop has told whose parcel this is; what was heard of it before happens now. */
    public void announce(String caseNumber, String trackingNumber) {
        var known = parcels.lockByKey(trackingNumber).orElse(null);
        if (known == null || known.state() == StrayParcel.State.ASSIGNED) {
            return;
        }
        parcels.decide(known.number(), StrayParcel.State.ASSIGNED, caseNumber, "shop", null);
        if (known.state() == StrayParcel.State.OPEN) {
            process.tellAnnounced(known.number());
        } else {
            assign(known.number());
        }
    }

    /** Until when somebody should say whose parcel it is. */
    Instant request() {
        return deadlines.promise("PARCEL", "identification").due().dueAt();
    }

    /** @param caseNumber where it belongs; null when nobody knows */
    void decide(String number, String caseNumber, String by, String remark) {
        parcels.lock(number);
        parcels.decide(
                number,
                caseNumber == null ? StrayParcel.State.ASIDE : StrayParcel.State.ASSIGNED,
                caseNumber,
                by,
                remark);
    }

    /**
     * Has happen to its case what was told of a parcel, in the order in which it happened. The inbox does it: an engine
     * that is in the middle of a step does not see what that step has just begun to wait for.
     *
     * @throws Problem WRONG_STATE when the case awaits no parcel
     */
    void assign(String number) {
        var parcel = parcels.lock(number);
        if (watchers.stream().noneMatch(watcher -> watcher.awaits(parcel.caseNumber()))) {
            throw new Problem(ProblemCode.WRONG_STATE, "The case " + parcel.caseNumber() + " does not await a parcel.")
                    .with("field", "caseNumber");
        }
        int no = 0;
        for (ParcelEvent event : parcels.events(parcel)) {
            callbacks
                    .getObject()
                    .keep(ParcelNews.WAREHOUSE, "%s/%04d".formatted(number, ++no), ParcelNews.facts(event));
        }
    }
}
