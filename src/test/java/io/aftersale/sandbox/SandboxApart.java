package io.aftersale.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** The sandbox outside of the application, so that it lives on when that is killed. It takes the demo's secrets. */
public final class SandboxApart {
    private SandboxApart() {}

    /** @param callbacks where the payment provider tells its events; asked anew for each */
    public static Sandbox start(Path book, Supplier<URI> callbacks) {
        var settings = new SandboxSettings(
                true,
                0,
                book,
                "demo-token",
                "demo-callback-secret",
                "demo-carrier-secret",
                "demo-warehouse-secret",
                null,
                Duration.ofMillis(300),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2));
        var sandbox = new Sandbox(settings, callbacks);
        sandbox.start();
        return sandbox;
    }
}
