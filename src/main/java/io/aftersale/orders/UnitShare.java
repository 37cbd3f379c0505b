package io.aftersale.orders;

/** One unit of a line with its exact share of what was paid and what of it was already given back, in minor units. */
public record UnitShare(String lineId, int unitNo, long shareMinor, long takenMinor) {
    public long restMinor() {
        return shareMinor - takenMinor;
    }

    public boolean isTouched() {
        return takenMinor > 0;
    }
}
