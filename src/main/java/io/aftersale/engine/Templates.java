package io.aftersale.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The owners' element templates, packaged with the application: the one place that says which verb speaks with the
 * outside world, which business errors it may end in, and which fields an answer has.
 */
@Component
class Templates {
    private final List<JsonNode> all = new ArrayList<>();

    Templates(ResourcePatternResolver resources, ObjectMapper json) {
        try {
            for (Resource file : resources.getResources("classpath*:element-templates/*.json")) {
                try (var content = file.getInputStream()) {
                    json.readTree(content).forEach(all::add);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("A packaged element template cannot be read", unreadable);
        }
    }

    /** Whether a verb speaks with somebody else's machine. */
    boolean isOutside(String verb) {
        return ofVerb(verb).anyMatch(it -> it.path("outside").asBoolean());
    }

    /** The codes of the business errors in which a verb may end. */
    Set<String> errorsOf(String verb) {
        return ofVerb(verb)
                .flatMap(it -> stream(it.path("throws")))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The variables that a verb sets. */
    Set<String> setsOf(String verb) {
        return ofVerb(verb)
                .flatMap(it -> stream(it.path("sets")))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether some step of a flow sets a variable of this name. */
    boolean isSet(String variable) {
        return all.stream()
                .flatMap(template -> stream(template.path("metadata").path("sets")))
                .anyMatch(name -> name.asText().equals(variable));
    }

    /** Whether a diagram may ask for a variable of this name: a step sets it, or an answer's template asks for it. */
    boolean isVariable(String name) {
        return isSet(name)
                || all.stream()
                        .anyMatch(template -> template.path("id").asText().equals("io.aftersale.answer." + name));
    }

    /** The fields of the answers that are given on a form; empty when no template has this form. */
    Optional<Set<String>> fieldsOf(String form) {
        var fields = all.stream()
                .filter(template -> template.path("metadata").has("task"))
                .filter(template -> properties(template, "property", "camunda:formRef")
                        .anyMatch(it -> it.path("value").asText().equals(form)))
                .map(template -> properties(template, "camunda:inputParameter", null)
                        .map(it -> it.path("binding").path("name").asText())
                        .toList())
                .toList();
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(fields.stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new)));
    }

    private Stream<JsonNode> ofVerb(String verb) {
        return all.stream()
                .map(template -> template.path("metadata"))
                .filter(metadata -> metadata.path("verb").asText().equals(verb));
    }

    private static Stream<JsonNode> properties(JsonNode template, String binding, String name) {
        return stream(template.path("properties"))
                .filter(it -> it.path("binding").path("type").asText().equals(binding))
                .filter(it ->
                        name == null || it.path("binding").path("name").asText().equals(name));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
