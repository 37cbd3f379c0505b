package io.aftersale.engine;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Adds to the engine's own tables the indexes that they lack, once the engine has them. It has a history apart from that
 * of our tables, which are made before the engine's.
 */
@Component
class EngineIndexes {
    /** @param engine only here so that its tables exist before */
    EngineIndexes(ProcessEngine engine, DataSource database) throws MetaDataAccessException {
        String product = JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/engine/"
                        + DatabaseDriver.fromProductName(product).getId())
                .failOnMissingLocations(true)
                .table("engine_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
