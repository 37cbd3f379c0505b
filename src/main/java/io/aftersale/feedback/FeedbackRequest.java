package io.aftersale.feedback;

/**
 * A feedback that was checked in full and may be kept. {@code orderId} and {@code caseNumber} are null where it is about
 * none; {@code satisfaction} is known beforehand only where a low rating of a closed case brought it about, else null.
 */
public record FeedbackRequest(
        String merchantId,
        String buyerId,
        String orderId,
        String caseNumber,
        Topic topic,
        String content,
        Integer satisfaction,
        String recoveryOf) {}
