package io.aftersale.engine;

import java.sql.SQLException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence why a start failed at the database, and what to do. It never repeats an address or a password. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class UnusableDatabase implements FailureAnalyzer {
    /** States of SQL by class: connection failures, and log-ins that were refused. */
    private static final String NO_CONNECTION = "08";

    private static final String NO_LOGIN = "28";
    private static final String NO_SUCH_DATABASE = "3D000";

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = sentence(cause);
            if (sentence != null) {
                return new FailureAnalysis(sentence, null, failure);
            }
        }
        return null;
    }

    private static String sentence(Throwable cause) {
        if (cause instanceof SQLException sql && sql.getSQLState() != null) {
            return sentence(sql.getSQLState());
        }
        if (cause instanceof FlywayValidateException) {
            return "The database was made by a newer version of this application, or its history was changed;"
                    + " please start the newer version, or restore a backup that fits this one.";
        }
        boolean isOfTheEngine = cause instanceof ProcessEngineException && cause.getMessage() != null;
        if (isOfTheEngine && cause.getMessage().contains("no Camunda tables in the database")) {
            return "The database lacks the engine's tables; please run the scripts that make them"
                    + " (docs/operations.md, \"PostgreSQL\") and start again.";
        }
        if (isOfTheEngine && cause.getMessage().contains("version mismatch")) {
            return "The engine's tables are of another version than the engine; please run the"
                    + " script that changes them (docs/operations.md, \"PostgreSQL\") and start again.";
        }
        return null;
    }

    private static String sentence(String state) {
        if (state.startsWith(NO_CONNECTION)) {
            return "The database cannot be reached; please check that it runs and that SPRING_DATASOURCE_URL is its"
                    + " address.";
        }
        if (state.startsWith(NO_LOGIN)) {
            return "The database refuses the login; please check SPRING_DATASOURCE_USERNAME and"
                    + " SPRING_DATASOURCE_PASSWORD.";
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            return "The database server has no database of this name; please make it, or correct"
                    + " SPRING_DATASOURCE_URL.";
        }
        return null;
    }
}
