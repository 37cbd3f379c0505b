package io.aftersale.engine;

import io.aftersale.problems.Problem;
import java.util.Map;

/**
 * A room's word on the answer to one of its user tasks. Asked on every completion, whatever the client is, before
 * anything is written.
 */
public interface TaskAnswers {
    /** The id of the user task, such as {@code Task_AuditApplication}. */
    String task();

    /**
     * Checks an answer as a whole.
     *
     * @return exactly the variables to store, normalised and free of card numbers
     * @throws Problem when the answer cannot be taken; nothing changes then
     */
    Map<String, Object> check(TaskAnswer answer);
}
