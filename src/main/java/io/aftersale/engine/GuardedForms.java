package io.aftersale.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
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
            "textfield",
            "textarea",
            "number",
            "datetime",
            "checkbox",
            "checklist",
            "radio",
            "select",
            "taglist",
            "expression");

    private static final Pattern CODE =
            Pattern.compile("(?i)<\\s*(script|iframe|object|embed|link|meta|base)\\b|<[^>]*\\son\\w+\\s*=|javascript:");
    private static final Pattern FOREIGN = Pattern.compile("(?i)\\s*(https?:)?//");
    private static final Pattern FETCHED = Pattern.compile(
            "(?i)\\b(src|srcset|background)\\s*=\\s*[\"']?\\s*(https?:)?//|(!\\[[^]]*]|url)\\(\\s*[\"']?(https?:)?//");

    private final Templates templates;
    private final ObjectMapper json;
    private final ResourceLoader packaged;

    GuardedForms(Templates templates, ObjectMapper json, ResourceLoader packaged) {
        this.templates = templates;
        this.json = json;
        this.packaged = packaged;
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
        file.checkKey("form", key);
        if (form.path("executionPlatform").asText().contains("Cloud")) {
            throw file.refuse("is made for Camunda 8", "save it in Modeler as a Camunda 7 form");
        }
        checkParts(file, form, key, false);
        checkAsked(file, form, key);
        checkIds(file, form);
        checkKeys(file, form, "", new HashSet<>());
    }

    /** Two components of one id break the whole form. */
    private static void checkIds(ModelFile file, JsonNode form) {
        var seen = new HashSet<String>();
        for (JsonNode id : form.findValues("id")) {
            if (id.isTextual() && !seen.add(id.asText())) {
                throw file.refuse(id.asText(), "is the id of two components", "give one of them another id");
            }
        }
    }

    /** Nor do two that write to one place. */
    private static void checkKeys(ModelFile file, JsonNode parent, String path, Set<String> seen) {
        for (JsonNode part : parent.path("components")) {
            String inner = part.has("path") ? path + part.path("path").asText() + "/" : path;
            String key = part.path("key").asText();
            if (!key.isBlank() && !seen.add(path + key)) {
                throw file.refuse(key, "is the key of two components", "take one of them out");
            }
            checkKeys(file, part, inner, seen);
        }
    }

    /** What the packaged form cannot do without, no other can: nobody could give the answer. */
    private void checkAsked(ModelFile file, JsonNode form, String key) {
        Resource resource = packaged.getResource("classpath:bpmn/forms/" + key + ".form");
        if (!resource.exists()) {
            return;
        }
        try (var content = resource.getInputStream()) {
            var keys = form.findValuesAsText("key");
            for (JsonNode part : json.readTree(content).findParents("validate")) {
                String field = part.path("key").asText();
                if (part.path("validate").path("required").asBoolean() && !keys.contains(field)) {
                    throw file.refuse(field, "is not asked any more, and no answer goes without it", "put it back");
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private JsonNode read(ModelFile file) {
        try {
            JsonNode form = json.readTree(file.content());
            if (form.path("components").isArray()) {
                return form;
            }
        } catch (JsonProcessingException broken) {
            throw file.refuse(
                    broken.getLocation() == null
                            ? "is nested too deeply for a form"
                            : "is not JSON from line " + broken.getLocation().getLineNr() + " on",
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

    /** What a form shows is looked at by people who are logged in: it neither runs nor fetches anything of strangers. */
    private static void checkContent(ModelFile file, JsonNode part, String place) {
        for (String name : List.of("content", "text", "source", "label", "description")) {
            String shown = part.path(name).asText();
            if (CODE.matcher(shown).find()) {
                throw file.refuse(place, "brings code of its own", "show text, tables and pictures only");
            }
            if (name.equals("source")
                    ? FOREIGN.matcher(shown).lookingAt()
                    : FETCHED.matcher(shown).find()) {
                throw file.refuse(
                        place, "fetches something from another site", "show pictures by an address of ours, /api/...");
            }
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
        checkContent(file, part, place);
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
