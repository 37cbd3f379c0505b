package io.aftersale.engine;

import java.util.Map;

/**
 * What a person answers to a user task. {@code fields} are the answer's own variables as plain Java values (JSON as maps
 * and lists), {@code locals} the local variables of the task and its place in the diagram, such as {@code payoutId}.
 */
public record TaskAnswer(
        String task,
        String taskId,
        String assignee,
        String businessKey,
        String merchantId,
        Map<String, Object> fields,
        Map<String, Object> locals) {}
