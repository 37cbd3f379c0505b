package io.aftersale.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs inside a node of the campaign: at the first of the points for which it is set the node writes down which one it
 * is and kills itself with SIGKILL, and the thread that came there goes no step further. Woven into the node's classes
 * by {@link Traps}; the application as it is delivered knows nothing of it.
 */
public final class Trap {
    static final String POINTS = "CRASH_POINTS";
    static final String PASS = "CRASH_PASS";
    static final String LAST_WORD = "CRASH_LAST_WORD";

    private static final List<Point> SET = Arrays.stream(
                    System.getenv().getOrDefault(POINTS, "").split(","))
            .filter(name -> !name.isEmpty())
            .map(Point::valueOf)
            .toList();
    private static final AtomicInteger LEFT =
            new AtomicInteger(Integer.parseInt(System.getenv().getOrDefault(PASS, "1")));

    private Trap() {}

    /** @param first the first argument of the method, null when it has none */
    public static void before(String place, Object first) {
        reached(Point.Edge.BEFORE, place, first);
    }

    /** The same at its end. */
    public static void after(String place, Object first) {
        reached(Point.Edge.AFTER, place, first);
    }

    private static void reached(Point.Edge edge, String place, Object first) {
        for (Point point : SET) {
            if (point.isAt(edge, place, String.valueOf(first)) && LEFT.decrementAndGet() == 0) {
                dieAt(point);
            }
        }
    }

    private static void dieAt(Point point) {
        try {
            Files.writeString(Path.of(System.getenv(LAST_WORD)), point.name());
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
