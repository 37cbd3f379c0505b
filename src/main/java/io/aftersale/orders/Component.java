package io.aftersale.orders;

/**
 * A part of an order that money is given back for: a unit of a line, or the shipping when {@code lineId} is null.
 * {@code amountMinor} is what is given back for it, in minor units.
 */
public record Component(String lineId, Integer unitNo, long amountMinor) {
    public static Component unit(String lineId, int unitNo, long amountMinor) {
        return new Component(lineId, unitNo, amountMinor);
    }

    public static Component shipping(long amountMinor) {
        return new Component(null, null, amountMinor);
    }

    public boolean isShipping() {
        return lineId == null;
    }
}
