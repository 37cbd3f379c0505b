package io.aftersale.repairs;

import io.aftersale.cases.Answer;
import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes what a technician answers to {@code Task_DiagnoseFault}: the cause, whose fault it is, whether it can be mended,
 * and where it can, for how much and in how many days.
 */
@Component
class DiagnoseAnswers implements TaskAnswers {
    static final long MOST_MINOR = 1_000_000_000_000L;
    private static final int MOST_DAYS = 365;
    private static final int MOST_CAUSE = 500;
    private static final Set<String> FIELDS =
            Set.of("cause", "misuse", "repairable", "costMinor", "days", "remark", "decision");

    private final CaseFiles files;
    private final RepairDesk desk;
    private final Clock clock;

    DiagnoseAnswers(CaseFiles files, RepairDesk desk, Clock clock) {
        this.files = files;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public String task() {
        return "Task_DiagnoseFault";
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        var answer = new Answer(given, FIELDS);
        CaseFile file = files.lock(given.businessKey());
        String cause =
                FreeText.check("cause", answer.text("cause").orElseThrow(() -> Problem.missing("cause")), MOST_CAUSE);
        boolean isRepairable = answer.flag("repairable").orElseThrow(() -> Problem.missing("repairable"));
        Long cost = answer.wholeNumber("costMinor").orElse(null);
        Long days = answer.wholeNumber("days").orElse(null);
        if (cost != null && (cost < 0 || cost > MOST_MINOR)) {
            throw new Problem(
                            ProblemCode.AMOUNT_INVALID,
                            "The cost must be from 0 to " + MOST_MINOR + ", in whole minor units.")
                    .with("field", "costMinor");
        }
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw Problem.invalid("days", "must be a whole number from 1 to " + MOST_DAYS);
        }
        if (isRepairable && cost == null) {
            throw Problem.missing("costMinor");
        }
        if (isRepairable && days == null) {
            throw Problem.missing("days");
        }
        desk.keepDiagnosis(
                file,
                new Repair.Diagnosis(
                        cause,
                        answer.flag("misuse").orElse(false),
                        isRepairable,
                        cost,
                        days == null ? null : days.intValue(),
                        clock.instant(),
                        given.assignee()),
                answer.remark());
        return Map.of("decision", "DIAGNOSED");
    }
}
