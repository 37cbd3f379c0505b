package io.aftersale.reviews;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts together what shops and readers may see of a review. Internal remarks are part of neither. */
@Component
class ReviewSheets {
    private static final String MODERATION = "review-moderation";

    private final Reviews reviews;
    private final ReviewTexts texts;
    private final ReviewRuns runs;
    private final ReviewFlags flags;
    private final ReviewLog log;
    private final ObjectMapper json;
    private final ZoneId zone;

    ReviewSheets(
            Reviews reviews,
            ReviewTexts texts,
            ReviewRuns runs,
            ReviewFlags flags,
            ReviewLog log,
            ObjectMapper json,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.reviews = reviews;
        this.texts = texts;
        this.runs = runs;
        this.flags = flags;
        this.log = log;
        this.json = json;
        this.zone = zone;
    }

    ReviewSheet of(String number) {
        return of(reviews.find(number).orElseThrow(() -> AuthorDesk.notFound(number)));
    }

    ReviewSheet of(Review it) {
        var text = texts.latest(it.number(), Part.REVIEW);
        return new ReviewSheet(
                it.number(),
                it.status(),
                it.outcome(),
                it.merchantId(),
                it.orderId(),
                it.lineId(),
                it.sku(),
                it.buyerId(),
                it.stars(),
                text.map(ReviewText::content).orElse(null),
                text.map(ReviewText::pictures).orElse(List.of()),
                true,
                it.revision(),
                time(it.writtenAt()),
                time(it.publishedAt()),
                moderation(it.number()),
                hidden(it),
                later(it.number(), Part.FOLLOW_UP),
                later(it.number(), Part.REPLY),
                flags.of(it.number()).size(),
                runs.waits(it.number()).stream()
                        .map(wait -> new ReviewSheet.ReviewNext(
                                wait.owner(), wait.action(), time(wait.dueAt()), wait.consequence()))
                        .toList(),
                log.of(it.number()).stream()
                        .map(entry -> new ReviewSheet.ReviewEvent(
                                time(entry.at()), entry.actor(), entry.event(), entry.text()))
                        .toList());
    }

    PublicReview publicly(Review it) {
        ReviewText text = texts.latest(it.number(), Part.REVIEW).orElseThrow();
        return new PublicReview(
                it.number(),
                it.sku(),
                it.buyerId(),
                it.stars(),
                text.content(),
                text.pictures(),
                true,
                it.revision() > 1,
                time(it.publishedAt()),
                words(it.number(), Part.FOLLOW_UP),
                words(it.number(), Part.REPLY));
    }

    private PublicReview.Words words(String number, Part part) {
        return texts.latest(number, part)
                .filter(ReviewText::isPublished)
                .map(text -> new PublicReview.Words(text.content(), text.pictures(), time(text.publishedAt())))
                .orElse(null);
    }

    private ReviewSheet.Later later(String number, Part part) {
        return texts.latest(number, part)
                .map(text -> new ReviewSheet.Later(
                        text.content(),
                        text.pictures(),
                        text.status(),
                        text.revision(),
                        time(text.writtenAt()),
                        time(text.publishedAt()),
                        text.hideCode()))
                .orElse(null);
    }

    private ReviewSheet.Moderation moderation(String number) {
        return log.rulings(number).stream()
                .filter(said -> said.table().equals(MODERATION))
                .reduce((first, second) -> second)
                .map(said -> {
                    JsonNode outputs = read(said.outputs());
                    return new ReviewSheet.Moderation(
                            outputs.path("moderation").asText("MODERATE"),
                            outputs.path("reasonCode").asText("INPUT_MISSING"),
                            outputs.path("legalBasis").asText(""),
                            said.table(),
                            said.version(),
                            said.rule());
                })
                .orElse(null);
    }

    private ReviewSheet.Hidden hidden(Review it) {
        return it.hiddenAt() == null || it.hideCode() == null
                ? null
                : new ReviewSheet.Hidden(
                        it.hideCode(), HideCode.valueOf(it.hideCode()).legalBasis(), time(it.hiddenAt()));
    }

    private JsonNode read(String outputs) {
        try {
            return json.readTree(outputs);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A kept answer cannot be read", broken);
        }
    }

    private OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }
}
