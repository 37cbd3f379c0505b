package io.aftersale.goods;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the room: the way to the stock system and the carrier. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GoodsSettings.class)
class GoodsRoom {
    @Bean
    HttpDepot depot(GoodsSettings settings) {
        return new HttpDepot(settings);
    }
}
