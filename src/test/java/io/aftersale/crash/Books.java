package io.aftersale.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what the driver was promised with the database and with the provider's journal. It shares no code with the
 * application: it knows its tables by name and adds up by itself.
 */
class Books {
    private final JdbcClient jdbc;
    private final Map<String, List<JsonNode>> journalByOrder = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    Books(JdbcClient jdbc, JsonNode journal) {
        this.jdbc = jdbc;
        journal.forEach(entry -> journalByOrder
                .computeIfAbsent(entry.path("orderId").asText(), order -> new ArrayList<>())
                .add(entry));
    }

    /** Everything that was lost, doubled or is still open; empty when all is well. */
    List<String> faults(Collection<Claim> claims) {
        var known = new HashSet<String>();
        for (Claim claim : claims) {
            known.add(claim.orderId());
            check(claim);
        }
        journalByOrder.keySet().stream()
                .filter(order -> !known.contains(order))
                .forEach(order -> faults.add("The provider paid for an order that nobody claimed: " + order));
        expect(
                "units taken beyond their share",
                0,
                number("select count(*) from order_unit where taken_minor > share_minor"));
        expect(
                "tenders that gave back more than they took",
                0,
                number("select count(*) from tender where taken_minor > amount_minor"));
        expect("reservations left behind", 0, number("select count(*) from ledger_entry where state = 'RESERVED'"));
        expect("cases closed whose flow goes on", 0, number("""
                        select count(*) from act_ru_execution e join after_sale_case c on c.number = e.business_key_
                        where c.closed_at is not null and e.parent_id_ is null and e.super_exec_ is null
                        """));
        expect("incidents", 0, number("select count(*) from act_ru_incident"));
        return faults;
    }

    private void check(Claim claim) {
        String about = claim + ": ";
        expect(
                about + "cases",
                1,
                number("select count(*) from after_sale_case where order_id = '" + claim.orderId() + "'"));
        expect(
                about + "paid by our record",
                claim.dueMinor(),
                number("select paid_minor from after_sale_case where number = '" + claim.number() + "'"));
        expect(
                about + "settled in the ledger",
                claim.dueMinor(),
                number(
                        "select coalesce(sum(amount_minor), 0) from ledger_entry where state = 'SETTLED' and case_number = '"
                                + claim.number() + "'"));
        var booked = journalByOrder.getOrDefault(claim.orderId(), List.of());
        expect(about + "bookings at the provider", claim.dueMinor() > 0 ? 1 : 0, booked.size());
        expect(
                about + "settled at the provider",
                claim.dueMinor(),
                booked.stream()
                        .filter(entry -> entry.path("status").asText().equals("SETTLED"))
                        .mapToLong(entry -> entry.path("amountMinor").asLong())
                        .sum());
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).optional().orElse(-1L);
    }

    private void expect(String what, long expected, long found) {
        if (found != expected) {
            faults.add(what + ": expected " + expected + ", found " + found);
        }
    }
}
