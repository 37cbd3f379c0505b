package io.aftersale.logistics;

import io.aftersale.cases.ParcelsToBuyer;
import java.util.List;
import org.springframework.stereotype.Component;

/** Shows the parcels to the buyer, and where they were seen last, on the case sheet. */
@Component
class ParcelSheet implements ParcelsToBuyer {
    private final Movements movements;
    private final Parcels parcels;

    ParcelSheet(Movements movements, Parcels parcels) {
        this.movements = movements;
        this.parcels = parcels;
    }

    @Override
    public List<Sent> sent(String caseNumber) {
        return movements.parcels(caseNumber).stream().map(this::shown).toList();
    }

    private Sent shown(SentParcel it) {
        var seen = parcels.lastSeen(it.trackingNumber());
        return new Sent(
                it.purpose(),
                it.lineId(),
                it.quantity(),
                it.trackingNumber(),
                it.sentAt(),
                seen.map(last -> last.type().name()).orElse(null),
                seen.map(Parcels.Sighting::at).orElse(null));
    }
}
