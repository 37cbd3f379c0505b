package io.aftersale.repairs;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.ParcelsOfCase;
import org.springframework.stereotype.Component;

/** Lets the shop or its buyer say that what went back from a repair has arrived. */
@Component
class RepairParcels implements ParcelsOfCase {
    private final ReturnTrip trip;

    RepairParcels(ReturnTrip trip) {
        this.trip = trip;
    }

    @Override
    public boolean confirm(CaseFile file) {
        return trip.confirm(file, "buyer");
    }
}
