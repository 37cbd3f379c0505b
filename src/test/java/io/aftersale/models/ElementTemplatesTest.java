package io.aftersale.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.support.RunningApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * The element templates are the owners' tool box: what they offer must be what the application has, and what our own
 * diagrams do, no more and no less.
 */
@RunningApp
class ElementTemplatesTest {
    private static final Set<String> TYPES = Set.of("String", "Text", "Hidden", "Dropdown", "Boolean");
    private static final Set<String> BINDINGS = Set.of(
            "property",
            "camunda:property",
            "camunda:inputParameter",
            "camunda:outputParameter",
            "camunda:in:businessKey",
            "camunda:in",
            "camunda:out");
    /** The components of a form that give an answer. */
    private static final Set<String> FIELDS = Set.of(
            "textfield", "textarea", "number", "datetime", "checkbox", "checklist", "radio", "select", "taglist");

    private static final Set<String> CLOSED =
            Set.of("camunda:class", "camunda:expression", "camunda:type", "camunda:topic", "camunda:resource");

    private final Map<String, JsonNode> templates = ModelFiles.templates().stream()
            .collect(Collectors.toMap(template -> template.path("id").asText(), template -> template));

    @Autowired
    private ApplicationContext beans;

    @Autowired
    private List<TaskAnswers> answers;

    @Test
    void every_verb_has_a_template_and_no_template_names_a_verb_that_is_not() {
        assertThat(words("verb")).isEqualTo(new TreeSet<>(List.of(beans.getBeanNamesForType(JavaDelegate.class))));
        templates.values().stream()
                .filter(template -> template.path("metadata").has("verb"))
                .forEach(template -> assertThat(fixed(template, "property", "camunda:delegateExpression"))
                        .isEqualTo("${" + template.path("metadata").path("verb").asText() + "}"));
    }

    /** The guard of deployments follows business errors by what the templates say of their verbs. */
    @Test
    void every_business_error_of_a_verb_is_named_by_its_template() {
        var thrown = new TreeSet<String>();
        ModelFiles.sources()
                .forEach(source -> Pattern.compile("new BpmnError\\(\\s*\"([^\"]+)\"")
                        .matcher(source)
                        .results()
                        .forEach(found -> thrown.add(found.group(1))));
        var named = new TreeSet<String>();
        templates
                .values()
                .forEach(
                        template -> template.path("metadata").path("throws").forEach(code -> named.add(code.asText())));
        assertThat(named).isEqualTo(thrown);
    }

    @Test
    void every_user_task_that_takes_an_answer_has_a_template() {
        var taken = answers.stream()
                .map(TaskAnswers::task)
                .filter(task -> !task.startsWith("Task_Trial"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(words("task")).isEqualTo(taken);
    }

    @Test
    void every_called_part_has_a_template() {
        var called = elements().stream()
                .filter(CallActivity.class::isInstance)
                .map(part -> ((CallActivity) part).getCalledElement())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(words("part")).isEqualTo(called);
    }

    @Test
    void templates_have_the_shape_that_Modeler_reads() {
        assertThat(templates).hasSameSizeAs(ModelFiles.templates());
        templates.forEach((id, template) -> {
            assertThat(id).matches("io\\.aftersale\\.(verb|task|part|answer|wait|end)(\\.[\\w-]+)?");
            assertThat(template.path("name").asText()).as(id).isNotBlank();
            assertThat(template.path("description").asText()).as(id).isNotBlank();
            assertThat(template.path("metadata").path("needs").asText()).as(id).isNotBlank();
            assertThat(template.path("version").isInt()).as(id).isTrue();
            assertThat(template.path("appliesTo"))
                    .isNotEmpty()
                    .allMatch(type -> type.asText().matches("bpmn:\\w+"));
            template.path("properties").forEach(property -> checkShape(id, property));
        });
    }

    private static void checkShape(String id, JsonNode property) {
        assertThat(TYPES).as(id).contains(property.path("type").asText());
        assertThat(BINDINGS)
                .as(id)
                .contains(property.path("binding").path("type").asText());
        assertThat(CLOSED)
                .as(id)
                .doesNotContain(property.path("binding").path("name").asText());
        if (property.path("type").asText().equals("Dropdown")) {
            assertThat(choices(property)).as(id).contains(property.path("value").asText());
        }
        assertThat(property.has("label"))
                .as(id)
                .isEqualTo(!property.path("type").asText().equals("Hidden"));
    }

    @Test
    void forms_and_views_of_the_templates_exist_and_the_answers_fit_the_forms() {
        var forms = ModelFiles.forms().stream().collect(Collectors.toMap(ModelFiles::key, form -> form));
        for (JsonNode template : templates.values()) {
            if (!template.path("metadata").has("task")) {
                continue;
            }
            String form = fixed(template, "property", "camunda:formRef");
            assertThat(forms).containsKey(form);
            assertThat(beans.getBean(fixed(template, "camunda:property", "view"), TaskListener.class))
                    .isNotNull();
            var inputs = names(template, "camunda:inputParameter");
            assertThat(inputs).as(form).containsAll(answersOf(forms.get(form)));
        }
    }

    /** What our diagrams do by hand is what a template would do: else one of the two is out of date. */
    @Test
    void the_packaged_diagrams_are_made_of_the_templates() {
        for (BaseElement element : elements()) {
            String id = attribute(element, "camunda:modelerTemplate");
            boolean needsOne = element instanceof ServiceTask
                    || element instanceof UserTask
                    || element instanceof CallActivity
                    || element instanceof SequenceFlow flow && flow.getConditionExpression() != null;
            if (id == null) {
                assertThat(needsOne).as(element.getId() + " has no template").isFalse();
                continue;
            }
            JsonNode template = templates.get(id);
            assertThat(template).as(element.getId() + " names " + id).isNotNull();
            assertThat(attribute(element, "camunda:modelerTemplateVersion"))
                    .as(element.getId())
                    .isEqualTo(template.path("version").asText());
            template.path("properties").forEach(property -> checkFits(element, property));
            if (template.path("metadata").has("task")) {
                checkNothingMore(element, template);
            }
        }
    }

    private static void checkFits(BaseElement element, JsonNode property) {
        JsonNode binding = property.path("binding");
        String value = value(element, binding);
        String where = element.getId() + " " + binding;
        switch (property.path("type").asText()) {
            case "Hidden" ->
                assertThat(value).as(where).isEqualTo(property.path("value").asText());
            case "Dropdown" -> assertThat(choices(property)).as(where).contains(value);
            default -> assertThat(value).as(where).isNotBlank();
        }
    }

    private static void checkNothingMore(BaseElement element, JsonNode template) {
        for (String kind : List.of("camunda:inputParameter", "camunda:outputParameter")) {
            assertThat(extensions(element, kind.substring(8)).map(it -> it.getAttribute("name")))
                    .as(element.getId())
                    .containsExactlyInAnyOrderElementsOf(
                            kind.endsWith("inputParameter") ? names(template, kind) : values(template, kind));
        }
    }

    /** What stands in the diagram where a template's property would write; null when nothing does. */
    private static String value(BaseElement element, JsonNode binding) {
        String name = binding.path("name").asText();
        return switch (binding.path("type").asText()) {
            case "property" ->
                name.equals("conditionExpression")
                        ? ((SequenceFlow) element).getConditionExpression().getTextContent()
                        : attribute(element, name);
            case "camunda:property" ->
                extensions(element, "property")
                        .filter(it -> it.getAttribute("name").equals(name))
                        .map(it -> it.getAttribute("value"))
                        .findFirst()
                        .orElse(null);
            case "camunda:inputParameter" ->
                extensions(element, "inputParameter")
                        .filter(it -> it.getAttribute("name").equals(name))
                        .map(DomElement::getTextContent)
                        .findFirst()
                        .orElse(null);
            case "camunda:outputParameter" ->
                extensions(element, "outputParameter")
                        .filter(it -> it.getTextContent()
                                .equals(binding.path("source").asText()))
                        .map(it -> it.getAttribute("name"))
                        .findFirst()
                        .orElse(null);
            case "camunda:in:businessKey" ->
                extensions(element, "in")
                        .map(it -> it.getAttribute("businessKey"))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            case "camunda:in" ->
                extensions(element, "in")
                        .filter(it -> binding.path("target").asText().equals(it.getAttribute("target")))
                        .map(it -> it.getAttribute("source"))
                        .findFirst()
                        .orElse(null);
            default ->
                extensions(element, "out")
                        .filter(it -> it.getAttribute("source")
                                .equals(binding.path("source").asText()))
                        .map(it -> it.getAttribute("target"))
                        .findFirst()
                        .orElse(null);
        };
    }

    private static String attribute(BaseElement element, String name) {
        return name.startsWith("camunda:")
                ? element.getAttributeValueNs(ModelFiles.CAMUNDA, name.substring(8))
                : element.getAttributeValue(name);
    }

    private static Stream<DomElement> extensions(BaseElement element, String name) {
        var found = new ArrayList<DomElement>();
        if (element.getExtensionElements() != null) {
            collect(element.getExtensionElements().getDomElement(), name, found);
        }
        return found.stream();
    }

    private static void collect(DomElement parent, String name, List<DomElement> found) {
        for (DomElement child : parent.getChildElements()) {
            if (child.getLocalName().equals(name)) {
                found.add(child);
            }
            collect(child, name, found);
        }
    }

    private static List<BaseElement> elements() {
        var elements = new ArrayList<BaseElement>();
        ModelFiles.diagrams()
                .forEach(
                        diagram -> elements.addAll(ModelFiles.read(diagram).getModelElementsByType(BaseElement.class)));
        return elements;
    }

    /** The keys of the fields in which a form takes an answer; a list that people fill in is one field. */
    private static Set<String> answersOf(Path form) {
        var keys = new TreeSet<String>();
        addAnswers(ModelFiles.json(form), keys);
        return keys;
    }

    private static void addAnswers(JsonNode form, Set<String> keys) {
        for (JsonNode part : form.path("components")) {
            if (part.has("path")) {
                keys.add(part.path("path").asText());
                continue;
            }
            boolean isWritable =
                    !part.path("disabled").asBoolean() && !part.path("readonly").asBoolean();
            if (FIELDS.contains(part.path("type").asText()) && isWritable) {
                keys.add(part.path("key").asText());
            }
            addAnswers(part, keys);
        }
    }

    private TreeSet<String> words(String name) {
        return templates.values().stream()
                .filter(template -> template.path("metadata").has(name))
                .map(template -> template.path("metadata").path(name).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String fixed(JsonNode template, String binding, String name) {
        return properties(template, binding)
                .filter(property ->
                        property.path("binding").path("name").asText().equals(name))
                .map(property -> property.path("value").asText())
                .findFirst()
                .orElse(null);
    }

    private static List<String> names(JsonNode template, String binding) {
        return properties(template, binding)
                .map(property -> property.path("binding").path("name").asText())
                .toList();
    }

    private static List<String> values(JsonNode template, String binding) {
        return properties(template, binding)
                .map(property -> property.path("value").asText())
                .toList();
    }

    private static Stream<JsonNode> properties(JsonNode template, String binding) {
        return StreamSupport.stream(template.path("properties").spliterator(), false)
                .filter(property ->
                        property.path("binding").path("type").asText().equals(binding));
    }

    private static List<String> choices(JsonNode property) {
        return property.path("choices").findValuesAsText("value");
    }
}
