package io.aftersale.handling;

import io.aftersale.engine.StatusBoard;
import io.aftersale.feedback.Invitations;
import io.aftersale.feedback.RecoveredReview;
import io.aftersale.reviews.ReviewApplications;
import org.springframework.stereotype.Component;

/**
 * Offers the buyer of a low review, once it is public, to say in private what went wrong. The review stays as it is and
 * nothing begins by itself: the shop may show the offer or not. It stands here because reviews and feedback do not know
 * each other.
 */
@Component
class RecoveryBoard implements StatusBoard, RecoveredReview {
    private static final int MOST_STARS = 2;

    private final ReviewApplications reviews;
    private final Invitations invitations;

    RecoveryBoard(ReviewApplications reviews, Invitations invitations) {
        this.reviews = reviews;
        this.invitations = invitations;
    }

    @Override
    public boolean knows(String businessKey) {
        return businessKey != null && businessKey.startsWith("RV-");
    }

    @Override
    public void entered(String businessKey, String elementId, String status, String outcome) {
        if (!status.equals("PUBLISHED")) {
            return;
        }
        var review = reviews.sheet(businessKey);
        if (review.stars() != null && review.stars() <= MOST_STARS) {
            invitations.offerRecovery(businessKey, review.merchantId(), review.buyerId(), review.orderId());
        }
    }

    /** What its author has taken back is told to nobody. */
    @Override
    public String describe(String reviewNumber) {
        var review = reviews.sheet(reviewNumber);
        String facts = reviewNumber + " · " + review.stars() + "/5 · " + review.status();
        return review.content() == null || review.status().equals("WITHDRAWN")
                ? facts
                : facts + "\n" + review.content();
    }
}
