package io.aftersale.support;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where in the whole database a text stands: in any column of any table that keeps texts or bytes, the engine's too. */
public final class Places {
    private Places() {}

    private record Column(String tableName, String columnName, String dataType) {
        boolean hasText(JdbcClient jdbc, String text) {
            return jdbc.sql("select count(*) from \"" + tableName + "\" where " + contains())
                            .param("text", dataType.equals("bytea") ? text : "%" + text + "%")
                            .query(Long.class)
                            .single()
                    > 0;
        }

        private String contains() {
            String quoted = "\"" + columnName + "\"";
            if (dataType.equals("bytea")) {
                return "position(convert_to(cast(:text as text), 'UTF8') in " + quoted + ") > 0";
            }
            return (dataType.startsWith("binary") ? "utf8tostring(" + quoted + ")" : quoted) + " like :text";
        }

        @Override
        public String toString() {
            return tableName + "." + columnName;
        }
    }

    public static List<String> with(String text, JdbcClient jdbc) {
        var columns = jdbc.sql("""
                        select table_name, column_name, lower(data_type) as data_type from information_schema.columns
                        where lower(table_schema) = 'public' and lower(data_type) in (
                            'character varying', 'character large object', 'text',
                            'binary large object', 'binary varying', 'bytea')
                        """).query(Column.class).list();
        if (columns.size() < 100) {
            throw new IllegalStateException("This sees " + columns.size() + " columns of the database, too few.");
        }
        return columns.stream()
                .filter(column -> column.hasText(jdbc, text))
                .map(Column::toString)
                .toList();
    }
}
