package io.aftersale.engine;

import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.calendar.BusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.DueDateBusinessCalendar;
import org.camunda.bpm.engine.impl.calendar.DurationBusinessCalendar;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/**
 * No wait without a status that the shop reads, a stage that says how long it may last, and a timer that ends it. Looks
 * at the places of a diagram where a case stands still, and at all its timers. Belongs to the hardening classes.
 */
@Component
class GuardedWaits {
    private static final Map<String, BusinessCalendar> TIMES =
            Map.of("timeDate", new DueDateBusinessCalendar(), "timeDuration", new DurationBusinessCalendar());

    private static final String TEMPLATE = "choose the template of a user task or of Wait";

    void check(ModelFile file, FlowNode node, Neighbours others) {
        if (!isWait(node)) {
            return;
        }
        if (mark(node, "status") == null) {
            throw file.refuse(node.getId(), "waits without a status that the shop could read", TEMPLATE);
        }
        if (!isTimer(node)) {
            checkStage(file, node, others);
            if (!hasTimer(node)) {
                throw file.refuse(
                        node.getId(),
                        "waits without an end",
                        node instanceof EventBasedGateway
                                ? "lead one way out of it to a timer event"
                                : "put a timer event on its edge");
            }
        }
    }

    /** Times that are written out are read as the engine will read them. */
    void checkTime(ModelFile file, TimerEventDefinition timer) {
        String place = ((BaseElement) timer.getParentElement()).getId();
        var times = timer.getDomElement().getChildElements().stream()
                .filter(it -> it.getLocalName().startsWith("time"))
                .toList();
        if (times.isEmpty() || times.get(0).getTextContent().isBlank()) {
            throw file.refuse(
                    place, "is a timer without a time", "give it a duration such as PT6H, or ${dueAt} as date");
        }
        String kind = times.get(0).getLocalName();
        String text = times.get(0).getTextContent().strip();
        if (kind.equals("timeCycle")) {
            TimeCycle.fault(text).ifPresent(fault -> {
                throw file.refuse(place, fault, "write it as R3/PT12H: three times, each after twelve hours");
            });
        } else if (!ExpressionCheck.isExpression(text)) {
            checkReadable(file, place, kind, text);
        }
    }

    private static void checkReadable(ModelFile file, String place, String kind, String text) {
        if (!isReadable(kind, text)) {
            throw file.refuse(
                    place,
                    "has the time '" + text + "', which cannot be read",
                    "write a duration as PT6H or P7D, a date as 2026-11-30T18:00:00+08:00");
        }
    }

    private static boolean isReadable(String kind, String text) {
        try {
            return !TimeCycle.repeats(text) && TIMES.get(kind).resolveDuedate(text, new Date()) != null;
        } catch (RuntimeException odd) {
            return false;
        }
    }

    private static void checkStage(ModelFile file, FlowNode node, Neighbours others) {
        String stages = mark(node, "stage");
        if (stages == null) {
            throw file.refuse(
                    node.getId(), "waits without a deadline: it names no stage of the table deadlines", TEMPLATE);
        }
        Set<String> known = others.table("deadlines")
                .map(table -> GuardedTables.wordsOf(table, "stage"))
                .orElse(Set.of());
        Arrays.stream(stages.split(","))
                .map(String::strip)
                .filter(stage -> !known.contains(stage))
                .findFirst()
                .ifPresent(stage -> {
                    throw file.refuse(
                            node.getId(),
                            "names the stage '" + stage + "', for which the table deadlines has no row",
                            "add the row and deploy deadlines.dmn first, or name one of " + String.join(", ", known));
                });
    }

    private static boolean isWait(FlowNode node) {
        if (node instanceof IntermediateCatchEvent event) {
            return event.getChildElementsByType(LinkEventDefinition.class).isEmpty()
                    && event.getIncoming().stream().noneMatch(flow -> flow.getSource() instanceof EventBasedGateway);
        }
        return node instanceof UserTask || node instanceof ReceiveTask || node instanceof EventBasedGateway;
    }

    /** Whether a timer stands on the node, behind the gateway, or on or in a sub-process around it. */
    private static boolean hasTimer(FlowNode node) {
        if (node instanceof EventBasedGateway gateway
                && gateway.getOutgoing().stream().anyMatch(flow -> isTimer(flow.getTarget()))) {
            return true;
        }
        ModelElementInstance around = node.getParentElement();
        boolean beside = around.getChildElementsByType(BoundaryEvent.class).stream()
                        .anyMatch(edge -> node.equals(edge.getAttachedTo()) && isTimer(edge))
                || around.getChildElementsByType(SubProcess.class).stream()
                        .filter(SubProcess::triggeredByEvent)
                        .flatMap(it -> it.getChildElementsByType(StartEvent.class).stream())
                        .anyMatch(GuardedWaits::isTimer);
        return beside || around instanceof SubProcess inner && hasTimer(inner);
    }

    private static boolean isTimer(FlowNode node) {
        return node instanceof CatchEvent
                && !node.getChildElementsByType(TimerEventDefinition.class).isEmpty();
    }

    /** An extension property of an element; null where it is not set. */
    static String mark(BaseElement element, String name) {
        return element.getExtensionElements() == null
                ? null
                : element.getExtensionElements().getChildElementsByType(CamundaProperties.class).stream()
                        .flatMap(properties -> properties.getCamundaProperties().stream())
                        .filter(property -> name.equals(property.getCamundaName()))
                        .map(property -> property.getCamundaValue())
                        .filter(value -> value != null && !value.isBlank())
                        .findFirst()
                        .orElse(null);
    }
}
