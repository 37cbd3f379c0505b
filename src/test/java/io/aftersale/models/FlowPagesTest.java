package io.aftersale.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/flows and the list of verbs in bpmn/README.md true to the models. {@code ./mvnw -Pdocs test} writes them
 * anew; without it a page that no longer fits fails the build.
 */
class FlowPagesTest {
    private static final Path FOLDER = Path.of("docs/flows");
    private static final Path README = ModelFiles.FOLDER.resolve("README.md");
    private static final Pattern VERBS = Pattern.compile("(?s)(<!-- verbs -->\n).*?(<!-- end of verbs -->)");
    private static final String SPELL = "Out of date; ./mvnw -Pdocs test writes it anew: ";

    private final DeadlineRows deadlines = DeadlineRows.packaged();
    private final Map<String, JsonNode> verbs = ModelFiles.templates().stream()
            .filter(template -> template.path("metadata").has("verb"))
            .collect(Collectors.toMap(
                    template -> template.path("metadata").path("verb").asText(), template -> template));

    @Test
    void the_pages_say_what_the_models_say() throws IOException {
        var pages = new TreeMap<Path, String>();
        pages.put(FOLDER.resolve("README.md"), FlowPage.index(ModelFiles.diagrams()));
        for (Path diagram : ModelFiles.diagrams()) {
            String key = ModelFiles.key(diagram);
            pages.put(FOLDER.resolve(key + ".md"), FlowPage.of(diagram, deadlines, verbs));
            pages.put(FOLDER.resolve(key + ".svg"), FlowPicture.of(ModelFiles.read(diagram)));
        }
        pages.put(README, VERBS.matcher(Files.readString(README)).replaceFirst("$1" + listOfVerbs() + "$2"));
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(FOLDER);
            for (var page : pages.entrySet()) {
                Files.writeString(page.getKey(), page.getValue());
            }
        }
        for (var page : pages.entrySet()) {
            assertThat(page.getKey()).as(SPELL + page.getKey()).hasContent(page.getValue());
        }
        try (var written = Files.list(FOLDER)) {
            assertThat(written).as("nothing is left of a flow that is gone").allMatch(pages::containsKey);
        }
    }

    @Test
    void every_stage_that_a_diagram_names_has_its_row() {
        for (Path diagram : ModelFiles.diagrams()) {
            ModelFiles.read(diagram).getModelElementsByType(FlowElement.class).stream()
                    .map(element -> FlowPage.property(element, "stage"))
                    .filter(stages -> stages != null)
                    .forEach(stages -> {
                        for (String stage : stages.split(", *")) {
                            assertThat(deadlines.of(stage))
                                    .as(diagram + " " + stage)
                                    .isNotEmpty();
                        }
                    });
        }
    }

    private String listOfVerbs() {
        var list = new StringBuilder("| verb | what it promises | needs | sets |\n| --- | --- | --- | --- |\n");
        ModelFiles.templates().stream()
                .filter(template -> template.path("metadata").has("verb"))
                .forEach(template -> list.append("| `%s`%s | %s | %s | %s |%n"
                        .formatted(
                                template.path("metadata").path("verb").asText(),
                                template.path("metadata").path("outside").asBoolean() ? " (outside)" : "",
                                template.path("description").asText(),
                                template.path("metadata").path("needs").asText(),
                                FlowPage.sets(template))));
        return list.toString();
    }
}
