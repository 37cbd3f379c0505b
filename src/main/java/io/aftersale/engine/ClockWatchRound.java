package io.aftersale.engine;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has the clocks looked at as soon as the node serves, and every fifteen seconds from then on. */
@Configuration(proxyBeanMethods = false)
class ClockWatchRound {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatchRound.class);
    private static final int SECONDS = 15;

    @Bean
    ClockWatch clockWatch(JdbcClient jdbc, ProcessEngine engine) {
        var jobs = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
        return new ClockWatch(jdbc, InstantSource.system(), new ClockWatch.JobSwitch() {
            @Override
            public void on() {
                jobs.start();
            }

            @Override
            public void off() {
                jobs.shutdown();
            }
        });
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService clockWatchRounds() {
        return Executors.newSingleThreadScheduledExecutor(round -> {
            var thread = new Thread(round, "clock-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean
    Begin beginOfClockWatch(ClockWatch watch, ScheduledExecutorService clockWatchRounds) {
        return new Begin(watch, clockWatchRounds);
    }

    record Begin(ClockWatch watch, ScheduledExecutorService rounds) {
        /** After the engine's own listener, which has jobs taken from now on. */
        @EventListener(ApplicationReadyEvent.class)
        @Order(Ordered.LOWEST_PRECEDENCE)
        void begin() {
            look();
            rounds.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
        }

        private void look() {
            try {
                watch.look();
            } catch (RuntimeException unanswered) {
                LOG.warn("The database does not tell its time: {}", unanswered.getMessage());
            }
        }
    }
}
