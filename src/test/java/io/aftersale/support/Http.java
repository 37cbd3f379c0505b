package io.aftersale.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * A plain HTTP client of one user. It follows no redirect, so that a test sees what the server said. Stands for a shop
 * or a person, by Basic or by the login of the web apps.
 */
public final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String base;
    private final String authorization;
    private String token;

    private Http(int port, String authorization) {
        this.base = "http://127.0.0.1:" + port;
        this.authorization = authorization;
    }

    public static Http stranger(int port) {
        return new Http(port, null);
    }

    /** A user of the demo, whose password is its name. */
    public static Http as(int port, String user) {
        return as(port, user, user);
    }

    public static Http as(int port, String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Http(port, "Basic " + Base64.getEncoder().encodeToString(login));
    }

    /** A user of the demo in a browser: logged in to one of the web apps, with its session and token. */
    public static Http inBrowser(int port, String user, String app) {
        var browser = new Http(port, null);
        browser.get("/camunda/app/" + app + "/default/");
        var login = browser.send(browser.request("POST", "/camunda/api/admin/auth/user/default/login/" + app)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method("POST", BodyPublishers.ofString("username=" + user + "&password=" + user)));
        if (login.status() != 200) {
            throw new IllegalStateException(user + " cannot log in to " + app + ": " + login);
        }
        browser.get("/camunda/app/" + app + "/default/");
        return browser;
    }

    public Answer get(String path) {
        return send(request("GET", path));
    }

    public Answer delete(String path) {
        return send(request("DELETE", path));
    }

    public Answer options(String path) {
        return send(request("OPTIONS", path));
    }

    public Answer post(String path, String json) {
        return call("POST", path, json);
    }

    public Answer put(String path, String json) {
        return call("PUT", path, json);
    }

    public Answer call(String method, String path, String json) {
        var request = request(method, path);
        if (json != null) {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
        }
        return send(request);
    }

    /** Begins a request that a test wants to shape by itself; to be sent by {@link #send}. */
    public HttpRequest.Builder request(String method, String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, BodyPublishers.noBody());
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (token != null) {
            request.header("X-XSRF-TOKEN", token);
        }
        return request;
    }

    public Answer send(HttpRequest.Builder request) {
        var response = send(request, BodyHandlers.ofString());
        response.headers().firstValue("X-XSRF-TOKEN").ifPresent(given -> token = given);
        return new Answer(response);
    }

    /** The answer byte by byte, for what is no text. */
    public HttpResponse<byte[]> fetch(String path) {
        return send(request("GET", path), BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> reader) {
        try {
            return client.send(request.build(), reader);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What the server said. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException notJson) {
                throw new UncheckedIOException("not JSON: " + this, notJson);
            }
        }

        /** The stable code of a refusal. */
        public String code() {
            return json().path("code").asText();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        @Override
        public String toString() {
            return response.request().method() + " " + response.uri() + " -> " + status() + " " + text();
        }
    }
}
