package io.aftersale.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/**
 * Parts that flows call: they are there, know whose case it is, end, and give back what the caller asks them for. A
 * payout that says nothing of how it ended would end its case as if all were done.
 */
@Component
class GuardedParts {
    private final Templates templates;

    GuardedParts(Templates templates) {
        this.templates = templates;
    }

    void check(ModelFile file, CallActivity call, Neighbours others) {
        String part = call.getCalledElement();
        String binding = call.getCamundaCalledElementBinding();
        if (call.getCamundaCalledElementTenantId() != null) {
            throw file.refuse(
                    call.getId(),
                    "calls a part of one merchant",
                    "leave the tenant id empty, parts serve all merchants");
        }
        GuardedDiagrams.checkExists(
                file,
                call,
                "part",
                part,
                binding == null ? GuardedDiagrams.LATEST : binding,
                it -> others.diagram(it).isPresent());
        if (extensions(call, CamundaIn.class).stream().noneMatch(in -> in.getCamundaBusinessKey() != null)) {
            throw file.refuse(
                    call.getId(),
                    "does not hand on the case number",
                    "choose the template of the part, or tick Business key under In mappings");
        }
        if (leadsTo(file.key(), part, new TreeSet<>(), others)) {
            throw file.refuse(
                    call.getId(),
                    "calls '" + part + "', which comes back to this diagram and so never ends",
                    "take it out");
        }
        missingIn(others.diagram(part).orElseThrow(), call).ifPresent(variable -> {
            throw file.refuse(
                    call.getId(),
                    "takes '" + variable + "' from the part '" + part + "', which does not set it",
                    "take it out of the Out mappings, or choose the template of the part");
        });
    }

    /** Whether this diagram, as a part, still gives all flows what they take from it. */
    void checkCallers(ModelFile file, Process part, Neighbours others) {
        for (Process flow : others.flows()) {
            for (CallActivity call : callsOf(flow)) {
                if (part.getId().equals(call.getCalledElement())) {
                    missingIn(part, call).ifPresent(variable -> {
                        throw file.refuse(
                                part.getId(),
                                "has no step any more that sets '%s', which %s takes from it at '%s'"
                                        .formatted(variable, flow.getId(), call.getId()),
                                "put the step back, or take the variable out of that flow first");
                    });
                }
            }
        }
    }

    private Optional<String> missingIn(Process part, CallActivity call) {
        var set = GuardedVariables.namesGivenIn(part);
        part.getModelInstance().getModelElementsByType(ServiceTask.class).stream()
                .map(task -> ForeignCode.verbIn(task.getCamundaDelegateExpression()))
                .filter(verb -> verb != null)
                .forEach(verb -> set.addAll(templates.setsOf(verb)));
        return extensions(call, CamundaOut.class).stream()
                .map(CamundaOut::getCamundaSource)
                .filter(variable -> variable != null && !set.contains(variable))
                .findFirst();
    }

    private static boolean leadsTo(String goal, String from, Set<String> seen, Neighbours others) {
        if (from.equals(goal)) {
            return true;
        }
        return seen.add(from)
                && others.diagram(from).stream()
                        .flatMap(part -> callsOf(part).stream())
                        .anyMatch(call -> leadsTo(goal, String.valueOf(call.getCalledElement()), seen, others));
    }

    private static Collection<CallActivity> callsOf(Process process) {
        return process.getModelInstance().getModelElementsByType(CallActivity.class);
    }

    private static <T extends ModelElementInstance> Collection<T> extensions(CallActivity call, Class<T> type) {
        return call.getExtensionElements() == null
                ? List.of()
                : call.getExtensionElements().getChildElementsByType(type);
    }
}
