package io.aftersale.logistics;

import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the room: the way to the stock system and the carrier, and what they and the warehouse may tell. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogisticsSettings.class)
class LogisticsRoom {
    @Bean
    HttpDepot depot(
            LogisticsSettings settings, @Value("${camunda.bpm.job-execution.lock-time-in-millis}") long jobLockMillis) {
        settings.checkAgainst(Duration.ofMillis(jobLockMillis));
        return new HttpDepot(settings);
    }

    @Bean
    ParcelNews carrierNews(LogisticsSettings settings, ParcelDesk desk) {
        return new ParcelNews(
                ParcelNews.CARRIER, settings.carrierSecret(), Set.of("PICKED_UP", "IN_TRANSIT", "DELIVERED"), desk);
    }

    @Bean
    ParcelNews warehouseNews(LogisticsSettings settings, ParcelDesk desk) {
        return new ParcelNews(ParcelNews.WAREHOUSE, settings.warehouseSecret(), Set.of("RECEIVED"), desk);
    }
}
