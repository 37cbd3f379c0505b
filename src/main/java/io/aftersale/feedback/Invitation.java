package io.aftersale.feedback;

import java.time.Instant;

/**
 * What a buyer is invited to say: how satisfied they are with a closed case ({@code CASE_CLOSED}), or what went wrong
 * after a low review ({@code LOW_REVIEW}). {@code subject} is the number of the case or the review.
 */
record Invitation(
        String subject,
        String reason,
        String merchantId,
        String buyerId,
        String orderId,
        Instant offeredAt,
        Integer satisfaction,
        Instant answeredAt,
        String feedbackNumber) {
    static final String CASE_CLOSED = "CASE_CLOSED";
    static final String LOW_REVIEW = "LOW_REVIEW";
}
