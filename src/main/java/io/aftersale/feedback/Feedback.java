package io.aftersale.feedback;

import java.time.Instant;

/**
 * What one buyer said about the shop, and how far the answer has come. {@code status} is a projection of the diagram;
 * what has not come yet is null. {@code urgentWord} is the word of the house's list that it has, if any.
 */
record Feedback(
        String number,
        String merchantId,
        String buyerId,
        String orderId,
        String caseNumber,
        Topic topic,
        String content,
        String urgentWord,
        String status,
        String outcome,
        String candidateGroup,
        Instant givenAt,
        Instant answeredAt,
        Integer satisfaction,
        Instant closedAt) {}
