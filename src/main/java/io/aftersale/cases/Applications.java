package io.aftersale.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.CardDetails;
import io.aftersale.access.CardVault;
import io.aftersale.problems.JsonProblems;
import io.aftersale.problems.Problem;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads applications, whichever the door: the same strict reading and the same problem codes for a body of the API and
 * for the start variables of the engine's REST. A card goes into the vault here and comes out as a token.
 */
@Component
class Applications {
    private static final Set<String> JSON_FIELDS = Set.of("lines", "payTo", "evidence", "address");

    private static final Set<String> AMOUNT_FIELDS = Set.of("amountMinor", "wantedPriceMinor");

    private final ObjectMapper json;
    private final CardVault cards;

    Applications(ObjectMapper json, CardVault cards) {
        this.json = json;
        this.cards = cards;
    }

    /** @throws Problem whatever is wrong with the form of the application */
    Application read(ApplicationBody body, Kind kind, String merchantId) {
        return Application.of(body, kind, payTo(body.payTo(), merchantId));
    }

    /**
     * @param variables the start variables as plain Java values; JSON as maps and lists or as its text
     * @throws Problem whatever is wrong with the form of the application
     */
    Application read(Map<String, Object> variables, Kind kind, String merchantId) {
        var fields = new HashMap<>(variables);
        JSON_FIELDS.forEach(name -> fields.computeIfPresent(name, (field, value) -> parsed(field, value)));
        AMOUNT_FIELDS.forEach(name -> fields.computeIfPresent(name, (field, value) -> wholeNumber(value)));
        for (String closed : Set.of("kind", "merchantId")) {
            if (fields.containsKey(closed)) {
                throw Problem.invalid(closed, "is not taken here: the process and the login say it");
            }
        }
        ApplicationBody body;
        try {
            body = json.convertValue(fields, ApplicationBody.class);
        } catch (IllegalArgumentException unreadable) {
            throw JsonProblems.explain(unreadable);
        }
        if (body.payTo() != null && body.payTo().cardNumber() != null) {
            throw Problem.invalid("payTo.cardNumber", "is not taken here: a card becomes a token by /api/cards");
        }
        return read(body, kind, merchantId);
    }

    private PayTo payTo(ApplicationBody.PayToBody asked, String merchantId) {
        if (asked == null) {
            return PayTo.BACK;
        }
        if (PayTo.ORIGINAL.equals(asked.method())) {
            asked.cardField().ifPresent(field -> {
                throw Problem.invalid("payTo." + field, "goes with the method BANK_CARD only");
            });
            return PayTo.BACK;
        }
        if (asked.method() == null) {
            throw Problem.missing("payTo.method");
        }
        if (!PayTo.BANK_CARD.equals(asked.method())) {
            throw Problem.invalid("payTo.method", "must be ORIGINAL or BANK_CARD");
        }
        if (asked.cardToken() != null) {
            return new PayTo(
                    PayTo.BANK_CARD, cards.find(merchantId, asked.cardToken()).token());
        }
        var card = new CardDetails(asked.cardNumber(), asked.holder(), asked.bank());
        return new PayTo(PayTo.BANK_CARD, cards.store(merchantId, card).token());
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

    /** Forms give digits as text. More of them than a number has are left for the reading to refuse. */
    private static Object wholeNumber(Object value) {
        return value instanceof String digits && digits.matches("\\d{1,100}") ? new BigInteger(digits) : value;
    }
}
