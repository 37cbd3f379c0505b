package io.aftersale.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A feedback as the shop sees it, and through it the buyer. {@code recoveryOf} is the low review that it came of. Times with the merchant's offset; null = not yet. Internal
 * notes are not part of it; {@code answers}, {@code rulings}, {@code next} and {@code timeline} are always there.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FeedbackSheet(
        String number,
        String status,
        String outcome,
        Topic topic,
        String content,
        String orderId,
        String caseNumber,
        String recoveryOf,
        String buyerId,
        String merchantId,
        OffsetDateTime givenAt,
        OffsetDateTime answeredAt,
        List<Answer> answers,
        Integer satisfaction,
        OffsetDateTime closedAt,
        List<Said> rulings,
        List<Next> next,
        List<Event> timeline) {

    /** What we answered; {@code step} is ANSWER or FOLLOW_UP. */
    @Schema(name = "FeedbackAnswer")
    public record Answer(OffsetDateTime at, String step, String text) {}

    /** What a table said: which version and which rule of it. */
    @Schema(name = "FeedbackRuling")
    public record Said(OffsetDateTime at, String table, int version, String rule) {}

    /** Who owes the next step, by when, and what happens otherwise. */
    @Schema(name = "FeedbackNext")
    public record Next(String owner, String action, OffsetDateTime dueAt, String consequence) {}

    @Schema(name = "FeedbackEvent")
    public record Event(OffsetDateTime at, String actor, String event, String text) {}
}
