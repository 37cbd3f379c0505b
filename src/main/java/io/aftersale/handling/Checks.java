package io.aftersale.handling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.cases.CaseIntake;
import io.aftersale.cases.Evidence;
import io.aftersale.feedback.FeedbackRequest;
import io.aftersale.feedback.FeedbackRequests;
import io.aftersale.orders.Order;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.reviews.ReviewApplications;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Checks all parts of a handling before any is kept: each as its own call would be, and all against the one order. It
 * gathers what is wrong with every part, so that a shop can mend all at once. It keeps nothing and draws no number.
 */
@Component
class Checks {
    private static final String ORDER_ID = "orderId";
    private static final String EVIDENCE = "evidence";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final OrderBook orders;
    private final CaseIntake cases;
    private final ReviewApplications reviews;
    private final FeedbackRequests feedbacks;
    private final Evidence evidence;

    Checks(
            OrderBook orders,
            CaseIntake cases,
            ReviewApplications reviews,
            FeedbackRequests feedbacks,
            Evidence evidence) {
        this.orders = orders;
        this.cases = cases;
        this.reviews = reviews;
        this.feedbacks = feedbacks;
        this.evidence = evidence;
    }

    /** Parts that nothing is wrong with; null where one was not asked for. */
    record Sound(
            Order order, CaseIntake.Checked afterSale, ReviewApplications.Checked review, FeedbackRequest feedback) {}

    /**
     * @throws Problem FIELD_MISSING when no part was asked for, ORDER_NOT_FOUND, HANDLING_REFUSED with all faults of
     *     all parts
     */
    Sound check(HandlingRequest asked, String merchantId) {
        if (asked.parts().isEmpty()) {
            throw new Problem(
                    ProblemCode.FIELD_MISSING, "At least one of afterSale, review and feedback must be asked for.");
        }
        Order order = orders.lock(merchantId, orderId(asked));
        var parts = asked.parts();
        var faults = new Faults(order);
        var sound = new Sound(
                order,
                faults.check(
                        Part.AFTER_SALE,
                        parts.get(Part.AFTER_SALE),
                        body -> cases.check(aboutOrder(body, order.orderId()), merchantId)),
                faults.check(Part.REVIEW, parts.get(Part.REVIEW), body -> {
                    var checked = reviews.check(aboutOrder(body, order.orderId()), merchantId);
                    evidence.check(merchantId, ownPictures(body, parts.get(Part.AFTER_SALE)));
                    return checked;
                }),
                faults.check(
                        Part.FEEDBACK,
                        parts.get(Part.FEEDBACK),
                        body -> feedbacks.read(aboutOrder(body, order.orderId()), merchantId)));
        faults.requireNone();
        return sound;
    }

    /** The order that the call names, or else the one that its parts agree on. */
    private static String orderId(HandlingRequest asked) {
        String orderId = asked.orderId() != null ? asked.orderId() : orderIdOfParts(asked);
        if (!ID.matcher(orderId).matches()) {
            throw Problem.invalid(ORDER_ID, "must have 1 to 64 letters, digits or . _ : -");
        }
        return orderId;
    }

    private static String orderIdOfParts(HandlingRequest asked) {
        return asked.parts().values().stream()
                .map(part -> part.path(ORDER_ID).textValue())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> Problem.missing(ORDER_ID));
    }

    private static JsonNode aboutOrder(JsonNode body, String orderId) {
        if (!(body instanceof ObjectNode part)) {
            throw new Problem(ProblemCode.MALFORMED_REQUEST, "A part must be a JSON object.");
        }
        if (!part.hasNonNull(ORDER_ID)) {
            return part.deepCopy().put(ORDER_ID, orderId);
        }
        if (!part.path(ORDER_ID).isTextual() || !part.path(ORDER_ID).textValue().equals(orderId)) {
            throw Problem.invalid(ORDER_ID, "is not the order that all of this is about: " + orderId);
        }
        return part;
    }

    /** The pictures of a review, none of which the after-sale application has: a picture is on one thing only. */
    private static List<String> ownPictures(JsonNode review, JsonNode afterSale) {
        var others = new HashSet<String>();
        if (afterSale != null) {
            afterSale.path(EVIDENCE).forEach(id -> others.add(id.asText()));
        }
        var own = new ArrayList<String>();
        review.path(EVIDENCE).forEach(id -> own.add(id.asText()));
        if (own.stream().anyMatch(others::contains)) {
            throw new Problem(ProblemCode.EVIDENCE_TAKEN, "One of the pictures is on the after-sale application.")
                    .with("field", EVIDENCE);
        }
        return own;
    }
}
