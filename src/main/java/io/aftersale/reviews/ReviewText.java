package io.aftersale.reviews;

import java.time.Instant;
import java.util.List;

/** One text as it was written: a revision of a part of a review. {@code content} is null where there are only stars. */
record ReviewText(
        long textNo,
        String merchantId,
        String reviewNumber,
        Part part,
        int revision,
        Integer stars,
        String content,
        String status,
        String author,
        Instant writtenAt,
        Instant publishedAt,
        String hideCode,
        String judgedBy,
        String remark,
        List<String> pictures) {
    boolean isPublished() {
        return status.equals(Review.PUBLISHED);
    }

    /** Who had the last word on it: the moderator who looked, or else the table. */
    String decider() {
        return judgedBy == null ? "rules" : judgedBy;
    }
}
