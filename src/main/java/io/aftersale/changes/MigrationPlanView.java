package io.aftersale.changes;

import java.util.List;

/**
 * What would become of the cases that run on one version of a flow, were they moved to another.
 *
 * @param instances the running instances of the caller's merchants
 * @param places where they stand, each tried out on one of them
 * @param withoutPlace the elements of the old version that have no counterpart, whether anybody stands there or not
 * @param maps whether every instance can be moved
 */
record MigrationPlanView(
        String flow, int from, int to, int instances, List<Place> places, List<Unmapped> withoutPlace, boolean maps) {

    /**
     * Instances that stand at the same elements.
     *
     * @param elements the elements of the old version, by id, where a case waits
     * @param cases some of their case numbers
     * @param why what the engine says against it; empty when they can be moved
     */
    record Place(List<String> elements, int instances, List<String> cases, boolean maps, List<String> why) {}

    /** An element of the old version that has no counterpart in the new one. */
    record Unmapped(String element, String name, String why) {}
}
