package io.aftersale.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The sandbox outside of the application, so that it lives on when that is killed. It takes the demo's secrets. */
public final class SandboxApart {
    private SandboxApart() {}

    public static Sandbox start(Path book, URI callbackUrl) {
        var settings = new SandboxSettings(
                true,
                0,
                book,
                "demo-token",
                "demo-callback-secret",
                "demo-carrier-secret",
                "demo-warehouse-secret",
                callbackUrl,
                Duration.ofMillis(300),
                Duration.ofMinutes(30),
                Duration.ofSeconds(2));
        var sandbox = new Sandbox(settings, () -> callbackUrl);
        sandbox.start();
        return sandbox;
    }
}
