package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.RunningApp;
import java.sql.SQLException;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The engine's own tables have the indexes that they lack as it makes them. */
@RunningApp
class EngineIndexesTest {
    @Autowired
    private DataSource database;

    @Test
    void subtasks_and_due_jobs_are_found_without_reading_all_that_wait() throws SQLException {
        assertThat(indexedColumns("ACT_RU_TASK")).contains("PARENT_TASK_ID_");
        assertThat(indexedColumns("ACT_RU_JOB")).contains("DUEDATE_");
    }

    private ArrayList<String> indexedColumns(String table) throws SQLException {
        var columns = new ArrayList<String>();
        try (var connection = database.getConnection()) {
            var data = connection.getMetaData();
            String stored = data.storesLowerCaseIdentifiers() ? table.toLowerCase(java.util.Locale.ROOT) : table;
            try (var rows = data.getIndexInfo(null, null, stored, false, true)) {
                while (rows.next()) {
                    if (rows.getInt("ORDINAL_POSITION") == 1) {
                        columns.add(rows.getString("COLUMN_NAME").toUpperCase(java.util.Locale.ROOT));
                    }
                }
            }
        }
        return columns;
    }
}
