package io.aftersale.crash;

import java.util.TreeMap;

/**
 * How the life of a node ends: at a named point, or after a while.
 *
 * @param point null for an end at any moment
 * @param pass at which pass of the point
 * @param isAtStart whether the while is counted from the first instruction, else from when it is ready
 * @param millis the while; with a point the longest that it is waited for
 */
record Fate(Point point, int pass, boolean isAtStart, long millis) {
    static final String ANY_MOMENT = "at any moment";
    static final String STARTING = "while it started";

    /** What the node's environment says of it. */
    TreeMap<String, String> environment() {
        var environment = new TreeMap<String, String>();
        if (point != null && !point.edge.isOnTheWire()) {
            environment.put(Trap.EDGE, point.edge.name());
            environment.put(Trap.PLACE, point.place);
            environment.put(Trap.ABOUT, point.about);
            environment.put(Trap.PASS, String.valueOf(pass));
        }
        return environment;
    }
}
