package io.aftersale.insight;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Shows the page of figures at a short address. The page itself is static and asks our REST. */
@Configuration(proxyBeanMethods = false)
class InsightPage implements WebMvcConfigurer {
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/insight").setViewName("forward:/insight/index.html");
        registry.addRedirectViewController("/insight/", "/insight");
    }
}
