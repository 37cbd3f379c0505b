package io.aftersale.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what the driver was promised against what stands written, and names everything that was lost, doubled, left
 * open, or decided by the wrong person, by the number of the invariant that it breaks. It shares no code with the
 * application: it adds up rows by itself.
 */
class Auditor {
    private final Books books;
    private final List<String> faults = new ArrayList<>();

    Auditor(Books books) {
        this.books = books;
    }

    /** Everything that is not as it must be; empty when all is well. */
    List<String> faults(Collection<Claim> claims, Collection<Stars> stars) {
        nothingAboveWhatWasPaid(claims);
        everythingExactlyOnce(claims);
        goodsExactlyOnce(claims);
        everyCaseInOnePlace(claims);
        nobodyDecidesTwice();
        books.cardPlaces().forEach(place -> fault(5, "a card number stands in " + place));
        ratingsAreARecount(stars);
        noPayoutWithoutApproval();
        return faults;
    }

    /** 1: per unit, tender and order, in our ledger and in the provider's book. */
    private void nothingAboveWhatWasPaid(Collection<Claim> claims) {
        for (JsonNode unit : books.rows("units")) {
            most(
                    1,
                    "unit " + unit.path("unit_no") + " of " + text(unit, "order_id"),
                    number(unit, "share_minor"),
                    number(unit, "taken_minor"));
        }
        for (JsonNode tender : books.rows("tenders")) {
            most(
                    1,
                    "tender " + text(tender, "tender_id"),
                    number(tender, "amount_minor"),
                    number(tender, "taken_minor"));
        }
        var taken = sums(live(books.rows("entries")), "order_id", "amount_minor");
        var byTender = sums(live(books.rows("entries")), "tender_id", "amount_minor");
        var booked = sums(booked(), "tenderId", "amountMinor");
        var unitsTaken = sums(books.rows("units"), "order_id", "taken_minor");
        for (Claim claim : claims) {
            most(
                    1,
                    "the ledger of order " + claim.orderId(),
                    claim.paidMinor(),
                    taken.getOrDefault(claim.orderId(), 0L));
            claim.paid().forEach((tender, amount) -> {
                most(1, "the ledger of tender " + tender, amount, byTender.getOrDefault(tender, 0L));
                most(1, "the provider's book of tender " + tender, amount, booked.getOrDefault(tender, 0L));
            });
            same(
                    1,
                    "the units of " + about(claim) + " gave back",
                    claim.dueMinor(),
                    unitsTaken.getOrDefault(claim.orderId(), 0L));
        }
    }

    /** 2: what was promised was paid, once; what was not promised was not. */
    private void everythingExactlyOnce(Collection<Claim> claims) {
        var cases = by(books.rows("cases"), "order_id");
        var settled = sums(
                books.rows("entries").stream()
                        .filter(entry -> text(entry, "state").equals("SETTLED"))
                        .toList(),
                "case_number",
                "amount_minor");
        var bookings = by(booked(), "tenderId");
        for (Claim claim : claims) {
            var found = cases.getOrDefault(claim.orderId(), List.of());
            same(2, about(claim) + ": cases", 1, found.size());
            found.forEach(row -> same(2, about(claim) + ": its number", claim.number(), text(row, "number")));
            found.forEach(row -> same(2, about(claim) + ": paid", claim.dueMinor(), number(row, "paid_minor")));
            same(
                    2,
                    about(claim) + ": settled in the ledger",
                    claim.dueMinor(),
                    settled.getOrDefault(claim.number(), 0L));
            for (String tender : claim.paid().keySet()) {
                long due = claim.due().getOrDefault(tender, 0L);
                var booked = bookings.getOrDefault(tender, List.of());
                same(2, about(claim) + ": bookings of " + tender, due > 0 ? 1 : 0, booked.size());
                booked.forEach(it -> same(2, about(claim) + ": booked of " + tender, due, number(it, "amountMinor")));
            }
        }
        var orders = claims.stream().map(Claim::orderId).collect(Collectors.toSet());
        cases.keySet().stream()
                .filter(order -> !orders.contains(order))
                .forEach(order -> fault(2, "a case that nobody was told of, for order " + order));
        booked().stream()
                .filter(it -> !orders.contains(text(it, "orderId")))
                .forEach(it -> fault(2, "the provider paid for an order that nobody claimed: " + text(it, "orderId")));
        payoutsAgreeWithTheProvider();
    }

    private void payoutsAgreeWithTheProvider() {
        var booked = by(booked(), "key");
        var payouts = by(books.rows("payouts"), "id");
        for (JsonNode payout : books.rows("payouts")) {
            String id = text(payout, "id");
            boolean isSettled = text(payout, "status").equals("SETTLED");
            boolean isCancelled = text(payout, "status").equals("CANCELLED");
            if (!isSettled && !isCancelled) {
                fault(2, "payout " + id + " is left " + text(payout, "status"));
            }
            int expected = isSettled && payout.path("outside_reference").isNull() ? 1 : 0;
            int found = booked.getOrDefault(id, List.of()).size();
            if (payout.path("outside_reference").isNull() || found > 1) {
                same(2, "bookings under payout " + id, expected, found);
            }
        }
        booked.keySet().stream()
                .filter(key -> !payouts.containsKey(key))
                .forEach(key -> fault(2, "the provider booked under a key that we do not know: " + key));
        for (JsonNode entry : books.rows("entries")) {
            if (text(entry, "state").equals("RESERVED")) {
                fault(2, "a reservation is left behind by " + text(entry, "case_number"));
            }
        }
        for (JsonNode callback : books.rows("callbacks")) {
            if (!text(callback, "state").equals("APPLIED")) {
                fault(2, "the event " + text(callback, "event_id") + " was never applied: " + text(callback, "state"));
            }
        }
    }

    /** 2, of goods: each unit went once where it had to go, by our record and by the journals of those outside. */
    private void goodsExactlyOnce(Collection<Claim> claims) {
        var journal = by(books.movements(), "caseNumber");
        var record = by(books.rows("movements"), "case_number");
        var held = by(books.reservations(), "caseNumber");
        for (Claim claim : claims) {
            same(
                    2,
                    about(claim) + ": moved by stock and carrier",
                    new TreeMap<>(claim.moved()),
                    sums(journal.getOrDefault(claim.number(), List.of()), "purpose"));
            var rows = record.getOrDefault(claim.number(), List.of());
            same(2, about(claim) + ": moved by our record", new TreeMap<>(claim.moved()), sums(rows, "purpose"));
            rows.stream()
                    .filter(row -> !text(row, "state").equals("DONE"))
                    .forEach(row -> fault(2, about(claim) + ": the movement " + text(row, "id") + " is left open"));
            var reservations = held.getOrDefault(claim.number(), List.of());
            same(2, about(claim) + ": reservations", claim.handedOut() > 0 ? 1 : 0, reservations.size());
            reservations.forEach(it -> {
                same(2, about(claim) + ": handed out", (long) claim.handedOut(), number(it, "handedOut"));
                same(2, about(claim) + ": still set aside", 0L, number(it, "quantity"));
            });
        }
        var numbers = claims.stream().map(Claim::number).collect(Collectors.toSet());
        journal.keySet().stream()
                .filter(number -> !numbers.contains(number))
                .forEach(number -> fault(2, "goods were moved for a case that nobody knows: " + number));
    }

    /** 3: a case that has ended has no flow; one that has not has one, and a wait that somebody owns. */
    private void everyCaseInOnePlace(Collection<Claim> claims) {
        var cases = by(books.rows("cases"), "number");
        var flows = by(books.rows("flows"), "case_number");
        var waits = by(books.rows("waits"), "case_number");
        for (Claim claim : claims) {
            for (JsonNode row : cases.getOrDefault(claim.number(), List.of())) {
                same(3, about(claim) + ": status", claim.end(), text(row, "status"));
                same(
                        3,
                        about(claim) + ": closed",
                        claim.isClosed(),
                        row.path("closed").asBoolean());
            }
            same(
                    3,
                    about(claim) + ": flows",
                    claim.isClosed() ? 0 : 1,
                    flows.getOrDefault(claim.number(), List.of()).size());
            var open = waits.getOrDefault(claim.number(), List.of());
            same(3, about(claim) + ": open waits", claim.isClosed() ? 0 : 1, open.size());
            open.stream()
                    .filter(wait -> text(wait, "owner").isBlank()
                            || text(wait, "consequence").isBlank())
                    .forEach(wait -> fault(3, about(claim) + ": a wait without owner or consequence"));
        }
        books.rows("strays").forEach(stray -> fault(2, "a parcel of a case was taken for a stray: " + stray));
        books.rows("incidents").forEach(incident -> fault(3, "an incident: " + incident));
    }

    /** 4: two approvals are of two people, the arbitrator is a third, and who approved releases no payout. */
    private void nobodyDecidesTwice() {
        by(books.rows("decisions"), "case_number").forEach((number, decisions) -> {
            var rounds = new HashSet<String>();
            for (JsonNode it : decisions) {
                boolean isApproval = text(it, "decision").equals("APPROVE");
                if (isApproval && !rounds.add(text(it, "round") + " " + text(it, "decided_by"))) {
                    fault(4, number + ": " + text(it, "decided_by") + " gave both approvals");
                }
            }
            var judges = people(decisions, it -> isJudgement(text(it, "decision")));
            judges.retainAll(people(decisions, it -> !isJudgement(text(it, "decision"))));
            judges.forEach(judge -> fault(4, number + ": " + judge + " judged what they had decided"));
        });
        var decisions = by(books.rows("decisions"), "case_number");
        for (JsonNode payout : books.rows("payouts")) {
            var approvers = people(
                    decisions.getOrDefault(text(payout, "case_number"), List.of()),
                    it -> text(it, "decision").equals("APPROVE"));
            if (approvers.contains(text(payout, "finance_by"))) {
                fault(4, text(payout, "id") + ": its approver decided about its payout");
            }
        }
    }

    private static boolean isJudgement(String decision) {
        return decision.equals("UPHOLD") || decision.equals("OVERTURN");
    }

    private static HashSet<String> people(List<JsonNode> decisions, Function<JsonNode, Boolean> which) {
        return decisions.stream()
                .filter(which::apply)
                .map(it -> text(it, "decided_by"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** 6: what is shown of an article's stars is what was given, and what a recount of published reviews gives. */
    private void ratingsAreARecount(Collection<Stars> stars) {
        var given = new TreeMap<String, Integer>();
        stars.forEach(it -> given.merge(it.sku() + " with " + it.stars(), 1, Integer::sum));
        var kept = new TreeMap<String, Integer>();
        books.rows("reviews")
                .forEach(it -> kept.merge(text(it, "sku") + " with " + text(it, "stars"), 1, Integer::sum));
        var shown = new TreeMap<String, Integer>();
        books.ratings()
                .forEach(rating -> rating.path("histogram").properties().forEach(bar -> {
                    if (bar.getValue().asInt() > 0) {
                        shown.put(
                                text(rating, "sku") + " with " + bar.getKey(),
                                bar.getValue().asInt());
                    }
                }));
        same(6, "reviews that are published", given, kept);
        same(6, "ratings that are shown", given, shown);
    }

    /** 8: what is paid of a case never exceeds what was approved of it. */
    private void noPayoutWithoutApproval() {
        var approved = sums(books.rows("approvals"), "case_number", "amount_minor");
        sums(books.rows("payouts"), "case_number", "amount_minor")
                .forEach(
                        (number, paid) -> most(8, "the payouts of " + number, approved.getOrDefault(number, 0L), paid));
    }

    /** What the provider has paid or will pay. */
    private List<JsonNode> booked() {
        return books.provider().stream()
                .filter(it -> text(it, "status").equals("SETTLED")
                        || text(it, "status").equals("PENDING"))
                .toList();
    }

    private static List<JsonNode> live(List<JsonNode> entries) {
        return entries.stream()
                .filter(entry -> !text(entry, "state").equals("RELEASED"))
                .toList();
    }

    private static Map<String, List<JsonNode>> by(List<JsonNode> rows, String column) {
        return rows.stream().collect(Collectors.groupingBy(row -> text(row, column)));
    }

    private static Map<String, Long> sums(List<JsonNode> rows, String column, String amount) {
        var sums = new HashMap<String, Long>();
        rows.forEach(row -> sums.merge(text(row, column), number(row, amount), Math::addExact));
        return sums;
    }

    private static Map<String, Integer> sums(List<JsonNode> rows, String column) {
        var sums = new TreeMap<String, Integer>();
        rows.forEach(row -> sums.merge(text(row, column), (int) number(row, "quantity"), Math::addExact));
        return sums;
    }

    private static String text(JsonNode row, String column) {
        return row.path(column).asText("");
    }

    private static long number(JsonNode row, String column) {
        return row.path(column).asLong();
    }

    private static String about(Claim claim) {
        return claim.number() + " (" + claim.tale() + ", order " + claim.orderId() + ")";
    }

    private void most(int invariant, String what, long most, long found) {
        if (found > most) {
            fault(invariant, what + ": at most " + most + ", found " + found);
        }
    }

    private void same(int invariant, String what, Object expected, Object found) {
        if (!Objects.equals(String.valueOf(expected), String.valueOf(found))) {
            fault(invariant, what + ": expected " + expected + ", found " + found);
        }
    }

    private void fault(int invariant, String what) {
        faults.add("Invariant " + invariant + ": " + what);
    }
}
