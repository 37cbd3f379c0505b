package io.aftersale.reviews;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.JsonProblems;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Reads and checks reviews before anything is made of them, whichever the door: the API, the start variables of the
 * engine's REST, and flows that carry a review among other things. It changes nothing.
 */
@Service
public class ReviewApplications {
    private static final String EVIDENCE = "evidence";

    private final ObjectMapper json;
    private final OrderBook orders;
    private final ReviewDesk desk;
    private final ReviewSheets sheets;

    ReviewApplications(ObjectMapper json, OrderBook orders, ReviewDesk desk, ReviewSheets sheets) {
        this.json = json;
        this.orders = orders;
        this.desk = desk;
        this.sheets = sheets;
    }

    /**
     * A review that nothing is wrong with.
     *
     * @param variable what the process {@code review} takes as its start variable {@code draft}
     * @param invitedUnder the number of the invitation that it answers; null where there is none
     */
    public record Checked(Object variable, String invitedUnder) {}

    /**
     * Whether a review could be taken now. Changes nothing.
     *
     * @throws Problem whatever is wrong with it, as {@code POST /api/reviews} would say it
     */
    public Checked check(JsonNode body, String merchantId) {
        ReviewBody read;
        try {
            read = json.convertValue(body, ReviewBody.class);
        } catch (IllegalArgumentException unreadable) {
            throw JsonProblems.explain(unreadable);
        }
        if (read.merchantId() != null && !read.merchantId().equals(merchantId)) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "You do not act for this merchant.");
        }
        Draft draft = Draft.of(read, merchantId);
        var ground = desk.check(orders.find(merchantId, draft.orderId()), draft);
        return new Checked(draft, ground.there().map(Review::number).orElse(null));
    }

    /** The number under which a flow is to start {@code review}: the invitation's, or else the next one. */
    public String numberOf(Checked checked) {
        return checked.invitedUnder() == null ? desk.nextNumber() : checked.invitedUnder();
    }

    /** @throws Problem REVIEW_NOT_FOUND */
    public ReviewSheet sheet(String number) {
        return sheets.of(number);
    }

    /**
     * @param variables the start variables as plain Java values; JSON as maps and lists or as its text
     * @throws Problem whatever is wrong with the form of the review
     */
    Draft read(Map<String, Object> variables, String merchantId) {
        var fields = new HashMap<>(variables);
        fields.computeIfPresent(EVIDENCE, (field, value) -> parsed(field, value));
        if (fields.containsKey("merchantId")) {
            throw Problem.invalid("merchantId", "is not taken here: the login says it");
        }
        try {
            return Draft.of(json.convertValue(fields, ReviewBody.class), merchantId);
        } catch (IllegalArgumentException unreadable) {
            throw JsonProblems.explain(unreadable);
        }
    }

    private Object parsed(String field, Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return json.readValue(text, Object.class);
        } catch (JsonProcessingException unreadable) {
            throw Problem.invalid(field, "must be JSON");
        }
    }
}
