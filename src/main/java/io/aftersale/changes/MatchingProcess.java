package io.aftersale.changes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/**
 * Asks the engine which elements of two versions of a diagram belong together: those of one id and one kind. It moves
 * nothing.
 */
@Component
class MatchingProcess {
    private final RepositoryService repository;
    private final RuntimeService runtime;

    MatchingProcess(RepositoryService repository, RuntimeService runtime) {
        this.repository = repository;
        this.runtime = runtime;
    }

    /** The plan that leaves every case where it stands; only a message that has another name now is waited for anew. */
    MigrationPlan plan(ProcessDefinition old, ProcessDefinition now) {
        MigrationPlan equal = runtime.createMigrationPlan(old.getId(), now.getId())
                .mapEqualActivities()
                .build();
        var oldMessages = messages(old);
        var newMessages = messages(now);
        var plan = runtime.createMigrationPlan(old.getId(), now.getId());
        for (MigrationInstruction instruction : equal.getInstructions()) {
            var step = plan.mapActivities(instruction.getSourceActivityId(), instruction.getTargetActivityId());
            String before = oldMessages.get(instruction.getSourceActivityId());
            if (before != null && !before.equals(newMessages.get(instruction.getTargetActivityId()))) {
                step.updateEventTrigger();
            }
        }
        return plan.build();
    }

    private Map<String, String> messages(ProcessDefinition definition) {
        var messages = new TreeMap<String, String>();
        model(definition).getModelElementsByType(MessageEventDefinition.class).stream()
                .filter(event -> event.getMessage() != null && event.getParentElement() instanceof FlowNode)
                .forEach(event -> messages.put(
                        ((FlowNode) event.getParentElement()).getId(),
                        event.getMessage().getName()));
        return messages;
    }

    private BpmnModelInstance model(ProcessDefinition definition) {
        return repository.getBpmnModelInstance(definition.getId());
    }

    /** The elements on which a case can stand that the plan leaves out, with what the engine says. */
    List<MigrationPlanView.Unmapped> unmapped(MigrationPlan plan, ProcessDefinition old, ProcessDefinition now) {
        var mapped = plan.getInstructions().stream()
                .map(MigrationInstruction::getSourceActivityId)
                .collect(Collectors.toSet());
        var target = model(now);
        return model(old).getModelElementsByType(FlowNode.class).stream()
                .filter(MatchingProcess::canBeStoodOn)
                .filter(node -> !mapped.contains(node.getId()))
                .map(node -> new MigrationPlanView.Unmapped(
                        node.getId(), node.getName(), why(node, target.getModelElementById(node.getId()), old, now)))
                .toList();
    }

    /** Where a case can be found at rest: not in a step that is done at once, and behind a gateway only at the gateway. */
    private static boolean canBeStoodOn(FlowNode node) {
        if (node instanceof EventBasedGateway || node.isCamundaAsyncBefore() || node.isCamundaAsyncAfter()) {
            return true;
        }
        if (node instanceof IntermediateCatchEvent event) {
            return event.getIncoming().stream().noneMatch(flow -> flow.getSource() instanceof EventBasedGateway);
        }
        return node instanceof UserTask
                || node instanceof ReceiveTask
                || node instanceof CallActivity
                || node instanceof CatchEvent && !(node instanceof StartEvent);
    }

    private String why(FlowNode node, Object counterpart, ProcessDefinition old, ProcessDefinition now) {
        if (counterpart == null) {
            return "Version " + now.getVersion() + " has no element with this id.";
        }
        try {
            runtime.createMigrationPlan(old.getId(), now.getId())
                    .mapActivities(node.getId(), node.getId())
                    .build();
            return "Its surroundings have no counterpart.";
        } catch (MigrationPlanValidationException odd) {
            return odd.getValidationReport().getInstructionReports().stream()
                    .flatMap(it -> it.getFailures().stream())
                    .distinct()
                    .collect(Collectors.joining("; "));
        }
    }
}
