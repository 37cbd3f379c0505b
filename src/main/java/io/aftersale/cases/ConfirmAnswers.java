package io.aftersale.cases;

import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes what a second person answers to {@code Task_ConfirmAudit}; never from who audited in the same round. */
@Component
class ConfirmAnswers implements TaskAnswers {
    private static final Set<String> FIELDS = Set.of("decision", "reasonCode", "remark");

    private final Cases cases;
    private final Audits audits;
    private final Timeline timeline;

    ConfirmAnswers(Cases cases, Audits audits, Timeline timeline) {
        this.cases = cases;
        this.audits = audits;
        this.timeline = timeline;
    }

    @Override
    public String task() {
        return "Task_ConfirmAudit";
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        var answer = new Answer(given, FIELDS);
        Case it = cases.lock(given.businessKey());
        boolean hasAudited = audits.of(it.number()).stream()
                .anyMatch(made -> made.round() == it.applicationNo()
                        && made.step().equals("AUDIT")
                        && made.by().equals(given.assignee()));
        if (hasAudited) {
            throw new Problem(
                    ProblemCode.SAME_PERSON, "You audited this application, so somebody else must confirm it.");
        }
        String decision = answer.oneOf("decision", "APPROVE", "REJECT");
        String remark = answer.remark();
        String code = decision.equals("REJECT") ? RejectCode.of(answer, remark) : null;
        audits.add(it.number(), it.applicationNo(), "CONFIRM", given.assignee(), decision, null, code, null, remark);
        timeline.add(
                it.number(),
                given.assignee(),
                decision.equals("APPROVE") ? "audit-confirmed" : "audit-refused",
                BuyerWords.confirmed(decision),
                remark);
        return Map.of("decision", decision);
    }
}
