package io.aftersale.reviews;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;

/** A review as readers see it: what is published of it, and nothing else. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PublicReview(
        String number,
        String sku,
        String buyerId,
        int stars,
        String content,
        List<String> evidence,
        boolean verified,
        boolean edited,
        OffsetDateTime publishedAt,
        Words followUp,
        Words reply) {
    /** A follow-up or a reply that is public. */
    record Words(String content, List<String> evidence, OffsetDateTime publishedAt) {}
}
