package io.aftersale.cases;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What would come of an application: verdict, amounts line by line in minor units, and how long steps may take.
 * {@code differenceMinor} is what an exchange costs on top, or gives back below 0, and null for other kinds; {@code
 * freightOut} and {@code freightBack} say who pays the way to the buyer and back: SELLER, BUYER, NONE or MANUAL.
 */
record CasePreview(
        Kind kind,
        String orderId,
        String currency,
        List<Line> lines,
        long shippingMinor,
        long refundableMinor,
        long requestedMinor,
        Long differenceMinor,
        String freightOut,
        String freightBack,
        Verdict verdict,
        List<Deadline> deadlines) {

    @Schema(name = "PreviewLine")
    record Line(String lineId, int quantity, long refundableMinor, String verdict) {}

    /** When a step that began now would be due, and what happens then. */
    @Schema(name = "PreviewDeadline")
    record Deadline(String stage, OffsetDateTime dueAt, String consequence) {}
}
