package io.aftersale.sandbox;

import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Opens the sandbox where it is asked for, and refuses to in any profile that could meet real money. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("aftersale.sandbox.enabled")
@EnableConfigurationProperties(SandboxSettings.class)
class SandboxRoom {
    private final AtomicReference<URI> callbackUrl = new AtomicReference<>();

    @Bean(initMethod = "start", destroyMethod = "close")
    Sandbox sandbox(SandboxSettings settings, Environment environment) {
        if (!environment.acceptsProfiles(Profiles.of("demo", "test"))) {
            throw new IllegalStateException("The sandbox provider runs in the profiles demo and test only; "
                    + "take aftersale.sandbox.enabled out of this one.");
        }
        callbackUrl.set(settings.callbackUrl());
        return new Sandbox(settings, callbackUrl::get);
    }

    /** Without an address of its own, callbacks go to the port on which this application has just opened. */
    @EventListener
    void opened(WebServerInitializedEvent web) {
        if (web.getApplicationContext().getServerNamespace() == null) {
            callbackUrl.compareAndSet(
                    null, URI.create("http://127.0.0.1:" + web.getWebServer().getPort() + "/api/callbacks/payments"));
        }
    }
}
