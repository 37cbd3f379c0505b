package io.aftersale.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The odd but harmless texts that a door has taken, to be looked for in the whole database: what stands there must be
 * what was written, to the letter.
 */
final class Kept {
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> taken = new LinkedHashMap<>();
    private int marks;

    /** A mark that no other text has. */
    String newMark() {
        return "hx" + run + "n" + ++marks + "x";
    }

    /** A door has taken the text with this mark. */
    void took(String mark, String where) {
        taken.put(mark, where);
    }

    /** @param mayBeGone a text that a call reads and does not keep */
    void assertToTheLetter(JdbcClient jdbc, Predicate<String> mayBeGone) {
        var found = valuesWith("hx" + run, jdbc);
        assertThat(taken).as("texts that were taken").isNotEmpty();
        taken.forEach((mark, where) -> {
            var values = found.stream().filter(it -> it.contains(mark)).toList();
            assertThat(values.isEmpty() && !mayBeGone.test(where))
                    .as("what was taken and is not there: " + where)
                    .isFalse();
            assertThat(values).as(where).allMatch(it -> it.contains(Hostile.odd(mark)) || isEscaped(it, mark));
        });
    }

    /** In a column of JSON, characters may be written as escapes. */
    private static boolean isEscaped(String value, String mark) {
        return value.replace("\\u202E", "\u202e").replace("\\u202C", "\u202c").contains(Hostile.odd(mark));
    }

    private record Column(String tableName, String columnName, String dataType) {
        private Stream<String> with(String text, JdbcClient jdbc) {
            String name = '"' + columnName + '"';
            boolean isText = dataType.startsWith("character") || dataType.equals("text");
            String contains = isText
                    ? name + " like '%" + text + "%'"
                    : dataType.equals("bytea")
                            ? "position(convert_to('" + text + "', 'UTF8') in " + name + ") > 0"
                            : "utf8tostring(" + name + ") like '%" + text + "%'";
            return jdbc
                    .sql("select " + name + " from \"" + tableName + "\" where " + contains)
                    .query((row, n) -> isText ? row.getString(1) : new String(row.getBytes(1), StandardCharsets.UTF_8))
                    .list()
                    .stream();
        }
    }

    private static List<String> valuesWith(String text, JdbcClient jdbc) {
        return jdbc.sql("""
                        select table_name, column_name, lower(data_type) as data_type from information_schema.columns
                        where lower(table_schema) = 'public' and lower(data_type) in (
                            'character varying', 'character large object', 'text',
                            'binary large object', 'binary varying', 'bytea')
                        """).query(Column.class).list().stream()
                .flatMap(column -> column.with(text, jdbc))
                .toList();
    }
}
