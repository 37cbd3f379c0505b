package io.aftersale.engine;

import java.time.Instant;

/**
 * The version of a decision table that is asked now.
 *
 * @param versionTag the owner's own name for the version; null when there is none
 * @param packaged whether it came with the application; otherwise an owner has deployed it
 */
public record DeployedTable(
        String key, String name, int version, String versionTag, Instant deployedAt, boolean packaged) {}
