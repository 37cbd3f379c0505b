package io.aftersale.books;

import io.aftersale.cases.Answer;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes what finance answers to {@code Task_ExplainDifference}: that it is explained, or that it was corrected, with the
 * reference of the correction. Why is said in either case.
 */
@Component
class ExplainAnswers implements TaskAnswers {
    static final String TASK = "Task_ExplainDifference";
    private static final Set<String> FIELDS = Set.of("decision", "reference", "remark");
    private static final int MOST_REFERENCE = 100;

    private final DifferenceDesk desk;

    ExplainAnswers(DifferenceDesk desk) {
        this.desk = desk;
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        var answer = new Answer(given, FIELDS);
        String decision = answer.oneOf("decision", DifferenceDesk.EXPLAINED, DifferenceDesk.CORRECTED);
        String reference = FreeText.check("reference", answer.text("reference").orElse(null), MOST_REFERENCE);
        if (decision.equals(DifferenceDesk.CORRECTED) && reference == null) {
            throw Problem.missing("reference");
        }
        String remark = answer.remark();
        if (remark == null) {
            throw Problem.missing("remark");
        }
        boolean isCorrected = decision.equals(DifferenceDesk.CORRECTED);
        desk.answer(given.businessKey(), decision, isCorrected ? reference : null, remark, given.assignee());
        return Map.of("decision", decision);
    }
}
