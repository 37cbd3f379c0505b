package io.aftersale.cases;

import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes what a reviewer answers to {@code Task_AuditApplication}: approve in full or in part, reject, ask for evidence.
 * The remark stays among staff; a question is what the buyer reads who is asked for evidence.
 */
@Component
class AuditAnswers implements TaskAnswers {
    private static final Set<String> FIELDS = Set.of("decision", "approvedMinor", "reasonCode", "question", "remark");

    /** Leaves room on the timeline for the words around it. */
    private static final int MOST_QUESTION = 500;

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
        String question = decision.equals("ASK_EVIDENCE") ? question(answer) : null;
        Long approved = decision.equals("APPROVE") ? approved(answer, it) : null;
        String code = decision.equals("REJECT") ? RejectCode.of(answer, remark) : null;
        audits.add(it.number(), it.applicationNo(), "AUDIT", given.assignee(), decision, approved, code, null, remark);
        String words = BuyerWords.audited(decision) + (question == null ? "" : ": " + question);
        timeline.add(it.number(), given.assignee(), "audit-" + event(decision), words, remark);
        return Map.of("decision", decision);
    }

    private static String event(String decision) {
        return switch (decision) {
            case "APPROVE" -> "approved";
            case "REJECT" -> "rejected";
            default -> "evidence-asked";
        };
    }

    private static String question(Answer answer) {
        return FreeText.check("question", answer.text("question").orElse(null), MOST_QUESTION);
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
