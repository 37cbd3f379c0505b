package io.aftersale.support;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits, with an end, for what another thread brings about. */
public final class Eventually {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    /** Looks again and again until it is as it should be; fails with what it saw last. */
    public static <T> T get(Supplier<T> look, Predicate<T> isDone) {
        return get(look, isDone, MOST);
    }

    public static <T> T get(Supplier<T> look, Predicate<T> isDone, Duration most) {
        var end = Instant.now().plus(most);
        while (true) {
            T seen = look.get();
            if (isDone.test(seen)) {
                return seen;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Still not so after " + most + ": " + seen);
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }
}
