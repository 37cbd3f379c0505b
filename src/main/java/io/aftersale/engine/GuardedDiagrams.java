package io.aftersale.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.LoopCardinality;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Reads a diagram before it is deployed: whether every case that takes it can go all the way. What it names exists, what
 * calls outside stands alone, what waits has an end, what may fail is caught.
 */
@Component
class GuardedDiagrams implements ModelGuard {
    static final String LATEST = "latest";

    private final Templates templates;
    private final GuardedWaits waits;
    private final GuardedVariables variables;
    private final GuardedParts parts;
    private final ObjectProvider<TaskAnswers> answers;
    private final ApplicationContext beans;

    GuardedDiagrams(
            Templates templates,
            GuardedWaits waits,
            GuardedVariables variables,
            GuardedParts parts,
            ObjectProvider<TaskAnswers> answers,
            ApplicationContext beans) {
        this.templates = templates;
        this.waits = waits;
        this.variables = variables;
        this.parts = parts;
        this.answers = answers;
        this.beans = beans;
    }

    @Override
    public boolean reads(ModelFile file) {
        return file.isDiagram();
    }

    @Override
    public void check(ModelFile file, Neighbours others) {
        BpmnModelInstance model = read(file);
        var processes = model.getModelElementsByType(Process.class).stream()
                .filter(Process::isExecutable)
                .toList();
        if (processes.size() != 1) {
            throw file.refuse(
                    "has " + processes.size() + " executable processes", "draw one to a file and tick Executable");
        }
        Process process = processes.get(0);
        file.checkKey("process", process.getId());
        KeptHistory.check(file, process.getId(), process.getCamundaHistoryTimeToLiveString());
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            checkNode(file, node, others);
            waits.check(file, node, others);
        }
        model.getModelElementsByType(TimerEventDefinition.class).forEach(timer -> waits.checkTime(file, timer));
        model.getModelElementsByType(SequenceFlow.class).forEach(flow -> checkCondition(file, flow));
        model.getModelElementsByType(LoopCardinality.class).forEach(loop -> checkLoop(file, loop));
        model.getModelElementsByType(CamundaFailedJobRetryTimeCycle.class).forEach(retry -> checkRetries(file, retry));
        variables.check(file, model, others);
        parts.checkCallers(file, process, others);
        checkErrors(file, process, others);
    }

    private static BpmnModelInstance read(ModelFile file) {
        try {
            return Bpmn.readModelFromStream(file.open());
        } catch (ModelException odd) {
            throw file.refuse(
                    "is XML, but not the BPMN that Modeler saves (" + CandidateReader.plain(odd) + ")",
                    "save it in Modeler and deploy it again");
        }
    }

    private void checkNode(ModelFile file, FlowNode node, Neighbours others) {
        if (node instanceof ServiceTask task) {
            checkVerb(file, task);
        } else if (node instanceof UserTask task) {
            checkUserTask(file, task, others);
        } else if (node instanceof CallActivity call) {
            parts.check(file, call, others);
        } else if (node instanceof BusinessRuleTask task) {
            checkTable(file, task, others);
        }
    }

    private void checkVerb(ModelFile file, ServiceTask task) {
        String verb = ForeignCode.verbIn(task.getCamundaDelegateExpression());
        if (verb == null) {
            throw file.refuse(task.getId(), "does nothing yet", "choose the template of a verb for it");
        }
        if (templates.isOutside(verb) && !(task.isCamundaAsyncBefore() && task.isCamundaAsyncAfter())) {
            throw file.refuse(
                    task.getId(),
                    "calls outside with '" + verb + "' without standing alone",
                    "tick both Asynchronous before and Asynchronous after, or choose its template, which does");
        }
    }

    private void checkUserTask(ModelFile file, UserTask task, Neighbours others) {
        Set<String> known = answers.stream().map(TaskAnswers::task).collect(Collectors.toUnmodifiableSet());
        if (!known.contains(task.getId())) {
            throw file.refuse(
                    task.getId(),
                    "is a user task whose answer nobody takes",
                    "choose the template of a user task and give it the id that the template's description names");
        }
        checkExists(file, task, "form", task.getCamundaFormRef(), task.getCamundaFormRefBinding(), others::hasForm);
        String view = GuardedWaits.mark(task, "view");
        if (view != null && !(beans.containsBean(view) && beans.isTypeMatch(view, TaskListener.class))) {
            throw file.refuse(
                    task.getId(), "names the unknown view '" + view + "'", "take the one that its template sets");
        }
    }

    private static void checkTable(ModelFile file, BusinessRuleTask task, Neighbours others) {
        if (ForeignCode.verbIn(task.getCamundaDelegateExpression()) != null) {
            return;
        }
        if (task.getCamundaDecisionRefTenantId() != null) {
            throw file.refuse(
                    task.getId(),
                    "asks a table of one merchant",
                    "leave the tenant id empty, tables serve all merchants");
        }
        String binding = task.getCamundaDecisionRefBinding();
        checkExists(
                file,
                task,
                "table",
                task.getCamundaDecisionRef(),
                binding == null ? LATEST : binding,
                it -> others.table(it).isPresent());
        if (!"singleEntry".equals(task.getCamundaMapDecisionResult())) {
            throw file.refuse(
                    task.getId(),
                    "would keep the whole row of its table as an object",
                    "choose singleEntry as Map decision result");
        }
    }

    static void checkExists(
            ModelFile file, FlowNode node, String kind, String key, String binding, Predicate<String> isThere) {
        if (key == null || key.isBlank()) {
            throw file.refuse(node.getId(), "names no " + kind, "choose a template for it, or name the " + kind);
        }
        if (!LATEST.equals(binding)) {
            throw file.refuse(
                    node.getId(),
                    "asks for the " + kind + " '" + key + "' of its own deployment or of one version",
                    "set the binding to latest");
        }
        if (!isThere.test(key)) {
            throw file.refuse(
                    node.getId(),
                    "names the " + kind + " '" + key + "', which is not deployed",
                    "deploy it first, or name one that is");
        }
    }

    private static void checkCondition(ModelFile file, SequenceFlow flow) {
        var condition = flow.getConditionExpression();
        if (condition != null && !ExpressionCheck.isExpression(String.valueOf(condition.getTextContent()))) {
            throw file.refuse(
                    flow.getId(),
                    "has a condition that is no expression",
                    "choose a template of an answer, or write it as ${…}");
        }
    }

    /** A loop that is counted makes all its steps at once. */
    private static void checkLoop(ModelFile file, LoopCardinality loop) {
        String times = String.valueOf(loop.getTextContent()).strip();
        if (!ExpressionCheck.isExpression(times) && !times.matches("[1-9][0-9]?|100")) {
            throw file.refuse(
                    ((BaseElement) loop.getParentElement().getParentElement()).getId(),
                    "is made '" + times + "' times",
                    "write a number from 1 to 100");
        }
    }

    private static void checkRetries(ModelFile file, CamundaFailedJobRetryTimeCycle retries) {
        String text = String.valueOf(retries.getTextContent()).strip();
        if (!ExpressionCheck.isExpression(text) && !TimeCycle.isRetries(text)) {
            throw file.refuse(
                    ((BaseElement) retries.getParentElement().getParentElement()).getId(),
                    "is tried again after '" + text + "', which cannot be read",
                    "write the pauses as PT10S,PT1M,PT5M, or leave it empty");
        }
    }

    /** A flow catches all its errors; a part may leave them to its callers, and then all of these must. */
    private void checkErrors(ModelFile file, Process process, Neighbours others) {
        var errors = new BusinessErrors(templates::errorsOf, others::diagram);
        Map<String, String> open = errors.uncaught(process);
        if (open.isEmpty()) {
            return;
        }
        List<Process> flows = process.isCamundaStartableInTasklist() ? List.of(process) : others.flows();
        for (Process flow : flows) {
            checkErrors(file, flow, flow.equals(process) ? Set.of() : open.entrySet(), errors.uncaught(flow));
        }
    }

    private static void checkErrors(
            ModelFile file, Process flow, Collection<Map.Entry<String, String>> ofPart, Map<String, String> open) {
        if (ofPart.isEmpty() && !open.isEmpty()) {
            var first = open.entrySet().iterator().next();
            throw file.refuse(
                    first.getValue(),
                    "may end in the error '" + first.getKey() + "', which nobody catches",
                    "put an error boundary event for it on its edge and lead it on");
        }
        for (var left : ofPart) {
            if (open.containsKey(left.getKey())) {
                throw file.refuse(
                        left.getValue(),
                        "may end in the error '%s', which nobody catches where %s calls this part with '%s'"
                                .formatted(left.getKey(), flow.getId(), open.get(left.getKey())),
                        "catch it there with an error boundary event first");
            }
        }
    }
}
