package io.aftersale.logistics;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the room: the way to the stock system and the carrier. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogisticsSettings.class)
class LogisticsRoom {
    @Bean
    HttpDepot depot(LogisticsSettings settings) {
        return new HttpDepot(settings);
    }
}
