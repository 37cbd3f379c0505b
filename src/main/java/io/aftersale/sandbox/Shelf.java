package io.aftersale.sandbox;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies on the shelf of the sandbox, and what of it is set aside. Of every sku there is plenty; of one that begins
 * with {@code NONE-} there is nothing, with {@code SOON-} nothing the first time that it is asked for, with {@code LAST-}
 * one piece.
 */
class Shelf {
    private static final int PLENTY = 1_000_000;

    private final Map<String, Integer> free = new HashMap<>();
    private final Map<String, Held> held = new LinkedHashMap<>();

    /** {@code quantity} is what is set aside now, {@code handedOut} what has left the house. */
    record Held(String id, String caseNumber, String sku, int quantity, int handedOut) {}

    /** @return false when there are not so many left */
    synchronized boolean reserve(String id, String caseNumber, String sku, int quantity) {
        if (held.containsKey(id)) {
            return held.get(id).quantity() > 0;
        }
        int left = free.computeIfAbsent(sku, Shelf::atFirst);
        if (left < quantity) {
            if (sku.startsWith("SOON-")) {
                free.put(sku, PLENTY);
            }
            return false;
        }
        free.put(sku, left - quantity);
        held.put(id, new Held(id, caseNumber, sku, quantity, 0));
        return true;
    }

    /** How many lie there that nobody has set aside. */
    synchronized int left(String sku) {
        return free.getOrDefault(sku, atFirst(sku));
    }

    /** How many are set aside under this id. */
    synchronized int find(String id) {
        return held.containsKey(id) ? held.get(id).quantity() : 0;
    }

    /** @return false when not so many are set aside under this id */
    synchronized boolean handOut(String id, int quantity) {
        Held it = held.get(id);
        if (it == null || (it.handedOut() != quantity && it.quantity() < quantity)) {
            return false;
        }
        if (it.handedOut() == 0) {
            free.merge(it.sku(), it.quantity() - quantity, Integer::sum);
            held.put(id, new Held(id, it.caseNumber(), it.sku(), 0, quantity));
        }
        return true;
    }

    synchronized void release(String id) {
        Held it = held.get(id);
        if (it != null) {
            free.merge(it.sku(), it.quantity(), Integer::sum);
            held.put(id, new Held(id, it.caseNumber(), it.sku(), 0, it.handedOut()));
        }
    }

    synchronized List<Held> all() {
        return List.copyOf(held.values());
    }

    private static int atFirst(String sku) {
        if (sku.startsWith("NONE-") || sku.startsWith("SOON-")) {
            return 0;
        }
        return sku.startsWith("LAST-") ? 1 : PLENTY;
    }
}
