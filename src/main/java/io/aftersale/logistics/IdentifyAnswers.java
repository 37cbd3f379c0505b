package io.aftersale.logistics;

import io.aftersale.access.Callers;
import io.aftersale.cases.CaseFiles;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes what a person answers to {@code Task_IdentifyParcel}: the case that the parcel belongs to, of a merchant they
 * work for, or that nobody knows it.
 */
@Component
class IdentifyAnswers implements TaskAnswers {
    static final String TASK = "Task_IdentifyParcel";
    private static final String UNKNOWN = "UNKNOWN";
    private static final Set<String> FIELDS = Set.of("caseNumber", "decision", "remark");
    private static final int MOST_REMARK = 2_000;

    private final ParcelDesk desk;
    private final CaseFiles files;
    private final Callers callers;

    IdentifyAnswers(ParcelDesk desk, CaseFiles files, Callers callers) {
        this.desk = desk;
        this.files = files;
        this.callers = callers;
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public Map<String, Object> take(TaskAnswer answer) {
        for (String field : answer.fields().keySet()) {
            if (!FIELDS.contains(field)) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + field + "' is not part of this answer.")
                        .with("field", field);
            }
        }
        String caseNumber = text(answer, "caseNumber", 20);
        String decision = text(answer, "decision", 20);
        if (decision != null && !decision.equals(UNKNOWN)) {
            throw Problem.invalid("decision", "must be UNKNOWN, or absent where a case number is given");
        }
        if (caseNumber == null && decision == null) {
            throw Problem.missing("caseNumber");
        }
        if (caseNumber != null && decision != null) {
            throw Problem.invalid("decision", "cannot be UNKNOWN where a case number is given");
        }
        if (caseNumber != null) {
            files.lockOf(callers.current().merchants(), caseNumber);
        }
        desk.decide(answer.businessKey(), caseNumber, answer.assignee(), text(answer, "remark", MOST_REMARK));
        return Map.of("decision", caseNumber == null ? UNKNOWN : "ASSIGNED");
    }

    /** A text of the answer; null when it is absent or blank. */
    private static String text(TaskAnswer answer, String field, int max) {
        Object value = answer.fields().get(field);
        String text = value == null ? null : FreeText.check(field, value.toString(), max);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
