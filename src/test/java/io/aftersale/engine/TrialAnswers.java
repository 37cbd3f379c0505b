package io.aftersale.engine;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Takes the answers to the user task of {@link Trial}, as a room of the application does for its own. */
@Component
class TrialAnswers implements TaskAnswers {
    @Override
    public String task() {
        return Trial.TASK;
    }

    @Override
    public Map<String, Object> take(TaskAnswer answer) {
        for (String field : answer.fields().keySet()) {
            if (!field.equals("decision") && !field.equals("details")) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + field + "' is not known here.")
                        .with("field", field);
            }
        }
        if (!(answer.fields().get("decision") instanceof String decision) || decision.isBlank()) {
            throw Problem.missing("decision");
        }
        var taken = new LinkedHashMap<String, Object>();
        taken.put("decision", decision);
        taken.put("assignee", answer.assignee());
        if (answer.fields().get("details") instanceof Map<?, ?> details) {
            taken.put("size", details.size());
        }
        return taken;
    }
}
