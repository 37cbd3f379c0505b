package io.aftersale.payouts;

import io.aftersale.engine.OwnAuthority;
import java.time.Clock;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * What we tell the process: that a payout it waits for has an outcome, and who else may decide about one. The message
 * only wakes it; the process reads the outcome from the record.
 */
@Component
class PayoutProcess {
    static final String PAYOUT_SETTLED = "payout-settled";

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService jobs;
    private final OwnAuthority authority;
    private final Clock clock;

    PayoutProcess(
            RuntimeService runtime, TaskService tasks, ManagementService jobs, OwnAuthority authority, Clock clock) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.jobs = jobs;
        this.authority = authority;
        this.clock = clock;
    }

    /** @return false when the process does not wait for it, and will see the record when it comes to it */
    boolean wake(Payout payout) {
        return authority.call(() -> !runtime.createMessageCorrelation(PAYOUT_SETTLED)
                .processInstanceBusinessKey(payout.caseNumber())
                .localVariableEquals("payoutId", payout.id())
                .correlateAllWithResult()
                .isEmpty());
    }

    /** The next question to the provider is asked now. @return false when the process does not wait to ask one */
    boolean askNow(Payout payout) {
        return fire("Event_CheckDue", payout);
    }

    /** Finance gets it now and not only when the time is over. @return false when the process does not wait for that */
    boolean referNow(Payout payout) {
        return fire("Event_ProviderOverdue", payout);
    }

    private boolean fire(String timer, Payout payout) {
        return authority.call(() -> {
            var due =
                    runtime.createProcessInstanceQuery().processInstanceBusinessKey(payout.caseNumber()).list().stream()
                            .flatMap(flow -> jobs
                                    .createJobQuery()
                                    .processInstanceId(flow.getId())
                                    .activityId(timer)
                                    .timers()
                                    .list()
                                    .stream())
                            .filter(job -> payout.id().equals(runtime.getVariable(job.getExecutionId(), "payoutId")))
                            .toList();
            due.forEach(job -> jobs.setJobDuedate(job.getId(), Date.from(clock.instant())));
            return !due.isEmpty();
        });
    }

    /** Lets one more group decide about a payout that waits for finance. */
    void offer(DelegateExecution flow, String payoutId, String group) {
        tasks
                .createTaskQuery()
                .processInstanceId(flow.getProcessInstanceId())
                .taskDefinitionKey(SettlePayout.TASK)
                .list()
                .stream()
                .filter(open -> payoutId.equals(tasks.getVariable(open.getId(), "payoutId")))
                .forEach(open -> tasks.addCandidateGroup(open.getId(), group));
    }
}
