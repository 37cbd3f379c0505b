package io.aftersale.changes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** Asks the engine where the running instances of a version stand. It moves nothing. */
@Component
class PlacesProcess {
    private final RuntimeService runtime;
    private final HistoryService history;
    private final ManagementService management;

    PlacesProcess(RuntimeService runtime, HistoryService history, ManagementService management) {
        this.runtime = runtime;
        this.history = history;
        this.management = management;
    }

    /** The running instances by where they stand, the largest group first. */
    Map<List<String>, List<ProcessInstance>> of(ProcessDefinition old, Collection<String> merchantIds) {
        if (merchantIds.isEmpty()) {
            return Map.of();
        }
        var elements = elementsByInstance(old);
        var groups = new LinkedHashMap<List<String>, List<ProcessInstance>>();
        runtime.createProcessInstanceQuery()
                .processDefinitionId(old.getId())
                .tenantIdIn(merchantIds.toArray(String[]::new))
                .list()
                .forEach(instance -> groups.computeIfAbsent(
                                List.copyOf(elements.getOrDefault(instance.getId(), new TreeSet<>())),
                                any -> new ArrayList<>())
                        .add(instance));
        return groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<List<String>, List<ProcessInstance>> it) ->
                                it.getValue().size())
                        .reversed())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    /** Where each instance stands: at elements it has entered, and at those whose work waits for a thread. */
    private Map<String, TreeSet<String>> elementsByInstance(ProcessDefinition old) {
        var elements = new TreeMap<String, TreeSet<String>>();
        history.createHistoricActivityInstanceQuery()
                .processDefinitionId(old.getId())
                .unfinished()
                .list()
                .forEach(it -> elements.computeIfAbsent(it.getProcessInstanceId(), any -> new TreeSet<>())
                        .add(it.getActivityId()));
        Map<String, String> queued =
                management.createJobDefinitionQuery().processDefinitionId(old.getId()).list().stream()
                        .filter(it -> it.getJobType().equals("async-continuation"))
                        .collect(Collectors.toMap(JobDefinition::getId, JobDefinition::getActivityId));
        management.createJobQuery().processDefinitionId(old.getId()).messages().list().stream()
                .filter(job -> queued.containsKey(job.getJobDefinitionId()))
                .forEach(job -> elements.computeIfAbsent(job.getProcessInstanceId(), any -> new TreeSet<>())
                        .add(queued.get(job.getJobDefinitionId())));
        return elements;
    }
}
