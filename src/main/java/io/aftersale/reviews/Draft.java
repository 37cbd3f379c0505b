package io.aftersale.reviews;

import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A well-formed text on its way into a review. {@code number} is null for a new review; {@code stars} and
 * {@code evidence} are null where an edit leaves them as they were.
 */
record Draft(
        String number,
        Part part,
        String merchantId,
        String buyerId,
        String orderId,
        String lineId,
        Integer stars,
        String content,
        List<String> evidence,
        String author)
        implements Serializable {
    static final int MOST_CONTENT = 500;
    private static final int MOST_STARS = 5;
    private static final int MOST_PICTURES = 9;

    /**
     * A new review.
     *
     * @throws Problem FIELD_MISSING, STARS_INVALID, TEXT_INVALID, EVIDENCE_TOO_MANY
     */
    static Draft of(ReviewBody body, String merchantId) {
        String buyer = required("buyerId", body.buyerId());
        return new Draft(
                null,
                Part.REVIEW,
                merchantId,
                buyer,
                required("orderId", body.orderId()),
                required("lineId", body.lineId()),
                stars(body.stars()),
                content(body.content()),
                evidence(body.evidence()),
                buyer);
    }

    /** The next revision of a review that is there. */
    static Draft edit(Review of, ReviewText before, Integer stars, String content, List<String> evidence) {
        return new Draft(
                of.number(),
                Part.REVIEW,
                of.merchantId(),
                of.buyerId(),
                of.orderId(),
                of.lineId(),
                stars == null ? of.stars() : stars(stars),
                content == null ? before.content() : content(content),
                evidence == null ? before.pictures() : evidence(evidence),
                of.buyerId());
    }

    /** A follow-up or a reply; without words there is none. */
    static Draft later(Review of, Part part, String content, List<String> evidence, String author) {
        String words = content(content);
        if (words == null) {
            throw Problem.missing("content");
        }
        return new Draft(
                of.number(),
                part,
                of.merchantId(),
                of.buyerId(),
                of.orderId(),
                of.lineId(),
                null,
                words,
                evidence(evidence),
                author);
    }

    private static Integer stars(Integer stars) {
        if (stars == null) {
            throw Problem.missing("stars");
        }
        if (stars < 1 || stars > MOST_STARS) {
            throw new Problem(ProblemCode.STARS_INVALID, "Stars are a whole number from 1 to 5, not " + stars + ".")
                    .with("field", "stars");
        }
        return stars;
    }

    private static String content(String content) {
        String checked = FreeText.check("content", content, MOST_CONTENT);
        return checked == null || checked.isBlank() ? null : checked.strip();
    }

    private static List<String> evidence(List<String> ids) {
        if (ids == null) {
            return List.of();
        }
        if (ids.stream().anyMatch(Objects::isNull)) {
            throw Problem.missing("evidence");
        }
        if (ids.stream().distinct().count() > MOST_PICTURES) {
            throw new Problem(ProblemCode.EVIDENCE_TOO_MANY, "A review takes at most " + MOST_PICTURES + " pictures.")
                    .with("field", "evidence");
        }
        return ids.stream().distinct().toList();
    }

    private static String required(String field, String value) {
        if (value == null || value.isBlank()) {
            throw Problem.missing(field);
        }
        return value;
    }
}
