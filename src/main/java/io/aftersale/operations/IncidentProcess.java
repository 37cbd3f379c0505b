package io.aftersale.operations;

import io.aftersale.engine.OwnAuthority;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.springframework.stereotype.Component;

/** What we tell a process one of whose steps failed for good: to try it once more, or to go on behind it. */
@Component
class IncidentProcess {
    private static final int MOST = 200;

    /** Money is never skipped: what was paid stands at the provider, and finance has the last word. */
    private static final String MONEY = "payout";

    private final RuntimeService runtime;
    private final ManagementService management;
    private final RepositoryService repository;
    private final OwnAuthority authority;
    private final Clock clock;

    IncidentProcess(
            RuntimeService runtime,
            ManagementService management,
            RepositoryService repository,
            OwnAuthority authority,
            Clock clock) {
        this.runtime = runtime;
        this.management = management;
        this.repository = repository;
        this.authority = authority;
        this.clock = clock;
    }

    /** The oldest first. */
    List<Incident> all() {
        return authority.call(
                () -> runtime
                        .createIncidentQuery()
                        .incidentType("failedJob")
                        .orderByIncidentTimestamp()
                        .asc()
                        .listPage(0, MOST)
                        .stream()
                        .filter(it -> it.getId().equals(it.getRootCauseIncidentId()))
                        .map(this::read)
                        .toList());
    }

    Optional<Incident> find(String id) {
        return authority.call(() -> Optional.ofNullable(
                        runtime.createIncidentQuery().incidentId(id).singleResult())
                .filter(it -> it.getIncidentType().equals("failedJob"))
                .map(this::read));
    }

    private Incident read(org.camunda.bpm.engine.runtime.Incident it) {
        var instance = runtime.createProcessInstanceQuery()
                .processInstanceId(it.getProcessInstanceId())
                .singleResult();
        String flow =
                repository.getProcessDefinition(it.getProcessDefinitionId()).getKey();
        return new Incident(
                it.getId(),
                instance == null ? null : instance.getBusinessKey(),
                flow,
                it.getActivityId(),
                it.getIncidentMessage(),
                it.getIncidentTimestamp().toInstant().atOffset(ZoneOffset.UTC),
                !flow.equals(MONEY) && place(it).isPresent());
    }

    /** Lets a node take the step once more, now. Where it fails again, it is an incident again. */
    void retry(String incidentId) {
        authority.run(() -> {
            Job job = jobOf(incidentId);
            management.setJobRetries(job.getId(), 1);
            management.setJobDuedate(job.getId(), Date.from(clock.instant()));
        });
    }

    /** Goes on behind the step, in the caller's transaction. */
    void skip(String incidentId) {
        authority.run(() -> {
            var it = runtime.createIncidentQuery().incidentId(incidentId).singleResult();
            TransitionInstance place = place(it).orElseThrow();
            runtime.createProcessInstanceModification(it.getProcessInstanceId())
                    .startAfterActivity(it.getActivityId(), place.getParentActivityInstanceId())
                    .cancelTransitionInstance(place.getId())
                    .execute();
        });
    }

    private Job jobOf(String incidentId) {
        var it = runtime.createIncidentQuery().incidentId(incidentId).singleResult();
        return management.createJobQuery().jobId(it.getConfiguration()).singleResult();
    }

    /** Where a step waits to be begun; nothing for a timer, which stands beside a step and not on the way. */
    private Optional<TransitionInstance> place(org.camunda.bpm.engine.runtime.Incident it) {
        ActivityInstance whole = runtime.getActivityInstance(it.getProcessInstanceId());
        return whole == null ? Optional.empty() : place(whole, it.getExecutionId());
    }

    private static Optional<TransitionInstance> place(ActivityInstance inside, String executionId) {
        for (TransitionInstance transition : inside.getChildTransitionInstances()) {
            if (transition.getExecutionId().equals(executionId)) {
                return Optional.of(transition);
            }
        }
        for (ActivityInstance child : inside.getChildActivityInstances()) {
            var found = place(child, executionId);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
