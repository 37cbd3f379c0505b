package io.aftersale.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A case beside the one that is decided on: what was asked for, what it was about, and how it ended. Amounts in minor
 * units; null = not yet. {@code sameArticle} says that it was about an article that the other one is about too.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PastCase(
        String number,
        Kind kind,
        Reason reason,
        List<Article> articles,
        boolean sameArticle,
        String status,
        String outcome,
        String currency,
        long requestedMinor,
        Long approvedMinor,
        long paidMinor,
        OffsetDateTime appliedAt,
        OffsetDateTime closedAt,
        Decision decision) {

    /** So many units of an article. */
    @Schema(name = "PastCaseArticle")
    public record Article(String sku, String title, int quantity) {}

    /** The last word of a rule, a deadline or a person on it; null where there is none. */
    @Schema(name = "PastCaseDecision")
    public record Decision(String step, String by, String decision, String reasonCode) {}
}
