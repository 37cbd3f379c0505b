package io.aftersale.payouts;

import io.aftersale.cases.ApprovedRefunds;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes the answer of finance about a payout that the provider could not settle. Nobody decides about a payout whose
 * refund they approved.
 */
@Component
class SettlePayout implements TaskAnswers {
    static final String TASK = "Task_SettlePayout";
    private static final Set<String> FIELDS = Set.of("decision", "reference", "remark");
    private static final Set<String> DECISIONS = Set.of(PayoutDesk.RETRY, PayoutDesk.PAID_OUTSIDE, PayoutDesk.CANCEL);
    private static final int MOST_REFERENCE = 100;
    private static final int MOST_REMARK = 2_000;

    private final PayoutDesk desk;
    private final ApprovedRefunds approvals;

    SettlePayout(PayoutDesk desk, ApprovedRefunds approvals) {
        this.desk = desk;
        this.approvals = approvals;
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public Map<String, Object> take(TaskAnswer answer) {
        for (String field : answer.fields().keySet()) {
            if (!FIELDS.contains(field)) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + field + "' is not known here.")
                        .with("field", field);
            }
        }
        if (approvals.of(answer.businessKey()).approvers().contains(answer.assignee())) {
            throw new Problem(
                    ProblemCode.SAME_PERSON,
                    "You approved this refund, so somebody else must decide about its payout.");
        }
        String decision = text(answer, "decision", MOST_REFERENCE);
        if (decision == null) {
            throw Problem.missing("decision");
        }
        if (!DECISIONS.contains(decision)) {
            throw Problem.invalid("decision", "must be RETRY, PAID_OUTSIDE or CANCEL");
        }
        String reference = text(answer, "reference", MOST_REFERENCE);
        String remark = text(answer, "remark", MOST_REMARK);
        boolean isPaidOutside = decision.equals(PayoutDesk.PAID_OUTSIDE);
        if (isPaidOutside && reference == null) {
            throw Problem.missing("reference");
        }
        if (decision.equals(PayoutDesk.CANCEL) && remark == null) {
            throw Problem.missing("remark");
        }
        String payoutId = (String) answer.locals().get("payoutId");
        desk.decide(payoutId, decision, isPaidOutside ? reference : null, remark, answer.assignee());
        return Map.of("decision", decision);
    }

    /** A text of the answer; null when it is absent or blank. */
    private static String text(TaskAnswer answer, String field, int max) {
        Object value = answer.fields().get(field);
        if (value != null && !(value instanceof String)) {
            throw Problem.invalid(field, "must be a text");
        }
        String text = FreeText.check(field, (String) value, max);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
