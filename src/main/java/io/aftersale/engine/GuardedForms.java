package io.aftersale.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads a form before it is deployed: whether Tasklist can show it, and whether its answer is one that is taken. */
@Component
class GuardedForms implements ModelGuard {
    /** What the form viewer in Tasklist (form-js 1.8) shows; anything else breaks the whole form. */
    static final Set<String> SHOWN = Set.of(
            "text",
            "html",
            "image",
            "table",
            "group",
            "dynamiclist",
            "textfield",
            "textarea",
            "number",
            "datetime",
            "checkbox",
            "checklist",
            "radio",
            "select",
            "taglist",
            "expression",
            "separator",
            "spacer");

    /** Those of them in which people give an answer. */
    private static final Set<String> FIELDS = Set.of(
            "textfield", "textarea", "number", "datetime", "checkbox", "checklist", "radio", "select", "taglist");

    private final Templates templates;
    private final ObjectMapper json;

    GuardedForms(Templates templates, ObjectMapper json) {
        this.templates = templates;
        this.json = json;
    }

    @Override
    public boolean reads(ModelFile file) {
        return file.isForm();
    }

    @Override
    public void check(ModelFile file, Neighbours others) {
        JsonNode form = read(file);
        String key = form.path("id").asText();
        if (key.isBlank()) {
            throw file.refuse("has no id", "give the form the id by which its user task names it");
        }
        checkParts(file, form, key, false);
    }

    private JsonNode read(ModelFile file) {
        try {
            JsonNode form = json.readTree(file.content());
            if (form.path("components").isArray()) {
                return form;
            }
        } catch (JsonProcessingException broken) {
            throw file.refuse(
                    "is not JSON from line " + broken.getLocation().getLineNr() + " on",
                    "save it in Modeler and deploy it again");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        throw file.refuse("is no form", "save it in Modeler as a Camunda 7 form and deploy it again");
    }

    /** @param inList whether the parts are columns of a list, which is one field as a whole */
    private void checkParts(ModelFile file, JsonNode parent, String form, boolean inList) {
        for (JsonNode part : parent.path("components")) {
            checkPart(file, part, form, inList);
            checkParts(file, part, form, inList || part.has("path"));
        }
    }

    private void checkPart(ModelFile file, JsonNode part, String form, boolean inList) {
        String type = part.path("type").asText();
        String key = part.path("key").asText(part.path("path").asText());
        String place = key.isBlank() ? part.path("id").asText("a component") : key;
        if (!SHOWN.contains(type)) {
            throw file.refuse(
                    place,
                    "is a component of type '" + type + "', which Tasklist cannot show",
                    "take it out or choose another one");
        }
        String name = key.toLowerCase(Locale.ROOT);
        if (type.equals("number") && (name.contains("minor") || name.contains("amount"))) {
            throw file.refuse(
                    place,
                    "takes money as a number field, which rounds",
                    "choose a text field for the whole minor units");
        }
        boolean answers = part.has("path")
                || FIELDS.contains(type)
                        && !part.path("disabled").asBoolean()
                        && !part.path("readonly").asBoolean();
        var known = templates.fieldsOf(form);
        if (answers && !inList && known.isPresent() && !known.get().contains(key)) {
            throw file.refuse(
                    place,
                    "asks for what the answer has no field for",
                    "use one of " + String.join(", ", known.get()) + ", or make it read-only");
        }
    }
}
