package io.aftersale.support;

import io.aftersale.support.Http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A process owner of the demo with Camunda Modeler: changes one file at a time and deploys it over the engine's REST. */
public final class Owner {
    private final Http http;

    private Owner(Http http) {
        this.http = http;
    }

    public static Owner at(int port) {
        return new Owner(Http.as(port, "owner"));
    }

    public Http http() {
        return http;
    }

    /** A packaged diagram, table or form as text, by its path below {@code bpmn/}. */
    public static String file(String path) {
        try {
            return Files.readString(Path.of("bpmn", path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Sends a file as Modeler does, under its bare name. */
    public Answer deploys(String name, String content) {
        return deploys(name, content, Map.of());
    }

    public Answer deploys(String name, String content, Map<String, String> more) {
        String boundary = "boundary" + UUID.randomUUID();
        var body = new StringBuilder();
        field(body, boundary, "deployment-name", name.substring(0, name.lastIndexOf('.')));
        field(body, boundary, "deployment-source", "Camunda Modeler");
        field(body, boundary, "deploy-changed-only", "true");
        more.forEach((field, value) -> field(body, boundary, field, value));
        body.append("--").append(boundary).append("\r\n");
        body.append("Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n".formatted(name, name));
        body.append("Content-Type: application/octet-stream\r\n\r\n");
        body.append(content).append("\r\n--").append(boundary).append("--\r\n");
        return http.send(http.request("POST", "/engine-rest/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .method("POST", BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)));
    }

    private static void field(StringBuilder body, String boundary, String name, String value) {
        body.append("--").append(boundary).append("\r\n");
        body.append("Content-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value));
    }
}
