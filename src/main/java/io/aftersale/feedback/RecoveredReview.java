package io.aftersale.feedback;

/**
 * Tells what was written in the low review that a feedback came of, to whoever answers the feedback. Feedback and reviews
 * do not know each other, so a room above both tells it.
 */
public interface RecoveredReview {
    /** The stars and words of a review, or what became of it, in one line for people of the house. */
    String describe(String reviewNumber);
}
