package io.aftersale.cases;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the page on which supervisors give a wait more time at its short address, without a slash at the end. */
@Configuration(proxyBeanMethods = false)
class MoreTimePage implements WebMvcConfigurer {
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/more-time").setViewName("forward:/more-time/index.html");
        registry.addRedirectViewController("/more-time/", "/more-time");
    }
}
