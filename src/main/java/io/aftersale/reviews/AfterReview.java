package io.aftersale.reviews;

/** Told when a review has become public, by rooms above that have something to say to its author then. */
public interface AfterReview {
    /**
     * Called in the transaction that publishes the review, again after an edit. It only writes down what is to be done,
     * and never fails for what it finds.
     *
     * @param stars 1 to 5
     */
    void published(String reviewNumber, String merchantId, String buyerId, String orderId, int stars);
}
