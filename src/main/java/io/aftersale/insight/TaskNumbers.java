package io.aftersale.insight;

import java.util.Optional;

/** Knows what a task is about. */
interface TaskNumbers {
    /** The number of the case, review or feedback behind a task; empty where the caller sees no such task. */
    Optional<String> numberBehind(String taskId);
}
