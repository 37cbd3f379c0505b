package io.aftersale.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * One user of the demo, a shop or a person, who calls this application over HTTP like anybody else would: with a login,
 * and refused where anybody else would be.
 */
class SampleUser {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOUNDARY = "sample-picture-boundary";

    private final HttpClient http;
    private final ObjectMapper json;
    private final URI base;
    private final String login;

    SampleUser(HttpClient http, ObjectMapper json, URI base, String user) {
        this.http = http;
        this.json = json;
        this.base = base;
        byte[] basic = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        this.login = "Basic " + Base64.getEncoder().encodeToString(basic);
    }

    boolean has(String path) {
        return send(request(path)).status() == 200;
    }

    JsonNode get(String path) {
        return send(request(path)).body(json);
    }

    JsonNode put(String path, Object body) {
        return call("PUT", path, body, Map.of());
    }

    JsonNode post(String path, Object body) {
        return call("POST", path, body, Map.of());
    }

    JsonNode post(String path, Object body, Map<String, String> headers) {
        return call("POST", path, body, headers);
    }

    JsonNode upload(String path, byte[] png) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.png\"\r\n"
                                + "Content-Type: image/png\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(png);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return send(request(path)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())))
                .body(json);
    }

    private JsonNode call(String method, String path, Object body, Map<String, String> headers) {
        try {
            var request = request(path)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(json.writeValueAsString(body)));
            headers.forEach(request::header);
            return send(request).body(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Authorization", login);
    }

    private Answer send(HttpRequest.Builder request) {
        var built = request.build();
        try {
            var response = http.send(built, BodyHandlers.ofString());
            return new Answer(built.method() + " " + built.uri(), response.statusCode(), response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The application stops", stopping);
        }
    }

    /** What the application said to a call. */
    private record Answer(String call, int status, String text) {
        JsonNode body(ObjectMapper json) {
            if (status >= 300) {
                throw new IllegalStateException(call + " was answered with " + status + " " + text);
            }
            try {
                return json.readTree(text);
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }
    }
}
