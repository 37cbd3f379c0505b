package io.aftersale.reviews;

import io.aftersale.cases.Answer;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes what a moderator answers to {@code Task_ModerateReview}: publish, ask for an edit, or hide with a legal reason. */
@Component
class ModerateAnswers implements TaskAnswers {
    private static final Set<String> FIELDS = Set.of("decision", "reasonCode", "remark");

    private final Reviews reviews;
    private final ReviewTexts texts;
    private final ReviewLog log;

    ModerateAnswers(Reviews reviews, ReviewTexts texts, ReviewLog log) {
        this.reviews = reviews;
        this.texts = texts;
        this.log = log;
    }

    @Override
    public String task() {
        return "Task_ModerateReview";
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        var answer = new Answer(given, FIELDS);
        Review it = reviews.lock(given.businessKey());
        String decision = answer.oneOf("decision", "PUBLISH", "ASK_EDIT", "HIDE");
        String remark = answer.remark();
        String code = decision.equals("HIDE")
                ? HideCode.parse("reasonCode", answer.text("reasonCode").orElse(null))
                        .name()
                : null;
        Part part = Part.valueOf(String.valueOf(given.locals().get("reviewPart")));
        ReviewText text = texts.latest(it.number(), part).orElseThrow();
        texts.judge(text.textNo(), given.assignee(), code, decision.equals("ASK_EDIT") ? remark : null);
        log.add(it.number(), given.assignee(), "text-moderated", "Looked at 已审核: " + part.words(), remark);
        return Map.of("decision", decision);
    }
}
