package io.aftersale.engine;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.WebContentInterceptor;

/**
 * Lets browsers ask whether our files in the engine's web apps are still the same. Their addresses name the engine's
 * version, which stays, so that a browser would otherwise go on with some of our old files beside the new ones.
 */
@Configuration(proxyBeanMethods = false)
class WebFiles implements WebMvcConfigurer {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var fresh = new WebContentInterceptor();
        fresh.setCacheControl(CacheControl.noCache());
        registry.addInterceptor(fresh)
                .addPathPatterns("/camunda/app/*/scripts/**", "/camunda/app/*/styles/**", "/insight/**");
    }
}
