package io.aftersale.acceptance;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What calls leave behind: how many rows there are of everything that an application, and only that, could make. */
record Traces(Map<String, Long> rows) {
    private static final String[] TABLES = {
        "shop_order",
        "order_line",
        "tender",
        "order_unit",
        "after_sale_case",
        "case_line",
        "case_unit",
        "case_verdict",
        "case_ruling",
        "audit_decision",
        "approval",
        "idempotency_key",
        "card"
    };

    static Traces of(JdbcClient jdbc) {
        var rows = new TreeMap<String, Long>();
        for (String table : TABLES) {
            rows.put(table, count(jdbc, table));
        }
        rows.put("claimed units", count(jdbc, "order_unit where claimed_by is not null"));
        rows.put("flows", count(jdbc, "ACT_HI_PROCINST where PROC_DEF_KEY_ = 'refund'"));
        rows.put(
                "running flows",
                count(jdbc, "ACT_RU_EXECUTION where PARENT_ID_ is null and PROC_DEF_ID_ like 'refund:%'"));
        return new Traces(rows);
    }

    private static long count(JdbcClient jdbc, String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }
}
