package io.aftersale.insight;

import java.util.List;

/**
 * How often each step of one version of a flow was passed, how many stand there now, and how long it took on the average;
 * {@code xml} is the diagram as it was deployed. Only the cases of the merchants that were asked for count.
 */
record FlowHeat(String key, String name, int version, String versionTag, String xml, List<Step> steps) {
    /** A step of the diagram; {@code meanSeconds} is null where nobody has left it yet. */
    record Step(String element, long passed, long open, Double meanSeconds) {}
}
