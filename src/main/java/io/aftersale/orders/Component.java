package io.aftersale.orders;

import java.util.Objects;

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

    /** Whether both are about the same unit, or both about the shipping. */
    public boolean isSameAs(Component other) {
        return Objects.equals(lineId, other.lineId) && Objects.equals(unitNo, other.unitNo);
    }

    public boolean isShipping() {
        return lineId == null;
    }
}
