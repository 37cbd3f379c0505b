package io.aftersale.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.CaseFiles;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.JsonProblems;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Reads feedbacks, whichever the door, with the same strictness and the same problem codes: who says it, about what, and
 * whether the order and the case are theirs. It keeps nothing.
 */
@Component
public class FeedbackRequests {
    static final int MOST_TEXT = 2_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final ObjectMapper json;
    private final OrderBook orders;
    private final CaseFiles cases;
    private final Invitations invitations;

    FeedbackRequests(ObjectMapper json, OrderBook orders, CaseFiles cases, Invitations invitations) {
        this.json = json;
        this.orders = orders;
        this.cases = cases;
        this.invitations = invitations;
    }

    /**
     * Checks a feedback that is a part of something greater.
     *
     * @throws Problem whatever is wrong with it; nothing was kept
     */
    public FeedbackRequest read(JsonNode body, String merchantId) {
        FeedbackBody read = convert(body);
        if (read.merchantId() != null && !read.merchantId().equals(merchantId)) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "You do not act for this merchant.");
        }
        return read(read, merchantId);
    }

    /** @throws Problem whatever is wrong with it */
    FeedbackRequest read(Map<String, Object> variables, String merchantId) {
        if (variables.containsKey("merchantId")) {
            throw Problem.invalid("merchantId", "is not taken here: the login says it");
        }
        return read(convert(variables), merchantId);
    }

    /** @throws Problem whatever is wrong with it */
    FeedbackRequest read(FeedbackBody body, String merchantId) {
        String buyerId = id("buyerId", body.buyerId());
        if (buyerId == null) {
            throw Problem.missing("buyerId");
        }
        Topic topic = Topic.parse(body.topic());
        if (body.content() == null || body.content().isBlank()) {
            throw Problem.missing("content");
        }
        String content = FreeText.check("content", body.content(), MOST_TEXT);
        String orderId = id("orderId", body.orderId());
        String caseNumber = id("caseNumber", body.caseNumber());
        if (orderId != null) {
            requireOrderOf(merchantId, orderId, buyerId);
        }
        if (caseNumber != null) {
            String orderOfCase = cases.ofBuyer(merchantId, caseNumber, buyerId).orderId();
            if (orderId != null && !orderId.equals(orderOfCase)) {
                throw Problem.invalid("caseNumber", "is not a case of the order " + orderId);
            }
            orderId = orderOfCase;
        }
        String recoveryOf = id("recoveryOf", body.recoveryOf());
        if (recoveryOf != null) {
            invitations.requireOpen(recoveryOf, merchantId, buyerId);
        }
        return new FeedbackRequest(merchantId, buyerId, orderId, caseNumber, topic, content, null, recoveryOf);
    }

    private void requireOrderOf(String merchantId, String orderId, String buyerId) {
        if (!orders.find(merchantId, orderId).buyerId().equals(buyerId)) {
            throw new Problem(
                    ProblemCode.BUYER_NOT_FOUND, "The order " + orderId + " is not one of buyer '" + buyerId + "'.");
        }
    }

    private FeedbackBody convert(Object fields) {
        try {
            return json.convertValue(fields, FeedbackBody.class);
        } catch (IllegalArgumentException unreadable) {
            throw JsonProblems.explain(unreadable);
        }
    }

    private static String id(String field, String value) {
        if (value != null && !ID.matcher(value).matches()) {
            throw Problem.invalid(field, "must have 1 to 64 letters, digits or . _ : -");
        }
        return value;
    }
}
