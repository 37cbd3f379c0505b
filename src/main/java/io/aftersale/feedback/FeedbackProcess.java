package io.aftersale.feedback;

import io.aftersale.engine.Account;
import io.aftersale.engine.Accounts;
import io.aftersale.engine.OwnAuthority;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/**
 * What we tell the process: a new feedback, and how satisfied the buyer is. Whatever the door, a feedback reaches the
 * diagram as start variables, and the first verb takes them away again.
 */
@Component
class FeedbackProcess {
    private static final String FEEDBACK = "feedback";

    private final RuntimeService runtime;
    private final Accounts accounts;
    private final OwnAuthority authority;
    private final FeedbackRequests requests;
    private final FeedbackDesk desk;

    FeedbackProcess(
            RuntimeService runtime,
            Accounts accounts,
            OwnAuthority authority,
            FeedbackRequests requests,
            FeedbackDesk desk) {
        this.runtime = runtime;
        this.accounts = accounts;
        this.authority = authority;
        this.requests = requests;
        this.desk = desk;
    }

    /** @return the number of the feedback */
    String start(FeedbackRequest asked) {
        return runtime.createProcessInstanceByKey(FEEDBACK)
                .setVariable(FEEDBACK, Variables.objectValue(asked, true).create())
                .executeWithVariablesInReturn()
                .getBusinessKey();
    }

    /** The first verb: the start variables become a feedback and leave the engine. */
    void register(DelegateExecution task) {
        String merchantId = task.getTenantId();
        if (merchantId == null) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "A feedback is given to one merchant.");
        }
        FeedbackRequest asked = task.getVariable(FEEDBACK) instanceof FeedbackRequest made
                ? made
                : requests.read(plain(task.getVariables()), merchantId);
        String given = task.getProcessBusinessKey();
        task.removeVariables();
        task.setProcessBusinessKey(desk.register(given, asked, actor()));
    }

    /** @throws Problem WRONG_STATE when the feedback does not wait for it */
    void tellSatisfaction(Feedback it) {
        var correlation =
                runtime.createMessageCorrelation("satisfaction-given").processInstanceBusinessKey(it.number());
        try {
            authority.run(correlation::correlate);
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException tooLate) {
            throw wrongState(it);
        }
    }

    static Problem wrongState(Feedback it) {
        return new Problem(ProblemCode.WRONG_STATE, "The feedback " + it.number() + " does not take this as it stands.")
                .with("currentStatus", it.status());
    }

    private String actor() {
        return accounts.current().map(Account::userId).orElse("buyer");
    }

    private static Map<String, Object> plain(Map<String, Object> variables) {
        var plain = new HashMap<String, Object>();
        variables.forEach((name, value) -> plain.put(name, value instanceof SpinJsonNode node ? node.unwrap() : value));
        return plain;
    }
}
