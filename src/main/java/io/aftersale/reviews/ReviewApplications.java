package io.aftersale.reviews;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.JsonProblems;
import io.aftersale.problems.Problem;
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

    ReviewApplications(ObjectMapper json, OrderBook orders, ReviewDesk desk) {
        this.json = json;
        this.orders = orders;
        this.desk = desk;
    }

    /**
     * Whether a review could be taken now.
     *
     * @throws Problem whatever is wrong with it, as {@code POST /api/reviews} would say it
     */
    public void check(String merchantId, ReviewBody body) {
        Draft draft = Draft.of(body, merchantId);
        desk.check(orders.find(merchantId, draft.orderId()), draft);
    }

    /** A number for a review that a flow is about to start under it. */
    public String newNumber() {
        return desk.nextNumber();
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
