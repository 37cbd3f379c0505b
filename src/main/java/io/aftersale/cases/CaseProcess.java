package io.aftersale.cases;

import io.aftersale.engine.Account;
import io.aftersale.engine.Accounts;
import io.aftersale.engine.OwnAuthority;
import io.aftersale.engine.ShownTasks;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/**
 * What cases tell the process: a new application, and what the buyer does next. Whatever the door, an application
 * reaches the diagram as start variables, and the first verb turns them into a case and takes them away again, so that
 * neither a free text nor a card token stays in the engine.
 */
@Component
class CaseProcess {
    private static final String APPLICATION = "application";

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final TaskService tasks;
    private final ManagementService management;
    private final Accounts accounts;
    private final OwnAuthority authority;
    private final ShownTasks shown;
    private final Applications applications;
    private final CaseDesk desk;

    CaseProcess(
            RuntimeService runtime,
            RepositoryService repository,
            TaskService tasks,
            ManagementService management,
            Accounts accounts,
            OwnAuthority authority,
            ShownTasks shown,
            Applications applications,
            CaseDesk desk) {
        this.runtime = runtime;
        this.repository = repository;
        this.tasks = tasks;
        this.management = management;
        this.accounts = accounts;
        this.authority = authority;
        this.shown = shown;
        this.applications = applications;
        this.desk = desk;
    }

    /**
     * The kind of this name.
     *
     * @throws Problem FIELD_MISSING, FIELD_INVALID also when it has no flow
     */
    Kind requireOffered(String name) {
        Kind kind = Kind.parse(name);
        long flows = authority.call(() -> repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(kind.processKey())
                .active()
                .count());
        if (flows == 0) {
            throw Problem.invalid("kind", "is not offered yet: " + kind);
        }
        return kind;
    }

    /**
     * Starts the flow of an application; returns when the rules have been asked.
     *
     * @return the case number
     */
    String start(Application application) {
        return runtime.createProcessInstanceByKey(application.kind().processKey())
                .setVariable(
                        APPLICATION, Variables.objectValue(application, true).create())
                .executeWithVariablesInReturn()
                .getBusinessKey();
    }

    /** The first verb of every flow: the start variables become a case and leave the engine. */
    void register(DelegateExecution task) {
        String merchantId = task.getTenantId();
        if (merchantId == null) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "An application is made for one merchant.");
        }
        Application application = task.getVariable(APPLICATION) instanceof Application made
                ? made
                : applications.read(plain(task.getVariables()), kindOf(task), merchantId);
        String given = task.getProcessBusinessKey();
        task.removeVariables();
        task.setProcessBusinessKey(desk.register(given, application, merchantId, actor()));
    }

    /** The verb that takes an amendment over into its case. */
    void amend(DelegateExecution task) {
        var application = (Application) task.getVariable(APPLICATION);
        task.removeVariable(APPLICATION);
        desk.amend(task.getProcessBusinessKey(), application);
    }

    void withdraw(Case it) {
        tell("application-withdrawn", it, Map.of());
    }

    void dispute(Case it) {
        tell("decision-disputed", it, Map.of());
    }

    void amend(Case it, Application application) {
        tell("application-amended", it, Map.of(APPLICATION, application));
    }

    /** Passes on that evidence has come, when the case waits for it. */
    void addEvidence(Case it) {
        tell("evidence-added", it, Map.of());
    }

    /** Lets the forms of open tasks show what is new on the case. */
    void showChanges(String number) {
        shown.refresh(number);
    }

    /** Takes an overdue task from whoever holds it, so that others of its group can claim it. */
    void giveBack(DelegateExecution task, String taskId) {
        tasks.createTaskQuery()
                .processInstanceId(task.getProcessInstanceId())
                .taskDefinitionKey(taskId)
                .taskAssigned()
                .list()
                .forEach(held -> tasks.setAssignee(held.getId(), null));
    }

    /** Lets one more group take an audit that waits. */
    void offerAudit(DelegateExecution task, String group) {
        tasks.createTaskQuery()
                .processInstanceId(task.getProcessInstanceId())
                .taskDefinitionKey("Task_AuditApplication")
                .list()
                .forEach(open -> tasks.addCandidateGroup(open.getId(), group));
    }

    /**
     * Moves what the engine was to do at these times of a case to others.
     *
     * @return whether it was to do anything then
     */
    boolean moveTimers(Case it, Map<Instant, Instant> times) {
        var moves = new HashMap<Date, Date>();
        times.forEach((from, to) -> moves.put(Date.from(from), Date.from(to)));
        return authority.call(() ->
                runtime.createProcessInstanceQuery().processInstanceBusinessKey(it.number()).list().stream()
                                .mapToInt(instance -> moveTimers(instance.getId(), moves))
                                .sum()
                        > 0);
    }

    private int moveTimers(String processInstanceId, Map<Date, Date> moves) {
        int moved = 0;
        for (Job timer : management
                .createJobQuery()
                .processInstanceId(processInstanceId)
                .timers()
                .list()) {
            Date to = moves.get(new Date(timer.getDuedate().getTime()));
            if (to != null) {
                management.setJobDuedate(timer.getId(), to);
                moved++;
            }
        }
        for (Task task :
                tasks.createTaskQuery().processInstanceId(processInstanceId).list()) {
            Date to = task.getDueDate() == null
                    ? null
                    : moves.get(new Date(task.getDueDate().getTime()));
            if (to != null) {
                task.setDueDate(to);
                tasks.saveTask(task);
                moved++;
            }
        }
        return moved;
    }

    private void tell(String message, Case it, Map<String, Object> facts) {
        var correlation = runtime.createMessageCorrelation(message).processInstanceBusinessKey(it.number());
        facts.forEach((name, value) ->
                correlation.setVariable(name, Variables.objectValue(value, true).create()));
        try {
            authority.run(correlation::correlate);
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException tooLate) {
            throw wrongState(it);
        }
    }

    static Problem wrongState(Case it) {
        return new Problem(ProblemCode.WRONG_STATE, "The case " + it.number() + " does not take this as it stands.")
                .with("currentStatus", it.status());
    }

    private Kind kindOf(DelegateExecution task) {
        String definitionId = task.getProcessDefinitionId();
        return Kind.ofProcess(definitionId.substring(0, definitionId.indexOf(':')));
    }

    private String actor() {
        return accounts.current().map(Account::userId).orElse("buyer");
    }

    private Map<String, Object> plain(Map<String, Object> variables) {
        var plain = new HashMap<String, Object>();
        variables.forEach((name, value) -> plain.put(name, value instanceof SpinJsonNode node ? node.unwrap() : value));
        return plain;
    }
}
