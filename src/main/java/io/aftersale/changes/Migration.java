package io.aftersale.changes;

import java.time.Instant;
import java.util.Set;

/** A move of running cases to another version, as it was ordered. */
record Migration(
        String batchId,
        String flow,
        int from,
        int to,
        int instances,
        Set<String> merchantIds,
        String startedBy,
        Instant startedAt) {}
