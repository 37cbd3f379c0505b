package io.aftersale.engine;

import io.aftersale.problems.Problem;
import java.util.Map;

/**
 * A room's word on the answer to one of its user tasks. Asked on every completion, whatever the client is, inside the
 * completing transaction and before the engine writes anything.
 */
public interface TaskAnswers {
    /** The id of the user task, such as {@code Task_AuditApplication}. */
    String task();

    /**
     * Checks an answer as a whole and keeps the room's record of it. When anything fails later in the transaction, the
     * record is rolled back with it.
     *
     * @return exactly the variables that the diagram gets to see; nothing else of the answer reaches the engine
     * @throws Problem when the answer cannot be taken
     */
    Map<String, Object> take(TaskAnswer answer);
}
