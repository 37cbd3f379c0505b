package io.aftersale.payouts;

import io.aftersale.engine.OwnAuthority;
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
    private final OwnAuthority authority;

    PayoutProcess(RuntimeService runtime, TaskService tasks, OwnAuthority authority) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.authority = authority;
    }

    /** @return false when the process does not wait for it, and will see the record when it comes to it */
    boolean wake(Payout payout) {
        return authority.call(() -> !runtime.createMessageCorrelation(PAYOUT_SETTLED)
                .processInstanceBusinessKey(payout.caseNumber())
                .localVariableEquals("payoutId", payout.id())
                .correlateAllWithResult()
                .isEmpty());
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
