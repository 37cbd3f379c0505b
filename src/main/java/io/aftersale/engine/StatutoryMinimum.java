package io.aftersale.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/**
 * What the law gives a buyer at least, as questions to a table and answers that may come back. An owner may give more,
 * never less. The questions are packaged, one file for each table, so that no deployment gets around them.
 */
@Component
class StatutoryMinimum {
    private final ResourceLoader resources;
    private final ObjectMapper json;
    private final Rules rules;

    StatutoryMinimum(ResourceLoader resources, ObjectMapper json, Rules rules) {
        this.resources = resources;
        this.json = json;
        this.rules = rules;
    }

    /** @throws Problem MODEL_REFUSED when the table gives a buyer less than the law */
    void check(ModelFile file, String table, Candidate candidate) {
        JsonNode minimum = read(table);
        for (JsonNode question : minimum.path("minimum")) {
            var facts = values(minimum.path("facts"));
            facts.putAll(values(question.path("with")));
            Ruling answer = ask(file, candidate, facts);
            question.path("gives").properties().forEach(output -> {
                Object given = answer.outputs().get(output.getKey());
                if (!isEnough(given, output.getValue())) {
                    throw file.refuse(
                            rowOf(candidate, answer),
                            "gives %s '%s' where the law (%s) gives %s: %s"
                                    .formatted(
                                            output.getKey(),
                                            given,
                                            question.path("law").asText(),
                                            said(output.getValue()),
                                            question.path("name").asText()),
                            "give the buyer at least that, or put a row that does above it");
                }
            });
        }
    }

    private Ruling ask(ModelFile file, Candidate candidate, Map<String, Object> facts) {
        try {
            return rules.tryOut(candidate, facts);
        } catch (Problem odd) {
            throw file.refuse(
                    "cannot answer an ordinary question (" + odd.detail().replaceFirst("\\.$", "") + ")",
                    "mend the column or cell that it names");
        }
    }

    private static String rowOf(Candidate candidate, Ruling answer) {
        TableRow row = answer.rule() == null ? null : candidate.rows().get(answer.rule());
        return row == null ? "no row" : "row " + row.number() + " (" + row.rule() + ")";
    }

    private static boolean isEnough(Object given, JsonNode asked) {
        if (asked.has("oneOf")) {
            return words(asked, "oneOf").contains(String.valueOf(given));
        }
        if (asked.has("noneOf")) {
            return given != null && !words(asked, "noneOf").contains(String.valueOf(given));
        }
        if (asked.path("atLeast").isTextual() || asked.path("atMost").isTextual()) {
            return isDurationEnough(given, asked);
        }
        return given instanceof Number number
                && (!asked.has("atLeast")
                        || number.longValue() >= asked.path("atLeast").asLong())
                && (!asked.has("atMost")
                        || number.longValue() <= asked.path("atMost").asLong());
    }

    private static boolean isDurationEnough(Object given, JsonNode asked) {
        try {
            Duration lasts = Duration.parse(String.valueOf(given));
            return (!asked.has("atLeast")
                            || lasts.compareTo(
                                            Duration.parse(asked.path("atLeast").asText()))
                                    >= 0)
                    && (!asked.has("atMost")
                            || lasts.compareTo(
                                            Duration.parse(asked.path("atMost").asText()))
                                    <= 0);
        } catch (DateTimeParseException odd) {
            return false;
        }
    }

    private static String said(JsonNode asked) {
        if (asked.has("oneOf")) {
            return String.join(" or ", words(asked, "oneOf"));
        }
        if (asked.has("noneOf")) {
            return "anything but " + String.join(" or ", words(asked, "noneOf"));
        }
        return asked.has("atLeast")
                ? "at least " + asked.path("atLeast").asText()
                : "at most " + asked.path("atMost").asText();
    }

    private static List<String> words(JsonNode asked, String name) {
        return StreamSupport.stream(asked.path(name).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private JsonNode read(String table) {
        var file = resources.getResource("classpath:statutory/" + table + ".json");
        if (!file.exists()) {
            return json.createObjectNode();
        }
        try (var content = file.getInputStream()) {
            return json.readTree(content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, Object> values(JsonNode facts) {
        var values = new LinkedHashMap<String, Object>();
        facts.properties().forEach(fact -> values.put(fact.getKey(), value(fact.getValue())));
        return values;
    }

    private static Object value(JsonNode fact) {
        if (fact.isNull()) {
            return null;
        }
        if (fact.isBoolean()) {
            return fact.asBoolean();
        }
        return fact.isNumber() ? (Object) fact.asLong() : fact.asText();
    }
}
