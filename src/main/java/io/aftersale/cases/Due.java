package io.aftersale.cases;

import java.time.Instant;

/**
 * When a wait is over and what happens then; {@code remindAt} and {@code escalateAt} are null where the table names
 * none.
 */
public record Due(Instant dueAt, Instant remindAt, Instant escalateAt, String consequence) {}
