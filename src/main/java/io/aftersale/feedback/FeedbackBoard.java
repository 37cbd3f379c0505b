package io.aftersale.feedback;

import io.aftersale.engine.StatusBoard;
import org.springframework.stereotype.Component;

/** Keeps the status of a feedback as the diagram declares it, and clears up at its end. */
@Component
class FeedbackBoard implements StatusBoard {
    private final Feedbacks feedbacks;
    private final Waits waits;
    private final Diary diary;

    FeedbackBoard(Feedbacks feedbacks, Waits waits, Diary diary) {
        this.feedbacks = feedbacks;
        this.waits = waits;
        this.diary = diary;
    }

    @Override
    public boolean knows(String businessKey) {
        return businessKey != null && businessKey.startsWith("FB-");
    }

    @Override
    public void entered(String businessKey, String elementId, String status, String outcome) {
        feedbacks.enter(businessKey, status, outcome);
        if (outcome != null) {
            waits.close(businessKey);
            feedbacks.close(businessKey);
            diary.add(businessKey, "rules", "feedback-closed", "Closed 已结束: " + outcome);
        }
    }
}
