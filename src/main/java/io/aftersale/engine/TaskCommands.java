package io.aftersale.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aftersale.problems.Problem;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractAddIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetTaskPropertyCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * Reads and replaces what the engine's commands carry. Their fields have no getters; should another version of the
 * engine name them differently, the application does not start. Belongs to the hardening classes.
 */
final class TaskCommands {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String JSON_TYPE = "json";

    private static final VarHandle COMPLETED_TASK = field(CompleteTaskCmd.class, "taskId", String.class);
    private static final VarHandle COMPLETED_WITH = field(CompleteTaskCmd.class, "variables", Map.class);
    private static final VarHandle SUBMITTED_TASK = field(SubmitTaskFormCmd.class, "taskId", String.class);
    private static final VarHandle SUBMITTED_WITH = field(SubmitTaskFormCmd.class, "properties", VariableMap.class);
    private static final VarHandle CLAIMER = field(ClaimTaskCmd.class, "userId", String.class);
    private static final VarHandle LINKED_TASK = field(AbstractSetTaskPropertyCmd.class, "taskId", String.class);
    private static final VarHandle LINKED_USER = field(AbstractAddIdentityLinkCmd.class, "userId", String.class);
    private static final VarHandle STARTED =
            field(StartProcessInstanceCmd.class, "instantiationBuilder", ProcessInstantiationBuilderImpl.class);
    private static final VarHandle FORM_FLOW = field(SubmitStartFormCmd.class, "processDefinitionId", String.class);
    private static final VarHandle FORM_KEY = field(SubmitStartFormCmd.class, "businessKey", String.class);

    private TaskCommands() {}

    static String taskOf(Command<?> command) {
        if (command instanceof CompleteTaskCmd) {
            return (String) COMPLETED_TASK.get(command);
        }
        if (command instanceof SubmitTaskFormCmd) {
            return (String) SUBMITTED_TASK.get(command);
        }
        return (String) LINKED_TASK.get(command);
    }

    static String claimer(Command<?> claim) {
        return (String) CLAIMER.get(claim);
    }

    static String newAssignee(Command<?> assignment) {
        return (String) LINKED_USER.get(assignment);
    }

    static ProcessInstantiationBuilderImpl instantiation(Command<?> start) {
        return (ProcessInstantiationBuilderImpl) STARTED.get(start);
    }

    static String flowOf(Command<?> submission) {
        return (String) FORM_FLOW.get(submission);
    }

    static String businessKeyOf(Command<?> start) {
        return start instanceof SubmitStartFormCmd
                ? (String) FORM_KEY.get(start)
                : instantiation(start).getBusinessKey();
    }

    /** What a command answers to a task, in plain values. */
    static TaskAnswer read(Command<?> command, TaskEntity task) {
        Map<?, ?> given = command instanceof CompleteTaskCmd
                ? (Map<?, ?>) COMPLETED_WITH.get(command)
                : (Map<?, ?>) SUBMITTED_WITH.get(command);
        var fields = new LinkedHashMap<String, Object>();
        if (given instanceof VariableMap typed) {
            typed.keySet().forEach(name -> fields.put(name, plain(name, typed.getValueTyped(name))));
        } else if (given != null) {
            given.forEach((name, value) ->
                    fields.put(name.toString(), plain(name.toString(), Variables.untypedValue(value))));
        }
        fields.forEach(TaskCommands::requireText);
        return new TaskAnswer(
                task.getTaskDefinitionKey(),
                task.getId(),
                task.getAssignee(),
                task.getProcessInstance() == null
                        ? null
                        : task.getProcessInstance().getBusinessKey(),
                task.getTenantId(),
                fields,
                locals(task));
    }

    /** Lets a command carry these variables and no others. */
    static void answer(Command<?> command, Map<String, Object> variables) {
        VariableMap replaced = Variables.fromMap(variables);
        if (command instanceof CompleteTaskCmd) {
            COMPLETED_WITH.set(command, replaced);
        } else {
            SUBMITTED_WITH.set(command, replaced);
        }
    }

    /** The variables of the task and of its place in the diagram, up to the case's own, the nearest first. */
    private static Map<String, Object> locals(TaskEntity task) {
        var locals = new LinkedHashMap<String, Object>();
        addPlain(locals, task.getVariablesLocalTyped(false));
        ExecutionEntity place = task.getExecution();
        while (place != null && !place.isProcessInstanceExecution()) {
            addPlain(locals, place.getVariablesLocalTyped(false));
            place = place.getParent();
        }
        return locals;
    }

    private static void addPlain(Map<String, Object> locals, VariableMap here) {
        for (String name : here.keySet()) {
            TypedValue value = here.getValueTyped(name);
            if (!locals.containsKey(name) && isPlain(value)) {
                locals.put(name, plain(name, value));
            }
        }
    }

    private static boolean isPlain(TypedValue given) {
        if (given instanceof SerializableValue serialized) {
            return JSON_TYPE.equals(serialized.getType().getName());
        }
        Object value = given == null ? null : given.getValue();
        return value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Number
                || value instanceof Date;
    }

    /**
     * A variable as a plain Java value; JSON as maps and lists.
     *
     * @throws Problem FIELD_INVALID for anything that an answer never is, such as a file or an object of Java
     */
    private static Object plain(String name, TypedValue given) {
        if (!isPlain(given)) {
            throw Problem.invalid(name, "is of a type that is not taken here");
        }
        if (given instanceof SerializableValue serialized) {
            return parsed(name, serialized.getValueSerialized());
        }
        Object value = given == null ? null : given.getValue();
        if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            throw Problem.invalid(name, "is not a number");
        }
        return value;
    }

    private static Object parsed(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            Object value = JSON.readValue(text, Object.class);
            requireNumbers(name, value);
            return value;
        } catch (JsonProcessingException malformed) {
            throw Problem.invalid(name, "is not valid JSON");
        }
    }

    /** A number in the place of what people write would be kept in the engine's words, as 9.2E18. */
    private static void requireText(String name, Object value) {
        if (BodyGuard.FREE_TEXTS.contains(name) && (value instanceof Number || value instanceof Boolean)) {
            throw Problem.invalid(name, "must be a text");
        }
    }

    /** What is beyond all numbers, such as 1e400, would be read as the word Infinity. */
    private static void requireNumbers(String name, Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw Problem.invalid(name, "has something that is not a number");
        } else if (value instanceof Map<?, ?> fields) {
            fields.values().forEach(inside -> requireNumbers(name, inside));
        } else if (value instanceof List<?> list) {
            list.forEach(inside -> requireNumbers(name, inside));
        }
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException changed) {
            throw new ExceptionInInitializerError(
                    "This version of the engine has no " + owner.getSimpleName() + "." + name + " to guard");
        }
    }
}
