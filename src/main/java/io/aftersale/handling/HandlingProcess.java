package io.aftersale.handling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/**
 * What we tell the process: what is asked for of one order. Whatever the door, it reaches the diagram as start
 * variables, and the first verb takes them away again; what the parts start from is handed on and never stored.
 */
@Component
class HandlingProcess {
    private static final String PROCESS = "order-handling";
    private static final String HANDLING = "handling";
    private static final String ORDER_ID = "orderId";
    /** No flow has this name. */
    private static final String NONE = "none";

    private final RuntimeService runtime;
    private final HandlingDesk desk;
    private final ObjectMapper json;

    HandlingProcess(RuntimeService runtime, HandlingDesk desk, ObjectMapper json) {
        this.runtime = runtime;
        this.desk = desk;
        this.json = json;
    }

    /** @return the number of the handling, when all its parts have begun */
    String start(HandlingRequest asked) {
        return runtime.createProcessInstanceByKey(PROCESS)
                .setVariable(HANDLING, Variables.objectValue(asked, true).create())
                .executeWithVariablesInReturn()
                .getBusinessKey();
    }

    /** The first verb: the start variables become a handling, and what its parts start from. */
    void register(DelegateExecution task) {
        String merchantId = task.getTenantId();
        if (merchantId == null) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "A handling is asked for with one merchant.");
        }
        HandlingRequest asked = task.getVariable(HANDLING) instanceof HandlingRequest made
                ? made
                : read(new HashMap<>(task.getVariables()));
        task.removeVariables();
        var opened = desk.open(asked, merchantId);
        task.setProcessBusinessKey(opened.handling().number());
        var sound = opened.parts();
        var numbers = opened.handling().parts();
        task.setVariable(
                "afterSaleFlow",
                sound.afterSale() == null ? NONE : sound.afterSale().flow());
        task.setVariable("withReview", sound.review() != null);
        task.setVariable("withFeedback", sound.feedback() != null);
        if (sound.afterSale() != null) {
            task.setVariable("afterSaleNumber", numbers.get(Part.AFTER_SALE));
            handOn(task, "checkedApplication", sound.afterSale().variable());
        }
        if (sound.review() != null) {
            task.setVariable("reviewNumber", numbers.get(Part.REVIEW));
            handOn(task, "checkedReview", sound.review().variable());
        }
        if (sound.feedback() != null) {
            task.setVariable("feedbackNumber", numbers.get(Part.FEEDBACK));
            handOn(task, "checkedFeedback", sound.feedback());
        }
    }

    /** Gives a part what its flow starts from, which is never stored. */
    private static void handOn(DelegateExecution task, String name, Object value) {
        task.setVariable(name, Variables.objectValue(value, true).create());
    }

    private HandlingRequest read(Map<String, Object> variables) {
        var parts = new EnumMap<Part, JsonNode>(Part.class);
        for (Part part : Part.values()) {
            Object value = variables.remove(part.member());
            if (value != null) {
                parts.put(part, node(part.member(), value));
            }
        }
        Object orderId = variables.remove(ORDER_ID);
        if (!variables.isEmpty()) {
            String unknown = variables.keySet().iterator().next();
            throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + unknown + "' is not known here.")
                    .with("field", unknown);
        }
        return new HandlingRequest(orderId == null ? null : orderId.toString(), parts);
    }

    private JsonNode node(String member, Object value) {
        if (value instanceof SpinJsonNode given) {
            return (JsonNode) given.unwrap();
        }
        try {
            return value instanceof String text ? json.readTree(text) : json.valueToTree(value);
        } catch (JsonProcessingException unreadable) {
            throw Problem.invalid(member, "must be JSON");
        }
    }
}
