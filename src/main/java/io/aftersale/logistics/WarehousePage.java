package io.aftersale.logistics;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Shows the page for people in the warehouse at a short address. The page itself is static and asks our REST. */
@Configuration(proxyBeanMethods = false)
class WarehousePage implements WebMvcConfigurer {
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/warehouse").setViewName("forward:/warehouse/index.html");
        registry.addRedirectViewController("/warehouse/", "/warehouse");
    }
}
