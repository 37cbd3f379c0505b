package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RealUseTest {
    private final ApplicationContextRunner settings = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @Test
    void there_is_no_start_without_a_database_of_ones_own() {
        settings.withPropertyValues("spring.profiles.active=production")
                .run(start -> assertThat(start)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Failed to determine a suitable driver class"));
    }

    @Test
    void the_demo_brings_its_own() {
        settings.withPropertyValues("spring.profiles.active=demo")
                .run(start -> assertThat(start).hasNotFailed());
    }
}
