package io.aftersale.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What stands written when all is over, as plain rows: the database, read by the names of its tables, and the journals
 * of those outside. It judges nothing.
 *
 * @param provider the payment provider's journal
 * @param movements the journal of stock system and carrier
 * @param reservations what the stock system had set aside
 * @param ratings what the application shows of each article's stars
 * @param tables rows of the database, by a word for what they are
 * @param cardPlaces where the card number of the campaign was found outside of its vault
 */
record Books(
        List<JsonNode> provider,
        List<JsonNode> movements,
        List<JsonNode> reservations,
        List<JsonNode> ratings,
        Map<String, List<JsonNode>> tables,
        List<String> cardPlaces) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("cases", """
                select number, order_id, status, outcome, paid_minor, closed_at is not null as closed
                from after_sale_case
                """);
        QUERIES.put("payouts", """
                select id, case_number, order_id, tender_id, amount_minor, status, outside_reference, finance_by,
                       unknown_at is not null as was_unknown
                from payout
                """);
        QUERIES.put("attempts", "select payout_id, attempt_no, outcome from payout_attempt");
        QUERIES.put("entries", """
                select payout_id, case_number, order_id, tender_id, line_id, unit_no, amount_minor, state
                from ledger_entry
                """);
        QUERIES.put("units", "select order_id, line_id, unit_no, share_minor, taken_minor, claimed_by from order_unit");
        QUERIES.put("tenders", "select order_id, tender_id, amount_minor, taken_minor from tender");
        QUERIES.put("approvals", """
                select case_number, coalesce(payable_minor, amount_minor) as amount_minor from approval
                """);
        QUERIES.put("decisions", "select case_number, round, step, decided_by, decision from audit_decision");
        QUERIES.put("movements", "select id, case_number, purpose, quantity, state from movement");
        QUERIES.put("waits", """
                select case_number, owner, action, consequence from deadline
                where closed_at is null and due_at is not null
                """);
        QUERIES.put("flows", """
                select business_key_ as case_number from act_ru_execution
                where parent_id_ is null and super_exec_ is null and business_key_ like 'AS-%'
                """);
        QUERIES.put("incidents", "select incident_type_ as type, activity_id_ as place from act_ru_incident");
        QUERIES.put("reviews", "select sku, stars from review where status = 'PUBLISHED' and stars is not null");
        QUERIES.put("strays", "select number from stray_parcel");
        QUERIES.put("callbacks", "select sender, event_id, state from callback");
    }

    static Books read(
            JdbcClient jdbc,
            JsonNode provider,
            JsonNode movements,
            JsonNode reservations,
            List<JsonNode> ratings,
            List<String> cards) {
        var tables = new LinkedHashMap<String, List<JsonNode>>();
        QUERIES.forEach((name, query) -> {
            var rows = new ArrayList<JsonNode>();
            for (var row : jdbc.sql(query).query().listOfRows()) {
                ObjectNode node = JSON.createObjectNode();
                row.forEach((column, value) -> node.set(column, JSON.valueToTree(value)));
                rows.add(node);
            }
            tables.put(name, rows);
        });
        return new Books(list(provider), list(movements), list(reservations), ratings, tables, cards);
    }

    private static List<JsonNode> list(JsonNode array) {
        var list = new ArrayList<JsonNode>();
        array.forEach(list::add);
        return list;
    }

    List<JsonNode> rows(String name) {
        return tables.getOrDefault(name, List.of());
    }
}
