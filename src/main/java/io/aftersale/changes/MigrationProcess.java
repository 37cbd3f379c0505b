package io.aftersale.changes;

import io.aftersale.engine.OwnAuthority;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.batch.BatchStatistics;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the engine to move running instances of a flow to another version of its diagram, and asks it beforehand what
 * would not fit. A wait that has begun keeps its clock, which may have been extended. It decides nothing about who may do
 * this.
 */
@Component
class MigrationProcess {
    private static final int MOST_EXAMPLES = 10;

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final MatchingProcess matching;
    private final PlacesProcess places;
    private final OwnAuthority authority;
    private final TransactionTemplate rehearsal;

    MigrationProcess(
            RepositoryService repository,
            RuntimeService runtime,
            ManagementService management,
            MatchingProcess matching,
            PlacesProcess places,
            OwnAuthority authority,
            PlatformTransactionManager transactions) {
        this.repository = repository;
        this.runtime = runtime;
        this.management = management;
        this.matching = matching;
        this.places = places;
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
            MigrationPlan plan = matching.plan(old, now);
            var groups = places.of(old, merchantIds).entrySet().stream()
                    .map(it -> new Group(
                            it.getKey(),
                            it.getValue(),
                            rehearse(plan, it.getValue().get(0))))
                    .toList();
            return new Prepared(plan, groups, matching.unmapped(plan, old, now));
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

    /** The engine's first line without its number. */
    private static String sentence(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("^ENGINE-\\d+ ", "");
    }
}
