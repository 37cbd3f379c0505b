package io.aftersale.reviews;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A review of one order line, from its invitation or its first words to whatever became of it. {@code stars} is null
 * until something was written; {@code countedStars} is what the rating counts of it now, null when it counts nothing.
 * {@code publishedOn} is the day in whose counters it stands, in the market's zone.
 */
record Review(
        String number,
        String merchantId,
        String orderId,
        String lineId,
        String sku,
        String title,
        String buyerId,
        String status,
        String outcome,
        Integer stars,
        int revision,
        Instant openedAt,
        Instant writtenAt,
        Instant publishedAt,
        LocalDate publishedOn,
        Integer countedStars,
        String hideCode,
        String hiddenBy,
        Instant hiddenAt) {
    static final String PUBLISHED = "PUBLISHED";
    static final String HIDDEN = "HIDDEN";
    static final String WITHDRAWN = "WITHDRAWN";
    static final String AWAITING_EDIT = "AWAITING_EDIT";
    static final String NOT_RATED = "NOT_RATED";

    boolean isPublished() {
        return status.equals(PUBLISHED);
    }

    /** Whether the buyer was asked for a review and has neither written one nor let the time pass. */
    boolean isInvited() {
        return stars == null && outcome == null;
    }
}
