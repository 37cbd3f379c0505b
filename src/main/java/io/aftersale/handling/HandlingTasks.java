package io.aftersale.handling;

import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process asks of the handling desk. */
@Configuration(proxyBeanMethods = false)
class HandlingTasks {
    @Bean
    JavaDelegate registerHandling(HandlingProcess process) {
        return process::register;
    }
}
