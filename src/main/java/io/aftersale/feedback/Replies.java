package io.aftersale.feedback;

import io.aftersale.engine.Grants;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what a person replies to a feedback or to a buyer's dissatisfaction: an answer that the buyer reads, or the desk
 * that it is forwarded to.
 */
class Replies implements TaskAnswers {
    static final List<String> DESKS = Grants.DESKS;
    private static final Set<String> FIELDS = Set.of("decision", "answer", "group");
    private static final Set<String> DECISIONS = Set.of("ANSWERED", FeedbackDesk.FORWARD);

    private final String task;
    private final String step;
    private final FeedbackDesk desk;

    Replies(String task, String step, FeedbackDesk desk) {
        this.task = task;
        this.step = step;
        this.desk = desk;
    }

    @Override
    public String task() {
        return task;
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        for (String field : given.fields().keySet()) {
            if (!FIELDS.contains(field)) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + field + "' is not part of this answer.")
                        .with("field", field);
            }
        }
        String decision = text(given, "decision").orElseThrow(() -> Problem.missing("decision"));
        if (!DECISIONS.contains(decision)) {
            throw Problem.invalid("decision", "must be one of ANSWERED, FORWARD");
        }
        String words = FreeText.check("answer", text(given, "answer").orElse(null), FeedbackRequests.MOST_TEXT);
        Optional<String> group = text(given, "group");
        if (decision.equals(FeedbackDesk.FORWARD)) {
            String desks = String.join(", ", DESKS);
            if (!DESKS.contains(group.orElseThrow(() -> Problem.missing("group")))) {
                throw Problem.invalid("group", "must be one of " + desks);
            }
        } else if (group.isPresent()) {
            throw Problem.invalid("group", "is for FORWARD only");
        } else if (words == null) {
            throw Problem.missing("answer");
        }
        desk.reply(given.businessKey(), step, given.assignee(), decision, group.orElse(null), words);
        return Map.of("decision", decision);
    }

    private static Optional<String> text(TaskAnswer given, String field) {
        return Optional.ofNullable(given.fields().get(field))
                .map(Object::toString)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
