package io.aftersale.reviews;

import io.aftersale.engine.OwnAuthority;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.reviews.ReviewRuns.Run;
import io.aftersale.reviews.ReviewRuns.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/**
 * What reviews tell the process: a text that was written, and what authors, readers and moderators ask for later.
 * Whatever the door, a text reaches the diagram as start variables, and the first verb takes them away again, so that
 * no words stay in the engine.
 */
@Component
class ReviewProcess {
    private static final String PROCESS = "review";
    private static final String DRAFT = "draft";
    private static final String PART = "part";

    private final RuntimeService runtime;
    private final OwnAuthority authority;
    private final ReviewRuns runs;
    private final ReviewDesk desk;
    private final ReviewApplications applications;

    ReviewProcess(
            RuntimeService runtime,
            OwnAuthority authority,
            ReviewRuns runs,
            ReviewDesk desk,
            ReviewApplications applications) {
        this.runtime = runtime;
        this.authority = authority;
        this.runs = runs;
        this.desk = desk;
        this.applications = applications;
    }

    /**
     * Starts a run of the flow for a text; returns when the text is public, or waits for somebody.
     *
     * @return the number of the review
     */
    String start(Draft draft) {
        return runtime.createProcessInstanceByKey(PROCESS)
                .setVariable(DRAFT, Variables.objectValue(draft, true).create())
                .executeWithVariablesInReturn()
                .getBusinessKey();
    }

    /** The first verb: the start variables become a text of a review and leave the engine. */
    void register(DelegateExecution task) {
        String merchantId = task.getTenantId();
        if (merchantId == null) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "A review is written for one merchant.");
        }
        Draft draft = task.getVariable(DRAFT) instanceof Draft made
                ? made
                : applications.read(plain(task.getVariables()), merchantId);
        String given = task.getProcessBusinessKey();
        task.removeVariables();
        String number = draft.number();
        if (number == null) {
            number = desk.open(draft, given);
            endInvitation(number);
        } else {
            desk.add(number, draft);
        }
        if (!number.equals(given)) {
            task.setProcessBusinessKey(number);
        }
        runs.begin(task.getProcessInstanceId(), number, draft.part(), Step.WRITE);
    }

    /** The run of a process; the first verb behind a message makes it. */
    Run run(DelegateExecution task, Step first) {
        return runs.find(task.getProcessInstanceId()).orElseGet(() -> {
            Part part = task.getVariable(PART) instanceof String named ? Part.valueOf(named) : Part.REVIEW;
            runs.begin(task.getProcessInstanceId(), task.getProcessBusinessKey(), part, first);
            return runs.find(task.getProcessInstanceId()).orElseThrow();
        });
    }

    /** Begins a later step of a review, such as {@code review-flagged}, in its merchant's name. */
    void begin(Review review, String message) {
        begin(review, Part.REVIEW, message);
    }

    /** The same about one part of it; which one is told to the first verb and never stored in the engine. */
    void begin(Review review, Part part, String message) {
        authority.callFor(
                review.merchantId(),
                () -> runtime.createMessageCorrelation(message)
                        .processInstanceBusinessKey(review.number())
                        .setVariable(PART, Variables.stringValue(part.name(), true))
                        .correlateStartMessage());
    }

    /** Passes something on to a run that waits for it. */
    void tell(Review review, Run run, String message) {
        try {
            authority.run(() -> runtime.createMessageCorrelation(message)
                    .processInstanceId(run.processInstanceId())
                    .correlate());
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException tooLate) {
            throw wrongState(review);
        }
    }

    static Problem wrongState(Review review) {
        return new Problem(
                        ProblemCode.WRONG_STATE, "The review " + review.number() + " does not take this as it stands.")
                .with("currentStatus", review.status());
    }

    /** Lets one more group take a text that waits for a moderator. */
    void offerModeration(DelegateExecution task, String group) {
        var tasks = task.getProcessEngineServices().getTaskService();
        tasks.createTaskQuery()
                .processInstanceId(task.getProcessInstanceId())
                .taskDefinitionKey("Task_ModerateReview")
                .list()
                .forEach(open -> tasks.addCandidateGroup(open.getId(), group));
    }

    /** What was asked for has come by another door than the one where it was waited for. */
    private void endInvitation(String number) {
        List<Run> invitations = runs.open(number).stream()
                .filter(run -> run.step() == Step.INVITE)
                .toList();
        for (Run run : invitations) {
            runs.end(run.processInstanceId());
            authority.run(() -> runtime.deleteProcessInstance(run.processInstanceId(), "The review was written"));
        }
    }

    private static Map<String, Object> plain(Map<String, Object> variables) {
        var plain = new HashMap<String, Object>();
        variables.forEach((name, value) -> plain.put(name, value instanceof SpinJsonNode node ? node.unwrap() : value));
        return plain;
    }
}
