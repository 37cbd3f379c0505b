package io.aftersale.goods;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Opens the room: where goods are sent to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GoodsSettings.class)
class GoodsRoom {}
