package io.aftersale.reviews;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A review as the shop sees it, and through it the author. Times with the merchant's offset; null = not yet. The lists
 * are always there.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReviewSheet(
        String number,
        String status,
        String outcome,
        String merchantId,
        String orderId,
        String lineId,
        String sku,
        String buyerId,
        Integer stars,
        String content,
        List<String> evidence,
        boolean verified,
        int revision,
        OffsetDateTime writtenAt,
        OffsetDateTime publishedAt,
        Moderation moderation,
        Hidden hidden,
        Later followUp,
        Later reply,
        int flags,
        List<ReviewNext> next,
        List<ReviewEvent> timeline) {

    /** What the table said of the latest text. */
    public record Moderation(
            String value, String reasonCode, String legalBasis, String table, int version, String rule) {}

    /** Why it is shown to nobody; null unless it is. */
    public record Hidden(String reasonCode, String legalBasis, OffsetDateTime at) {}

    /** A follow-up or the merchant's reply; null where there is none. */
    public record Later(
            String content,
            List<String> evidence,
            String status,
            int revision,
            OffsetDateTime writtenAt,
            OffsetDateTime publishedAt,
            String hideCode) {}

    /** Who owes the next step, by when, and what happens otherwise. */
    public record ReviewNext(String owner, String action, OffsetDateTime dueAt, String consequence) {}

    /** An entry of the timeline. */
    public record ReviewEvent(OffsetDateTime at, String actor, String event, String text) {}
}
