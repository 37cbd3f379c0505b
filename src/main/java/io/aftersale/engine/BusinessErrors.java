package io.aftersale.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * Follows the business errors of a flow outwards: from the verb or end event that throws one, through sub-processes and
 * called parts, to the event that catches it. What nobody catches would stop the case with an incident.
 */
class BusinessErrors {
    private final Function<String, Set<String>> errorsOfVerb;
    private final Function<String, Optional<Process>> parts;

    /**
     * @param errorsOfVerb the codes in which a verb may end
     * @param parts gives the diagram of a called part
     */
    BusinessErrors(Function<String, Set<String>> errorsOfVerb, Function<String, Optional<Process>> parts) {
        this.errorsOfVerb = errorsOfVerb;
        this.parts = parts;
    }

    /** The codes that leave a flow uncaught, each with the element of this very diagram where it comes from. */
    Map<String, String> uncaught(Process flow) {
        return uncaught(flow.getFlowElements(), Set.of(flow.getId()));
    }

    private Map<String, String> uncaught(Collection<FlowElement> scope, Set<String> callers) {
        var leaving = new LinkedHashMap<String, String>();
        for (FlowElement element : scope) {
            var thrown = thrown(element, callers);
            thrown.keySet().removeIf(code -> isCaughtAtTheEdge(scope, element, code));
            if (!isEventSubProcess(element)) {
                thrown.keySet().removeIf(code -> isCaughtBeside(scope, code));
            }
            thrown.forEach(leaving::putIfAbsent);
        }
        return leaving;
    }

    private Map<String, String> thrown(FlowElement element, Set<String> callers) {
        var thrown = new LinkedHashMap<String, String>();
        if (element instanceof ServiceTask task) {
            String verb = ForeignCode.verbIn(task.getCamundaDelegateExpression());
            errorsOfVerb.apply(verb == null ? "" : verb).forEach(code -> thrown.put(code, task.getId()));
        } else if (element instanceof EndEvent end) {
            end.getChildElementsByType(ErrorEventDefinition.class)
                    .forEach(error -> thrown.put(codeOf(error).orElse(""), end.getId()));
        } else if (element instanceof SubProcess inner) {
            thrown.putAll(uncaught(inner.getFlowElements(), callers));
        } else if (element instanceof CallActivity call && !callers.contains(String.valueOf(call.getCalledElement()))) {
            parts.apply(String.valueOf(call.getCalledElement())).ifPresent(part -> {
                var further = new HashSet<>(callers);
                further.add(part.getId());
                uncaught(part.getFlowElements(), further).keySet().forEach(code -> thrown.put(code, call.getId()));
            });
        }
        return thrown;
    }

    private static boolean isCaughtAtTheEdge(Collection<FlowElement> scope, FlowElement element, String code) {
        return scope.stream()
                .anyMatch(it -> it instanceof BoundaryEvent edge
                        && element.equals(edge.getAttachedTo())
                        && catches(edge, code));
    }

    private static boolean isCaughtBeside(Collection<FlowElement> scope, String code) {
        return scope.stream()
                .anyMatch(it -> isEventSubProcess(it)
                        && it.getChildElementsByType(StartEvent.class).stream()
                                .anyMatch(start -> catches(start, code)));
    }

    private static boolean isEventSubProcess(FlowElement element) {
        return element instanceof SubProcess inner && inner.triggeredByEvent();
    }

    private static boolean catches(ModelElementInstance event, String code) {
        return event.getChildElementsByType(ErrorEventDefinition.class).stream()
                .map(BusinessErrors::codeOf)
                .anyMatch(caught -> caught.isEmpty() || caught.get().equals(code));
    }

    private static Optional<String> codeOf(ErrorEventDefinition definition) {
        return Optional.ofNullable(definition.getError()).map(Error::getErrorCode);
    }
}
