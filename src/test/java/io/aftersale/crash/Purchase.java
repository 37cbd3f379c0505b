package io.aftersale.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Shop;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An order as the driver makes it up for a tale: one line, one or two tenders, and the mishaps that it asks those outside
 * for by the beginnings of its ids.
 *
 * @param trouble what goes wrong, for the report
 */
record Purchase(
        Tale tale,
        String orderId,
        ObjectNode facts,
        ObjectNode application,
        int quantity,
        int accepted,
        Map<String, Long> paid,
        Map<String, Long> due,
        List<String> trouble) {

    /** How the provider's road may fail; each is asked for by the beginning of the tender's id. */
    private static final List<String> PROVIDER = List.of(
            "",
            "",
            "",
            "TIMEOUT-",
            "UNKNOWN-",
            "CUT-",
            "ERROR-",
            "BROKEN-",
            "BUSY-",
            "HALF-",
            "GARBLED-",
            "PENDING-",
            "PENDING-",
            "SILENT-",
            "DOUBLE-",
            "EARLY-",
            "REORDERED-");

    /** The same of stock and carrier, by the beginning of an article's number. */
    private static final List<String> DEPOT = List.of(
            "", "", "SWIFT-", "TWICE-", "REORDERED-", "CUT-", "ERROR-", "BROKEN-", "TIMEOUT-", "BUSY-", "HALF-");

    /** A card for money that does not go back where it came from. It must be found nowhere afterwards. */
    static final String CARD = "6222021234567890128";

    private static final Shop CLERK = Shop.at(1, Clock.systemUTC());

    static Purchase of(Tale tale, Random chance) {
        int quantity = 1 + chance.nextInt(3);
        long total = 100 + chance.nextInt(29_000);
        int accepted = quantity;
        if (tale == Tale.APPROVED_BY_TWO) {
            total += 300_000;
        } else if (tale == Tale.RETURNED_IN_PART) {
            quantity = 3;
            accepted = 1 + chance.nextInt(2);
            total = 3 * (total / 3);
        }
        var trouble = new ArrayList<String>();
        var facts = CLERK.facts();
        Shop.onlyLine(quantity, total).accept(facts);
        if (tale == Tale.FAST) {
            CLERK.notShipped().accept(facts);
        }
        var line = (ObjectNode) facts.path("lines").get(0);
        line.put("sku", depot(chance, trouble) + "MUG");
        var paid = tenders(tale, chance, facts, total, trouble);
        long back = switch (tale) {
            case REJECTED, WITHDRAWN, DISPUTE_LOST, EXCHANGED, CANCELLED_BY_FINANCE, LEFT_WAITING -> 0;
            case APPROVED_IN_PART -> 1 + chance.nextLong(total);
            case RETURNED_IN_PART -> total / 3 * accepted;
            default -> total;
        };
        String orderId = "O-" + Long.toHexString(chance.nextLong());
        var bought = new Shop.Purchase(orderId, facts.path("buyerId").asText(), facts);
        var application = application(tale, bought, quantity, chance, trouble);
        return new Purchase(
                tale, orderId, facts, application, quantity, accepted, paid, split(back, paid), List.copyOf(trouble));
    }

    private static Map<String, Long> tenders(
            Tale tale, Random chance, ObjectNode facts, long total, List<String> trouble) {
        facts.remove("tenders");
        String kind = switch (tale) {
            case CANCELLED_BY_FINANCE -> "DECLINE-";
            case RETRIED_BY_FINANCE -> "RELUCTANT-";
            case CONTRADICTED -> "WRONG-";
            default -> null;
        };
        boolean isSplit = kind == null && chance.nextInt(3) == 0;
        long first = isSplit ? 1 + chance.nextLong(total - 1) : total;
        var paid = new LinkedHashMap<String, Long>();
        paid.put(tender(facts, "CARD", first, kind, chance, trouble), first);
        if (isSplit) {
            paid.put(tender(facts, "WALLET", total - first, kind, chance, trouble), total - first);
        }
        return paid;
    }

    private static String tender(
            ObjectNode facts, String method, long amount, String kind, Random chance, List<String> trouble) {
        Shop.tender(facts, method, amount);
        var tenders = facts.withArray("tenders");
        String mishap = kind != null ? kind : PROVIDER.get(chance.nextInt(PROVIDER.size()));
        String id = mishap + Long.toHexString(chance.nextLong());
        ((ObjectNode) tenders.get(tenders.size() - 1)).put("tenderId", id);
        note(trouble, "provider", mishap);
        return id;
    }

    private static String depot(Random chance, List<String> trouble) {
        String mishap = DEPOT.get(chance.nextInt(DEPOT.size()));
        note(trouble, "stock and carrier", mishap);
        return mishap;
    }

    private static void note(List<String> trouble, String who, String mishap) {
        if (!mishap.isEmpty()) {
            trouble.add(who + " " + mishap.replace("-", ""));
        }
    }

    private static ObjectNode application(
            Tale tale, Shop.Purchase bought, int quantity, Random chance, List<String> trouble) {
        if (tale == Tale.EXCHANGED) {
            return Shop.exchange(bought, quantity).put("wantedSku", depot(chance, trouble) + "MUG-BLUE");
        }
        var application = Shop.application(bought, quantity);
        if (tale.bringsGoodsBack()) {
            application.put("kind", "RETURN").put("reason", "NO_LONGER_WANTED");
        } else if (chance.nextInt(4) == 0) {
            application
                    .putObject("payTo")
                    .put("method", "BANK_CARD")
                    .put("cardNumber", CARD)
                    .put("holder", "李梅")
                    .put("bank", "ICBC");
        }
        return application;
    }

    /** Money goes back to the tenders in their order, to each at most what it gave. */
    private static Map<String, Long> split(long back, Map<String, Long> paid) {
        var due = new LinkedHashMap<String, Long>();
        long left = back;
        for (var tender : paid.entrySet()) {
            long part = Math.min(left, tender.getValue());
            if (part > 0) {
                due.put(tender.getKey(), part);
            }
            left -= part;
        }
        return due;
    }

    String buyerId() {
        return facts.path("buyerId").asText();
    }

    long dueMinor() {
        return due.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Where units go in the end: what came back as new on the shelf, what was refused to its buyer. */
    Map<String, Integer> moved() {
        var moved = new LinkedHashMap<String, Integer>();
        if (tale == Tale.EXCHANGED) {
            moved.put("VENDOR", quantity);
            moved.put("REPLACEMENT", quantity);
        } else if (tale.bringsGoodsBack()) {
            moved.put("RESTOCK", accepted);
            if (accepted < quantity) {
                moved.put("RETURN_TO_BUYER", quantity - accepted);
            }
        }
        return moved;
    }

    /** What the driver expects from now on, once the application has answered with a number. */
    Claim claim(String number) {
        return new Claim(tale, orderId, number, tale.end, paid, due, moved(), tale == Tale.EXCHANGED ? quantity : 0);
    }
}
