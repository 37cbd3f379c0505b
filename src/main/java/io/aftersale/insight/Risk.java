package io.aftersale.insight;

import java.time.OffsetDateTime;

/** A wait of one of our desks that is overdue or soon will be; {@code link} opens its task, where there is one. */
record Risk(
        String number,
        String stage,
        String owner,
        String action,
        OffsetDateTime dueAt,
        boolean overdue,
        String consequence,
        String link) {}
