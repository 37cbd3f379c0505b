package io.aftersale.access;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limit of bodies right behind the doors: strangers are turned away before their bodies count. */
@Configuration(proxyBeanMethods = false)
class BodyLimits {
    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(Refusals refusals) {
        var registration = new FilterRegistrationBean<>(new BodyLimit(refusals));
        registration.addUrlPatterns("/api/*", "/engine-rest/*");
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        return registration;
    }
}
