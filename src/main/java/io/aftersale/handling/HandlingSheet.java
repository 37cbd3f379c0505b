package io.aftersale.handling;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftersale.cases.CaseSheet;
import io.aftersale.feedback.FeedbackSheet;
import io.aftersale.reviews.ReviewSheet;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * One order in one go as the shop sees it: the parts with their numbers and statuses, and the whole sheet of each; null
 * where a part was not asked for. {@code status} is OPEN until all parts have come to their end.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record HandlingSheet(
        String number,
        String status,
        String outcome,
        String orderId,
        String buyerId,
        String merchantId,
        OffsetDateTime openedAt,
        OffsetDateTime closedAt,
        List<PartView> parts,
        CaseSheet afterSale,
        ReviewSheet review,
        FeedbackSheet feedback) {

    /** How far one part has come under its own number; {@code part} is afterSale, review or feedback. */
    @Schema(name = "HandlingPart")
    record PartView(String part, String number, String status, String outcome) {}
}
