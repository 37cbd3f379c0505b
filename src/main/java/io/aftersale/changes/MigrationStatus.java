package io.aftersale.changes;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * How far a migration has come.
 *
 * @param total the instances that were to be moved
 * @param done those that run on the new version now
 * @param failed those that were tried in vain and stay on the old version
 * @param reasons why, each once
 * @param finished whether nothing more will happen by itself
 */
record MigrationStatus(
        String batchId,
        String flow,
        int from,
        int to,
        String startedBy,
        OffsetDateTime startedAt,
        int total,
        int done,
        int failed,
        List<String> reasons,
        boolean finished) {}
