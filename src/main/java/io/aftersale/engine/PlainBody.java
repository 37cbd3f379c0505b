package io.aftersale.engine;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.IOException;
import java.util.Locale;

/**
 * Refuses bodies that the engine's REST would stumble over or read as something else than was written: nothing at all,
 * holes in lists, a variable that is none, and values that are not of the type they claim. A number written as a text
 * with a quote in it, for one, is no number at all to the engine, and an amount that was left out is the full amount to
 * us. It does not know which variables there may be.
 */
final class PlainBody {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private PlainBody() {}

    /** @throws Problem MALFORMED_REQUEST */
    static void check(byte[] body) throws IOException {
        JsonNode root = JSON.readTree(body);
        if (root.isNull()) {
            throw new Problem(ProblemCode.MALFORMED_REQUEST, "The body says null, which is nothing.");
        }
        checkLists(root);
        if (root.path("variables").isObject()) {
            root.path("variables").properties().forEach(it -> checkVariable(it.getKey(), it.getValue()));
        }
    }

    private static void checkLists(JsonNode node) {
        for (JsonNode inner : node) {
            if (node.isArray() && inner.isNull()) {
                throw new Problem(ProblemCode.MALFORMED_REQUEST, "A list in the body holds null.");
            }
            checkLists(inner);
        }
    }

    private static void checkVariable(String name, JsonNode variable) {
        if (!variable.isObject()) {
            throw malformed(name, "is not given as an object with 'value' and 'type'");
        }
        JsonNode value = variable.path("value");
        String text = value.asText();
        switch (variable.path("type").asText().toLowerCase(Locale.ROOT)) {
            case "string" -> refuse(value.isContainerNode(), name, "is not a text");
            case "json" -> refuse(value.isTextual() && text.isBlank(), name, "is an empty text, which is no JSON");
            case "boolean", "short", "integer", "long", "double", "date" ->
                refuse(text.contains("\"") || text.contains("\\"), name, "is not of the type that it names");
            default -> {
                // Without a type the engine goes by the value itself, and of other types it takes none.
            }
        }
    }

    private static void refuse(boolean isWrong, String name, String why) {
        if (isWrong) {
            throw malformed(name, why);
        }
    }

    private static Problem malformed(String name, String why) {
        return new Problem(ProblemCode.MALFORMED_REQUEST, "The variable '" + name + "' " + why + ".")
                .with("field", name);
    }
}
