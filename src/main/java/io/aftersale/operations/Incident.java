package io.aftersale.operations;

import java.time.OffsetDateTime;

/**
 * A step that failed so often that the engine gave up, and waits for an operator.
 *
 * @param number the business key of what it is about, such as the number of a case
 * @param isSkippable the flow may go on behind the step without it
 */
record Incident(
        String id,
        String number,
        String flow,
        String element,
        String message,
        OffsetDateTime failedAt,
        boolean isSkippable) {}
