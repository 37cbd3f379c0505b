package io.aftersale.repairs;

import io.aftersale.cases.CaseSheet;
import io.aftersale.cases.RepairOfCase;
import io.aftersale.cases.Wishes;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
import io.aftersale.logistics.SentParcel;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Shows a repair on the case sheet: the fault as the buyer told it, and all that became of it. */
@Component
class RepairSheet implements RepairOfCase {
    private final Repairs repairs;
    private final Wishes wishes;
    private final Movements movements;
    private final ZoneId zone;

    RepairSheet(Repairs repairs, Wishes wishes, Movements movements, @Value("${aftersale.zone}") ZoneId zone) {
        this.repairs = repairs;
        this.wishes = wishes;
        this.movements = movements;
        this.zone = zone;
    }

    @Override
    public Optional<CaseSheet.RepairView> repair(String caseNumber) {
        var wish = wishes.of(caseNumber);
        if (wish.fault() == null) {
            return Optional.empty();
        }
        var it = repairs.find(caseNumber);
        return Optional.of(new CaseSheet.RepairView(
                wish.fault(),
                wish.address(),
                it.map(Repair::receivedAt).map(this::local).orElse(null),
                it.map(Repair::diagnosis).map(this::diagnosis).orElse(null),
                it.map(Repair::terms).orElse(null),
                it.map(Repair::remedies).orElse(List.of()),
                it.filter(repair -> repair.quote() != null).map(this::quote).orElse(null),
                it.map(Repair::work).map(this::work).orElse(null),
                it.map(this::sentBack).orElse(null)));
    }

    private CaseSheet.DiagnosisView diagnosis(Repair.Diagnosis found) {
        return new CaseSheet.DiagnosisView(
                found.cause(), found.misuse(), found.repairable(), found.costMinor(), found.days(), local(found.at()));
    }

    private CaseSheet.QuoteView quote(Repair it) {
        var quote = it.quote();
        return new CaseSheet.QuoteView(
                quote.amountMinor(),
                quote.answer(),
                local(quote.answeredAt()),
                quote.paidMinor(),
                quote.reference(),
                local(quote.paidAt()),
                it.owedBackMinor() == 0 ? null : it.owedBackMinor());
    }

    private CaseSheet.WorkView work(Repair.Work work) {
        return new CaseSheet.WorkView(
                local(work.startedAt()),
                local(work.dueAt()),
                work.overdueAt() != null,
                local(work.finishedAt()),
                work.result(),
                work.parts().stream()
                        .map(part -> new CaseSheet.PartView(
                                part.name(), part.quantity(), part.costMinor(), part.labourMinor()))
                        .toList(),
                work.parts().stream().mapToLong(Part::costMinor).sum(),
                work.parts().stream().mapToLong(Part::labourMinor).sum());
    }

    private CaseSheet.ReturnTripView sentBack(Repair it) {
        return movements.parcels(it.caseNumber()).stream()
                .filter(parcel -> !parcel.purpose().equals(Movement.REPLACEMENT))
                .findFirst()
                .map(parcel -> sentBack(it, parcel))
                .orElse(null);
    }

    private CaseSheet.ReturnTripView sentBack(Repair it, SentParcel parcel) {
        return new CaseSheet.ReturnTripView(
                parcel.purpose(), parcel.trackingNumber(), local(parcel.sentAt()), local(it.deliveredAt()));
    }

    private OffsetDateTime local(Instant instant) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }
}
