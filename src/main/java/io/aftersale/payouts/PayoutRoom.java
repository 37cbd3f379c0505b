package io.aftersale.payouts;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the room: the way to the provider, and the check that our patience with it is shorter than a job's lock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentSettings.class)
class PayoutRoom {
    @Bean
    PaymentGateway paymentGateway(
            PaymentSettings settings, @Value("${camunda.bpm.job-execution.lock-time-in-millis}") long jobLockMillis) {
        settings.checkAgainst(Duration.ofMillis(jobLockMillis));
        return new HttpPaymentGateway(settings);
    }
}
