package io.aftersale.engine;

import io.aftersale.support.Http;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.stereotype.Component;

/**
 * A small flow of two user tasks to try attacks on, so that the walls are tested by themselves: a first task for
 * reviewers, whose answer {@link TrialAnswers} takes, and a second one in the hands of nobody.
 */
@Component
class Trial {
    static final String FLOW = "trial";
    static final String TASK = "Task_Trial";
    static final String SECOND = "Task_SecondTrial";

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final HistoryService history;
    private final AuthorizationService authorizations;
    private final Accounts accounts;

    Trial(
            RepositoryService repository,
            RuntimeService runtime,
            TaskService tasks,
            HistoryService history,
            AuthorizationService authorizations,
            Accounts accounts) {
        this.repository = repository;
        this.runtime = runtime;
        this.tasks = tasks;
        this.history = history;
        this.authorizations = authorizations;
        this.accounts = accounts;
    }

    /** Deploys the flow, once, and lets systems start it as they may start a real one. */
    void deploy() {
        if (repository.createProcessDefinitionQuery().processDefinitionKey(FLOW).count() > 0) {
            return;
        }
        var model = Bpmn.createExecutableProcess(FLOW)
                .camundaHistoryTimeToLive(1)
                .startEvent("StartEvent_Trial")
                .userTask(TASK)
                .camundaCandidateGroups("reviewers")
                .camundaInputParameter("decision", "")
                .camundaOutputParameter("trialDecision", "${decision}")
                .userTask(SECOND)
                .camundaCandidateGroups("finance")
                .endEvent("EndEvent_Trial")
                .done();
        var part = Bpmn.createExecutableProcess("trial-part")
                .camundaHistoryTimeToLive(1)
                .camundaStartableInTasklist(false)
                .startEvent("StartEvent_TrialPart")
                .userTask("Task_TrialPart")
                .endEvent("EndEvent_TrialPart")
                .done();
        repository
                .createDeployment()
                .name(FLOW)
                .addModelInstance("trial.bpmn", model)
                .addModelInstance("trial-part.bpmn", part)
                .deploy();
        for (String flow : List.of(FLOW, "trial-part")) {
            var authorization = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            authorization.setGroupId(Account.SYSTEMS);
            authorization.setResource(Resources.PROCESS_DEFINITION);
            authorization.setResourceId(flow);
            authorization.setPermissions(new ProcessDefinitionPermissions[] {
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.CREATE_INSTANCE,
                ProcessDefinitionPermissions.READ_INSTANCE,
                ProcessDefinitionPermissions.READ_HISTORY
            });
            authorizations.saveAuthorization(authorization);
        }
    }

    /** Starts the flow for a merchant; gives back its instance. */
    String start(String merchant) {
        accounts.enter(new Account("shop", Set.of(Account.SYSTEMS), Set.of(merchant)));
        try {
            return runtime.startProcessInstanceByKey(FLOW, Map.of("amountMinor", 10L))
                    .getId();
        } finally {
            accounts.leave();
        }
    }

    /** The open task of an instance. */
    String taskOf(String instance) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    String placeOf(String instance) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getTaskDefinitionKey();
    }

    String assigneeOf(String instance) {
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getAssignee();
    }

    Object variable(String instance, String name) {
        return runtime.getVariable(instance, name);
    }

    long instances() {
        return history.createHistoricProcessInstanceQuery()
                .processDefinitionKey(FLOW)
                .count();
    }

    /** Starts the flow and puts its first task into the hands of a reviewer, over the engine's REST. */
    String claimed(int port, String reviewer) {
        String instance = start("M-1");
        String task = taskOf(instance);
        var answer = Http.as(port, reviewer)
                .post("/engine-rest/task/" + task + "/claim", "{\"userId\":\"" + reviewer + "\"}");
        if (answer.status() != 204) {
            throw new IllegalStateException(answer.toString());
        }
        return instance;
    }
}
