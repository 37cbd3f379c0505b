package io.aftersale.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.springframework.stereotype.Component;

/**
 * Writes down which elements and which flows every process passes, so that stories can say where they went and a test
 * can prove that no part of a diagram was left out. What a transaction did that was rolled back is written down too.
 */
@Component
public class Footprints extends AbstractProcessEnginePlugin {
    private final Map<String, List<String>> passed = new ConcurrentHashMap<>();

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<BpmnParseListener> listeners =
                Optional.ofNullable(engine.getCustomPostBPMNParseListeners()).orElseGet(ArrayList::new);
        listeners.add(new AbstractBpmnParseListener() {
            @Override
            public void parseProcess(Element element, ProcessDefinitionEntity process) {
                process.getActivities().forEach(Footprints.this::follow);
            }
        });
        engine.setCustomPostBPMNParseListeners(listeners);
    }

    /** The elements and flows that a process instance passed, in order. */
    public List<String> of(String processInstanceId) {
        return passed.getOrDefault(processInstanceId, List.of());
    }

    /** What of a diagram nobody among these process instances has passed. */
    public Set<String> missing(Path diagram, Collection<String> processInstanceIds) {
        Set<String> walked =
                processInstanceIds.stream().flatMap(id -> of(id).stream()).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (FlowElement element : Bpmn.readModelFromFile(diagram.toFile()).getModelElementsByType(FlowElement.class)) {
            // The engine jumps from an event gateway to the event that came first, without taking the flow between.
            String mark = element instanceof SequenceFlow flow && flow.getSource() instanceof EventBasedGateway
                    ? flow.getTarget().getId()
                    : element.getId();
            if (!walked.contains(mark)) {
                missing.add((element instanceof FlowNode ? "" : "the flow ") + element.getId());
            }
        }
        return missing;
    }

    private void follow(ActivityImpl activity) {
        activity.addListener(
                ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> note(execution, activity.getId()));
        activity.getOutgoingTransitions()
                .forEach(way -> ((TransitionImpl) way).addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                        execution -> note(execution, way.getId())));
        activity.getActivities().forEach(this::follow);
    }

    private void note(DelegateExecution execution, String id) {
        passed.computeIfAbsent(execution.getProcessInstanceId(), key -> new CopyOnWriteArrayList<>())
                .add(id);
    }
}
