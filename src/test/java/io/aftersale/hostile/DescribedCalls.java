package io.aftersale.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * The calls of our REST as its description has them: addresses, parameters, and a body with every field that may stand in
 * it. So whatever is added to a call is tried without anybody thinking of it.
 */
final class DescribedCalls {
    private static final int DEEPEST = 4;

    private final JsonNode api;

    DescribedCalls(JsonNode api) {
        this.api = api;
    }

    /**
     * @param example a body that the description gives; null where the call takes none
     * @param places every place of a body, those that the example lacks included
     */
    record Call(String method, String path, List<String> query, JsonNode example, List<String> places) {
        boolean isMultipart() {
            return example != null && example.isMissingNode();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Call> all() {
        var calls = new ArrayList<Call>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(call -> calls.add(
                                read(call.getKey().toUpperCase(Locale.ROOT), path.getKey(), call.getValue()))));
        return calls;
    }

    private Call read(String method, String path, JsonNode call) {
        var query = StreamSupport.stream(call.path("parameters").spliterator(), false)
                .filter(it -> it.path("in").asText().equals("query"))
                .map(it -> it.path("name").asText())
                .toList();
        if (!call.has("requestBody")) {
            return new Call(method, path, query, null, List.of());
        }
        JsonNode content = call.at("/requestBody/content");
        if (!content.has("application/json")) {
            return new Call(method, path, query, content.path("none"), List.of());
        }
        JsonNode json = content.path("application/json");
        JsonNode example = exampleOf(json);
        var all = (ObjectNode) everything(json.path("schema"), 0);
        if (example instanceof ObjectNode given) {
            given.properties().forEach(field -> {
                if (!all.path(field.getKey()).isContainerNode()
                        || field.getValue().isContainerNode()) {
                    all.set(field.getKey(), merged(all.path(field.getKey()), field.getValue()));
                }
            });
        }
        return new Call(method, path, query, example, Hostile.places(all));
    }

    private JsonNode exampleOf(JsonNode json) {
        JsonNode own = json.has("example")
                ? json.path("example")
                : json.at("/examples").isObject()
                        ? json.at("/examples").elements().next().path("value")
                        : resolve(json.path("schema")).path("example");
        if (!own.isTextual()) {
            return own;
        }
        try {
            return Shop.JSON.readTree(own.textValue());
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("An example that is no JSON: " + own, broken);
        }
    }

    private static JsonNode merged(JsonNode all, JsonNode given) {
        if (all instanceof ObjectNode object && given.isObject()) {
            given.properties().forEach(field -> {
                if (!object.has(field.getKey())) {
                    object.set(field.getKey(), field.getValue());
                }
            });
            return object;
        }
        return all.isEmpty() ? given : all;
    }

    private JsonNode resolve(JsonNode schema) {
        String ref = schema.path("$ref").asText("");
        return ref.isEmpty() ? schema : api.at("/components/schemas/" + ref.substring(ref.lastIndexOf('/') + 1));
    }

    /** Something in every place that a schema knows. */
    private JsonNode everything(JsonNode schema, int depth) {
        JsonNode here = resolve(schema);
        var factory = Shop.JSON.getNodeFactory();
        if (depth > DEEPEST) {
            return factory.textNode("x");
        }
        if (here.has("items")) {
            return factory.arrayNode().add(everything(here.path("items"), depth + 1));
        }
        if (here.has("properties") || here.has("additionalProperties") || depth == 0) {
            var object = factory.objectNode();
            here.path("properties")
                    .properties()
                    .forEach(field -> object.set(field.getKey(), everything(field.getValue(), depth + 1)));
            if (here.path("additionalProperties").isObject()) {
                object.set("name", everything(here.path("additionalProperties"), depth + 1));
            }
            return object;
        }
        return factory.textNode("x");
    }
}
