package io.aftersale.changes;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Shows the page for trying out tables at a short address. The page itself is static and asks our REST. */
@Configuration(proxyBeanMethods = false)
class RulesPage implements WebMvcConfigurer {
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/rules").setViewName("forward:/rules/index.html");
        registry.addRedirectViewController("/rules/", "/rules");
    }
}
