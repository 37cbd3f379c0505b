package io.aftersale.payouts;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens the room: the way to the provider, and the checks that our patience with it is shorter than a job's
 * lock, and that a real one is on a real database.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentSettings.class)
class PayoutRoom {
    @Bean
    PaymentGateway paymentGateway(
            PaymentSettings settings,
            @Value("${camunda.bpm.job-execution.lock-time-in-millis}") long jobLockMillis,
            @Value("${spring.datasource.url}") String databaseUrl) {
        settings.checkAgainst(Duration.ofMillis(jobLockMillis));
        settings.checkAgainst(databaseUrl);
        return new HttpPaymentGateway(settings);
    }
}
