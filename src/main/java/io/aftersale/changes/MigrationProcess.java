package io.aftersale.changes;

import io.aftersale.engine.OwnAuthority;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.batch.BatchStatistics;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the engine to move running instances of a flow to another version of its diagram, and asks it beforehand what
 * would not fit. Elements are matched by id. A wait that has begun keeps its clock, which may have been extended; only a
 * message that has another name now is waited for anew. It decides nothing about who may do this.
 */
@Component
class MigrationProcess {
    private static final int MOST_EXAMPLES = 10;

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final HistoryService history;
    private final ManagementService management;
    private final OwnAuthority authority;
    private final TransactionTemplate rehearsal;

    MigrationProcess(
            RepositoryService repository,
            RuntimeService runtime,
            HistoryService history,
            ManagementService management,
            OwnAuthority authority,
            PlatformTransactionManager transactions) {
        this.repository = repository;
        this.runtime = runtime;
        this.history = history;
        this.management = management;
        this.authority = authority;
        this.rehearsal = new TransactionTemplate(transactions);
        this.rehearsal.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
    }

    /** Instances that stand at the same elements, and what the engine says against moving them. */
    record Group(List<String> elements, List<ProcessInstance> instances, List<String> why) {
        boolean maps() {
            return why.isEmpty();
        }
    }

    record Prepared(MigrationPlan plan, List<Group> groups, List<MigrationPlanView.Unmapped> unmapped) {
        List<String> movable() {
            return groups.stream()
                    .filter(Group::maps)
                    .flatMap(group -> group.instances().stream())
                    .map(ProcessInstance::getId)
                    .toList();
        }

        int instances() {
            return groups.stream().mapToInt(group -> group.instances().size()).sum();
        }

        MigrationPlanView view(String flow, int from, int to) {
            return new MigrationPlanView(
                    flow,
                    from,
                    to,
                    instances(),
                    groups.stream().map(Prepared::place).toList(),
                    unmapped,
                    groups.stream().allMatch(Group::maps));
        }

        private static MigrationPlanView.Place place(Group group) {
            return new MigrationPlanView.Place(
                    group.elements(),
                    group.instances().size(),
                    group.instances().stream()
                            .map(ProcessInstance::getBusinessKey)
                            .filter(key -> key != null)
                            .sorted()
                            .limit(MOST_EXAMPLES)
                            .toList(),
                    group.maps(),
                    group.why());
        }
    }

    /**
     * Makes a plan and tries it on one instance of each place; every try is rolled back.
     *
     * @throws Problem FLOW_NOT_FOUND
     */
    Prepared prepare(String flow, int from, int to, Collection<String> merchantIds) {
        return authority.call(() -> {
            ProcessDefinition old = definition(flow, from);
            ProcessDefinition now = definition(flow, to);
            MigrationPlan plan = plan(old, now);
            var groups = groups(old, merchantIds).entrySet().stream()
                    .map(it -> new Group(
                            it.getKey(),
                            it.getValue(),
                            rehearse(plan, it.getValue().get(0))))
                    .toList();
            return new Prepared(plan, groups, unmapped(plan, old, now));
        });
    }

    /** Moves instances one by one in the background; returns the id of the batch. */
    String move(MigrationPlan plan, List<String> processInstanceIds) {
        return authority.call(() -> runtime.newMigration(plan)
                .processInstanceIds(processInstanceIds)
                .executeAsync()
                .getId());
    }

    record Progress(int done, int failed, List<String> reasons) {}

    /** How far a batch has come; empty when the engine has done with it and forgotten it. */
    Optional<Progress> progress(String batchId) {
        return authority.call(() -> Optional.ofNullable(
                        management.createBatchStatisticsQuery().batchId(batchId).singleResult())
                .map(batch -> new Progress(batch.getCompletedJobs(), batch.getFailedJobs(), reasons(batch))));
    }

    private List<String> reasons(BatchStatistics batch) {
        return management
                .createJobQuery()
                .jobDefinitionId(batch.getBatchJobDefinitionId())
                .withException()
                .list()
                .stream()
                .map(Job::getExceptionMessage)
                .filter(message -> message != null)
                .map(MigrationProcess::sentence)
                .distinct()
                .sorted()
                .limit(MOST_EXAMPLES)
                .toList();
    }

    private ProcessDefinition definition(String flow, int version) {
        return Optional.ofNullable(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(flow)
                        .processDefinitionVersion(version)
                        .withoutTenantId()
                        .singleResult())
                .orElseThrow(() -> new Problem(
                        ProblemCode.FLOW_NOT_FOUND, "There is no version " + version + " of a flow '" + flow + "'."));
    }

    private MigrationPlan plan(ProcessDefinition old, ProcessDefinition now) {
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

    /** The running instances by where they stand, the largest group first. */
    private Map<List<String>, List<ProcessInstance>> groups(ProcessDefinition old, Collection<String> merchantIds) {
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

    /** Moves an instance, takes it back, and says what the engine had against it. */
    private List<String> rehearse(MigrationPlan plan, ProcessInstance instance) {
        return rehearsal.execute(transaction -> {
            transaction.setRollbackOnly();
            try {
                runtime.newMigration(plan).processInstanceIds(instance.getId()).execute();
                return List.<String>of();
            } catch (MigratingProcessInstanceValidationException odd) {
                var report = odd.getValidationReport();
                return Stream.concat(
                                report.getFailures().stream(),
                                Stream.concat(
                                        report.getActivityInstanceReports().stream()
                                                .flatMap(it -> it.getFailures().stream()
                                                        .map(why -> it.getSourceScopeId() + ": " + why)),
                                        report.getTransitionInstanceReports().stream()
                                                .flatMap(it -> it.getFailures().stream()
                                                        .map(why -> it.getSourceScopeId() + ": " + why))))
                        .distinct()
                        .toList();
            } catch (RuntimeException odd) {
                return List.of(sentence(String.valueOf(odd.getMessage())));
            }
        });
    }

    /** The elements on which a case can stand that the plan leaves out, with what the engine says. */
    private List<MigrationPlanView.Unmapped> unmapped(
            MigrationPlan plan, ProcessDefinition old, ProcessDefinition now) {
        var mapped = plan.getInstructions().stream()
                .map(MigrationInstruction::getSourceActivityId)
                .collect(Collectors.toSet());
        var target = model(now);
        return model(old).getModelElementsByType(FlowNode.class).stream()
                .filter(MigrationProcess::canBeStoodOn)
                .filter(node -> !mapped.contains(node.getId()))
                .map(node -> new MigrationPlanView.Unmapped(
                        node.getId(), node.getName(), why(node, target.getModelElementById(node.getId()), old, now)))
                .toList();
    }

    private static boolean canBeStoodOn(FlowNode node) {
        return node instanceof Activity
                || node instanceof EventBasedGateway
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

    /** The engine's first line without its number. */
    private static String sentence(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("^ENGINE-\\d+ ", "");
    }
}
