package io.aftersale.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Somebody outside who tells us events and signs them. */
public final class Sender {
    private final int port;
    private final String path;
    private final String secret;

    Sender(int port, String path, String secret) {
        this.port = port;
        this.path = path;
        this.secret = secret;
    }

    /** An event with an id of its own: names and values in turn. */
    public static ObjectNode event(String type, String... namesAndValues) {
        var event = Shop.JSON
                .createObjectNode()
                .put("eventId", "E-" + UUID.randomUUID())
                .put("type", type)
                .put("at", Instant.now().toString());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return event;
    }

    public Http.Answer says(ObjectNode event) {
        return says(event.toString());
    }

    public Http.Answer says(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return says(Signature.of(secret, Instant.now(), bytes), bytes);
    }

    public Http.Answer says(String signature, byte[] body) {
        var stranger = Http.stranger(port);
        return stranger.send(stranger.request("POST", path)
                .header("Content-Type", "application/json")
                .header("X-Signature", signature)
                .method("POST", BodyPublishers.ofByteArray(body)));
    }
}
