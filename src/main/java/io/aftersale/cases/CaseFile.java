package io.aftersale.cases;

import java.util.List;

/**
 * What other rooms may know of a case: whose it is, how it stands, and which units it is about, in their order. {@code
 * convertedTo} is a {@link Conversion} or null.
 */
public record CaseFile(
        String number,
        String merchantId,
        String orderId,
        String buyerId,
        String currency,
        Kind kind,
        String basis,
        String status,
        String convertedTo,
        List<Unit> units) {

    /** One unit of an order line. */
    public record Unit(String lineId, int unitNo) {}

    /** The lines that it is about, in their order. */
    public List<String> lineIds() {
        return units.stream().map(Unit::lineId).distinct().toList();
    }

    public int quantityOf(String lineId) {
        return unitsOf(lineId).size();
    }

    public List<Unit> unitsOf(String lineId) {
        return units.stream().filter(unit -> unit.lineId().equals(lineId)).toList();
    }
}
