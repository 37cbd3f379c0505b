package io.aftersale.insight;

import java.util.List;
import java.util.Optional;

/** Knows the flows that are deployed, with all their versions. */
interface Flows {
    /** One version of a flow; {@code id} is the engine's name of it. */
    record Version(String id, String key, String name, int version, String versionTag) {}

    /** All versions of all flows, the newest of each first. */
    List<Version> all();

    Optional<Version> find(String key, int version);

    /** The diagram as it was deployed. */
    String diagram(Version version);
}
