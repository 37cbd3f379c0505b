package io.aftersale.engine;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the engine to the house: its clock, its settings, the packaged diagrams and tables. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {
    @Bean
    Clock clock() {
        return new EngineClock();
    }

    @Bean
    ProcessEnginePlugin engineSettings(ObjectProvider<StatusBoard> boards, ApplicationContext beans) {
        return new EngineSettings(
                () -> boards.orderedStream().toList(),
                name -> beans.containsBean(name) && beans.isTypeMatch(name, TaskListener.class)
                        ? beans.getBean(name, TaskListener.class)
                        : null);
    }
}
