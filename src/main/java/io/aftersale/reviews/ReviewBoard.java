package io.aftersale.reviews;

import io.aftersale.engine.StatusBoard;
import io.aftersale.reviews.ReviewRuns.Run;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Keeps the status of a review as the diagram declares it, and the rating of its product with it: in the very
 * transaction in which a review becomes public, or no longer is, the counters change. A look at what is public changes
 * nothing until it ends.
 */
@Component
class ReviewBoard implements StatusBoard {
    private static final Set<String> UNDER_WAY = Set.of("SCANNING", "MODERATING");

    private final Reviews reviews;
    private final ReviewTexts texts;
    private final ReviewRuns runs;
    private final Ratings ratings;
    private final ReviewRules rules;
    private final Clock clock;

    ReviewBoard(Reviews reviews, ReviewTexts texts, ReviewRuns runs, Ratings ratings, ReviewRules rules, Clock clock) {
        this.reviews = reviews;
        this.texts = texts;
        this.runs = runs;
        this.ratings = ratings;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public boolean knows(String businessKey) {
        return businessKey != null && businessKey.startsWith("RV-");
    }

    @Override
    public void entered(String businessKey, String elementId, String status, String outcome) {
        throw new IllegalStateException("A review is known by its process too");
    }

    @Override
    public void entered(String number, String processInstanceId, String elementId, String status, String outcome) {
        Run run = runs.find(processInstanceId)
                .orElseThrow(() -> new IllegalStateException("No run of " + number + " is " + processInstanceId));
        if (!UNDER_WAY.contains(status) || !isLookAtPublic(run)) {
            enter(run, status, outcome);
        }
        if (outcome != null) {
            runs.end(processInstanceId);
        } else if (status.equals("SCANNING")) {
            runs.closeWait(processInstanceId);
        }
    }

    /** A look leaves a text public; once it has asked its author for an edit, the text is no longer. */
    private boolean isLookAtPublic(Run run) {
        return run.isLook() && texts.isPublished(run.reviewNumber(), run.part());
    }

    private void enter(Run run, String status, String outcome) {
        Review review = reviews.lock(run.reviewNumber());
        texts.latest(run.reviewNumber(), run.part()).ifPresent(text -> texts.enter(text.textNo(), status));
        if (run.part() != Part.REVIEW) {
            return;
        }
        Instant now = clock.instant();
        reviews.enter(review.number(), status, outcome);
        if (status.equals(Review.PUBLISHED)) {
            reviews.publish(review.number(), now, rules.today());
        }
        ratings.follow(reviews.lock(review.number()));
    }
}
