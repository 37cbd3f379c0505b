package io.aftersale.exchanges;

import io.aftersale.orders.Component;
import io.aftersale.orders.UnitShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an exchange comes to: the price of the wanted article for each unit that came back, set against what is payable for
 * that unit. Plain arithmetic in minor units; no cent appears or disappears: carried over + paid out = payable, and
 * carried over + paid on top = price.
 *
 * @param priceMinor what all wanted articles cost
 * @param creditMinor what is payable for all units that came back
 * @param carried what of each unit goes over into its replacement; each above 0
 * @param paidOut what of each unit is given back as money; each above 0
 */
record Settlement(long priceMinor, long creditMinor, List<Component> carried, List<Component> paidOut) {
    /** Above 0 it is owed by the buyer, below 0 it is given back. */
    long differenceMinor() {
        return priceMinor - creditMinor;
    }

    Outcome outcome() {
        if (differenceMinor() > 0) {
            return Outcome.DEARER;
        }
        return differenceMinor() < 0 ? Outcome.CHEAPER : Outcome.EVEN;
    }

    /**
     * @param units what came back
     * @param payable what is payable for it; shipping is not exchanged and does not count
     * @param wantedPriceMinor of one wanted article; null when it costs what was paid for the unit and not given back
     */
    static Settlement of(List<UnitShare> units, List<Component> payable, Long wantedPriceMinor) {
        Map<String, Long> credits = new HashMap<>();
        payable.stream()
                .filter(part -> !part.isShipping())
                .forEach(part -> credits.put(key(part.lineId(), part.unitNo()), part.amountMinor()));
        long price = units.stream()
                .mapToLong(unit -> priceOf(unit, wantedPriceMinor))
                .reduce(0, Math::addExact);
        long credit = units.stream().mapToLong(unit -> creditOf(credits, unit)).reduce(0, Math::addExact);
        long[] parts = new long[units.size()];
        long left = Math.min(price, credit);
        // Each unit pays for its own replacement first; what that leaves open is taken from where something is left.
        for (int i = 0; i < parts.length; i++) {
            parts[i] =
                    Math.min(left, Math.min(creditOf(credits, units.get(i)), priceOf(units.get(i), wantedPriceMinor)));
            left -= parts[i];
        }
        for (int i = 0; i < parts.length; i++) {
            long more = Math.min(left, creditOf(credits, units.get(i)) - parts[i]);
            parts[i] += more;
            left -= more;
        }
        var carried = new ArrayList<Component>();
        var paidOut = new ArrayList<Component>();
        for (int i = 0; i < parts.length; i++) {
            UnitShare unit = units.get(i);
            add(carried, unit, parts[i]);
            add(paidOut, unit, creditOf(credits, unit) - parts[i]);
        }
        return new Settlement(price, credit, carried, paidOut);
    }

    private static void add(List<Component> parts, UnitShare unit, long amountMinor) {
        if (amountMinor > 0) {
            parts.add(Component.unit(unit.lineId(), unit.unitNo(), amountMinor));
        }
    }

    private static long priceOf(UnitShare unit, Long wantedPriceMinor) {
        return wantedPriceMinor == null ? unit.restMinor() : wantedPriceMinor;
    }

    private static long creditOf(Map<String, Long> credits, UnitShare unit) {
        return credits.getOrDefault(key(unit.lineId(), unit.unitNo()), 0L);
    }

    private static String key(String lineId, int unitNo) {
        return lineId + " " + unitNo;
    }
}
