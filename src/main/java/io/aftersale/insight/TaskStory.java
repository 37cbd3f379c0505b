package io.aftersale.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftersale.cases.CaseSheet;
import io.aftersale.cases.PastCase;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What somebody who works on a task may know of it and around it: what it is about, all that happened with what only
 * staff reads, the pictures, the buyer's other cases, and cases alike. {@code said} is the review or feedback that a task
 * is about, {@code afterSale} the case; a feedback about a case has both, what is not there is null.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record TaskStory(
        String number,
        CaseSheet afterSale,
        Said said,
        List<PastCase.Article> articles,
        List<Moment> timeline,
        List<String> pictures,
        List<PastCase> casesOfBuyer,
        List<PastCase> casesAlike) {

    /**
     * A review or a feedback, in words. {@code kind} is REVIEW or FEEDBACK. Stars are no part of it: who moderates a text
     * decides without them.
     */
    @Schema(name = "TaskStorySaid")
    record Said(
            String kind,
            String status,
            String merchantId,
            String orderId,
            String buyerId,
            String sku,
            String topic,
            String content,
            Integer satisfaction,
            List<Next> next) {}

    /** Who owes the next step, by when. */
    @Schema(name = "TaskStoryNext")
    record Next(String owner, String action, OffsetDateTime dueAt, String consequence) {}

    /** {@code remark} is for staff only; null where there is none. */
    @Schema(name = "TaskStoryMoment")
    record Moment(OffsetDateTime at, String actor, String event, String text, String remark) {}
}
