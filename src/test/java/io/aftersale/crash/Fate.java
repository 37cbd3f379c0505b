package io.aftersale.crash;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the life of a node ends: at the first of some named points that it comes to, or after a while.
 *
 * @param points none for an end at any moment
 * @param pass at which pass of one of them
 * @param isAtStart whether the while is counted from the first instruction, else from when it is ready
 * @param millis the while; with points the longest that they are waited for
 */
record Fate(Set<Point> points, int pass, boolean isAtStart, long millis) {
    static final String ANY_MOMENT = "at any moment";
    static final String STARTING = "while it started";

    /** What the node's environment says of it. */
    TreeMap<String, String> environment(Path lastWord) {
        var environment = new TreeMap<String, String>();
        environment.put(Trap.POINTS, points.stream().map(Point::name).collect(Collectors.joining(",")));
        environment.put(Trap.PASS, String.valueOf(pass));
        environment.put(Trap.LAST_WORD, lastWord.toString());
        return environment;
    }
}
