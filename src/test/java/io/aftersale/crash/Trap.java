package io.aftersale.crash;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs inside a node of the campaign: at the place for which it is set the node kills itself with SIGKILL, and the
 * thread that came there goes no step further. Woven into the node's classes by {@link Traps}; the application as it is
 * delivered knows nothing of it.
 */
public final class Trap {
    static final String EDGE = "CRASH_EDGE";
    static final String PLACE = "CRASH_PLACE";
    static final String ABOUT = "CRASH_ABOUT";
    static final String PASS = "CRASH_PASS";

    private static final String SET = System.getenv(EDGE) + " " + System.getenv(PLACE);
    private static final String WANTED = System.getenv().getOrDefault(ABOUT, "");
    private static final AtomicInteger LEFT =
            new AtomicInteger(Integer.parseInt(System.getenv().getOrDefault(PASS, "1")));

    private Trap() {}

    /** @param first the first argument of the method, null when it has none */
    public static void reached(String edge, String place, Object first) {
        boolean isSet = SET.equals(edge + " " + place) && String.valueOf(first).contains(WANTED);
        if (isSet && LEFT.decrementAndGet() == 0) {
            die();
        }
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException withoutKill) {
            Runtime.getRuntime().halt(137);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
