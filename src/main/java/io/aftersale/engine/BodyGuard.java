package io.aftersale.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what a call to the engine's REST carries before the engine does, and refuses what nobody may send: expressions in
 * queries, a start in the middle of a flow, a number of one's own for a case, flags that skip parts of a flow, and, where
 * systems call, card numbers; and texts that no database keeps as they are. A body that is not JSON or too large ends here
 * too; whether it is written in a way that the engine reads alike, {@link PlainBody} knows.
 */
final class BodyGuard {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_BYTES_OF_UPLOAD = 6 * 1024 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private static final Set<String> PAGE = Set.of("firstResult", "maxResults");
    private static final Set<String> NEVER_AT_A_START = Set.of("startInstructions", "businessKey", "caseInstanceId");

    /** Variables in which people write what they like; ids have patterns of their own and are not among them. */
    static final Set<String> FREE_TEXTS =
            Set.of("description", "content", "remark", "text", "fault", "answer", "address", "cause", "parts");

    private static final String VARIABLES = "variables";
    private static final String TYPE = "type";
    private static final String VALUE = "value";
    private static final Set<String> TYPES =
            Set.of("string", "boolean", "short", "integer", "long", "double", "date", "json", "null");

    private static final String CARD_NUMBER = "cardNumber";

    private final boolean isStart;
    private final boolean refusesCards;

    /** The variable that was last told to be a text, and the one whose value was last no text. */
    private String text;

    private String noText;

    private BodyGuard(boolean isStart, boolean refusesCards) {
        this.isStart = isStart;
        this.refusesCards = refusesCards;
    }

    /**
     * @param refusesCards whether card numbers in free text are refused here; else the rooms mask them
     * @return the request to go on with, its body read once and kept
     * @throws Problem when the call carries what it may not
     */
    static HttpServletRequest check(HttpServletRequest request, boolean refusesCards) throws IOException {
        checkQuery(request.getQueryString());
        String type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return request;
        }
        boolean upload = type.startsWith("multipart/");
        int most = upload ? MOST_BYTES_OF_UPLOAD : MOST_BYTES;
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new Problem(ProblemCode.REQUEST_TOO_LARGE, "The body is larger than " + most / 1024 + " KiB.");
        }
        if (!upload && body.length > 0) {
            String path = request.getRequestURI();
            boolean isStart =
                    path.contains("/process-definition/") && (path.endsWith("/start") || path.endsWith("/submit-form"));
            new BodyGuard(isStart, refusesCards).checkBody(body);
        }
        return new KeptRequest(request, body);
    }

    private static void checkQuery(String query) {
        if (query == null) {
            return;
        }
        for (String pair : query.split("&")) {
            try {
                String name = URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8);
                checkName(name);
                checkPage(name, pair);
            } catch (IllegalArgumentException undecodable) {
                throw new Problem(ProblemCode.MALFORMED_REQUEST, "The address cannot be read.");
            }
        }
    }

    /** Below 0 the databases disagree: some give nothing, some fail. */
    private static void checkPage(String name, String pair) {
        if (PAGE.contains(name) && pair.matches("[^=]*=(-|%2[dD]).*")) {
            throw new Problem(ProblemCode.MALFORMED_REQUEST, "The parameter '" + name + "' is never below 0.")
                    .with("field", name);
        }
    }

    private void checkBody(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            walk(parser, false);
            PlainBody.check(body);
        } catch (JsonProcessingException malformed) {
            throw new Problem(
                    ProblemCode.MALFORMED_REQUEST, "The body is not valid JSON, or names the same field twice.");
        }
    }

    private void walk(JsonParser parser, boolean inFreeText) throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.FIELD_NAME) {
                checkField(parser);
            } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                checkType(parser);
                checkTexts(parser, token);
                checkValue(parser, inFreeText || isInFreeText(parser.getParsingContext()));
            }
        }
    }

    private void checkField(JsonParser parser) throws IOException {
        String name = parser.currentName();
        checkName(name);
        boolean outermost = parser.getParsingContext().getParent().inRoot();
        if (isStart && outermost && (NEVER_AT_A_START.contains(name) || name.startsWith("skip"))) {
            throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + name + "' is not taken here.")
                    .with("field", name);
        }
        if (refusesCards && name.equals(CARD_NUMBER)) {
            throw refuseCard();
        }
    }

    private static void checkName(String name) {
        if (name.toLowerCase(Locale.ROOT).endsWith("expression")) {
            throw new Problem(ProblemCode.EXPRESSION_REFUSED, "Expressions are not taken from outside.")
                    .with("field", name);
        }
    }

    /** Objects of Java, files and the like are never among the facts that a flow takes. */
    private static void checkType(JsonParser parser) throws IOException {
        JsonStreamContext variable = parser.getParsingContext();
        JsonStreamContext variables = variable.getParent();
        boolean isType = TYPE.equals(variable.getCurrentName())
                && variables != null
                && variables.getParent() != null
                && VARIABLES.equals(variables.getParent().getCurrentName());
        if (isType && !TYPES.contains(parser.getText().toLowerCase(Locale.ROOT))) {
            throw Problem.invalid(variables.getCurrentName(), "is of a type that is not taken here");
        }
    }

    /** The engine would make a text of a number by its own lights: of 1e400 the word Infinity. */
    private void checkTexts(JsonParser parser, JsonToken token) throws IOException {
        JsonStreamContext variable = parser.getParsingContext();
        if (variable.getParent() == null || variable.getParent().getParent() == null) {
            return;
        }
        String name = variable.getParent().getCurrentName();
        if (TYPE.equals(variable.getCurrentName()) && parser.getText().equalsIgnoreCase("string")) {
            text = name;
        } else if (VALUE.equals(variable.getCurrentName()) && token != JsonToken.VALUE_STRING) {
            noText = name;
        }
        if (text != null && text.equals(noText)) {
            throw Problem.invalid(name, "is told to be a text and is none");
        }
    }

    private void checkValue(JsonParser parser, boolean inFreeText) throws IOException {
        String text = parser.getText();
        if (!FreeText.isStorable(text)) {
            throw FreeText.unstorable(nameOf(parser.getParsingContext()));
        }
        if (refusesCards && inFreeText && FreeText.hasCardNumber(text)) {
            throw refuseCard();
        }
        if (refusesCards && (text.startsWith("{") || text.startsWith("["))) {
            try (JsonParser nested = JSON.createParser(text)) {
                new BodyGuard(false, true).walk(nested, inFreeText);
            } catch (JsonProcessingException notJson) {
                // A text that only looks like JSON was checked as a text above.
                return;
            }
        }
    }

    private static boolean isInFreeText(JsonStreamContext here) {
        for (JsonStreamContext context = here; context != null; context = context.getParent()) {
            if (context.getCurrentName() != null && FREE_TEXTS.contains(context.getCurrentName())) {
                return true;
            }
        }
        return false;
    }

    /** The field or variable that a value belongs to. */
    private static String nameOf(JsonStreamContext value) {
        boolean isVariable =
                VALUE.equals(value.getCurrentName()) && !value.getParent().inRoot();
        return isVariable ? value.getParent().getCurrentName() : value.getCurrentName();
    }

    private static Problem refuseCard() {
        return new Problem(
                ProblemCode.CARD_NUMBER_NOT_HERE,
                "A card number is given to /api/cards for a token, and nowhere else.");
    }
}
