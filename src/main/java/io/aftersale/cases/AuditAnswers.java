package io.aftersale.cases;

import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes what a reviewer answers to {@code Task_AuditApplication}: approve in full or in part, reject, ask for evidence. */
@Component
class AuditAnswers implements TaskAnswers {
    private static final Set<String> FIELDS = Set.of("decision", "approvedMinor", "reasonCode", "remark");

    private final Cases cases;
    private final Audits audits;
    private final Timeline timeline;

    AuditAnswers(Cases cases, Audits audits, Timeline timeline) {
        this.cases = cases;
        this.audits = audits;
        this.timeline = timeline;
    }

    @Override
    public String task() {
        return "Task_AuditApplication";
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        var answer = new Answer(given, FIELDS);
        Case it = cases.lock(given.businessKey());
        String decision = answer.oneOf("decision", "APPROVE", "REJECT", "ASK_EVIDENCE");
        String remark = answer.remark();
        Long approved = decision.equals("APPROVE") ? approved(answer, it) : null;
        String code = decision.equals("REJECT") ? RejectCode.of(answer, remark) : null;
        audits.add(it.number(), it.applicationNo(), "AUDIT", given.assignee(), decision, approved, code, null, remark);
        timeline.add(it.number(), given.assignee(), "audit-" + event(decision), "Reviewed 已审核: " + decision, remark);
        return Map.of("decision", decision);
    }

    private static String event(String decision) {
        return switch (decision) {
            case "APPROVE" -> "approved";
            case "REJECT" -> "rejected";
            default -> "evidence-asked";
        };
    }

    private static long approved(Answer answer, Case it) {
        long amount = answer.wholeNumber("approvedMinor").orElse(it.requestedMinor());
        if (amount <= 0) {
            throw new Problem(
                            ProblemCode.AMOUNT_INVALID,
                            "The approved amount must be above 0; to approve nothing, reject.")
                    .with("field", "approvedMinor");
        }
        if (amount > it.refundableMinor()) {
            throw new Problem(
                            ProblemCode.AMOUNT_EXCEEDS_REFUNDABLE,
                            "At most " + it.refundableMinor() + " can be approved, not " + amount + ".")
                    .with("field", "approvedMinor")
                    .with("refundableMinor", it.refundableMinor());
        }
        return amount;
    }
}
