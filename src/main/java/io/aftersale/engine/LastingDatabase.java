package io.aftersale.engine;

import io.aftersale.problems.StartRefusedException;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Keeps real money off the database of the demo, before anything is written there. */
@Component
@Profile("!demo")
class LastingDatabase implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataSource database && product(database, name).equals("H2")) {
            throw new StartRefusedException("The database is H2, which is for the demo alone; please set"
                    + " SPRING_DATASOURCE_URL to a PostgreSQL database and start with the profile 'postgres'.");
        }
        return bean;
    }

    private static String product(DataSource database, String name) {
        try {
            return JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName);
        } catch (MetaDataAccessException unreachable) {
            throw new BeanCreationException(name, "The database does not say what it is", unreachable);
        }
    }
}
