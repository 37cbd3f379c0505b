package io.aftersale.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** The folder of the process owners as the tests see it: diagrams, tables, forms, element templates. */
final class ModelFiles {
    static final Path FOLDER = Path.of("bpmn");
    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelFiles() {}

    /** Flows first, then the parts that they call, each by name. */
    static List<Path> diagrams() {
        return Stream.concat(in(FOLDER, ".bpmn").stream(), in(FOLDER.resolve("parts"), ".bpmn").stream())
                .toList();
    }

    static List<Path> tables() {
        return in(FOLDER.resolve("decisions"), ".dmn");
    }

    static List<Path> forms() {
        return in(FOLDER.resolve("forms"), ".form");
    }

    /** The text of every Java file of the application. */
    static List<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            var sources = new ArrayList<String>();
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
            return sources;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** All element templates, one after the other. */
    static List<JsonNode> templates() {
        var templates = new ArrayList<JsonNode>();
        in(FOLDER.resolve(".camunda/element-templates"), ".json")
                .forEach(file -> json(file).forEach(templates::add));
        return templates;
    }

    static BpmnModelInstance read(Path diagram) {
        return Bpmn.readModelFromFile(diagram.toFile());
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The key of a diagram, table or form: its file name without the ending. */
    static String key(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static List<Path> in(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
