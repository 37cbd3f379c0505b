package io.aftersale.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells somebody events over HTTP, signed, each again and again until it is taken. It sends what it is given. */
class Messenger {
    private static final Logger LOG = LoggerFactory.getLogger(Messenger.class);
    private static final int TRIES = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Supplier<URI> address;
    private final String secret;
    private final ScheduledExecutorService worker;

    /** @param address where events go; gives null while that is not known yet */
    Messenger(Supplier<URI> address, String secret, ScheduledExecutorService worker) {
        this.address = address;
        this.secret = secret;
        this.worker = worker;
    }

    /** Tells an event in the background after a while. */
    void tell(Map<String, Object> event, Duration after) {
        worker.schedule(() -> attempt(event, 1), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt(Map<String, Object> event, int tryNo) {
        if (isTaken(event)) {
            return;
        }
        if (tryNo == TRIES) {
            LOG.warn("The event {} was not taken after {} tries", event.get("eventId"), TRIES);
            return;
        }
        tellAgain(event, tryNo + 1);
    }

    private void tellAgain(Map<String, Object> event, int tryNo) {
        long delayMillis = Math.min(60_000, 250L << Math.min(tryNo, 10));
        worker.schedule(() -> attempt(event, tryNo), delayMillis, TimeUnit.MILLISECONDS);
    }

    private boolean isTaken(Map<String, Object> event) {
        URI url = address.get();
        if (url == null) {
            return false;
        }
        try {
            String body = json.writeValueAsString(event);
            long now = Instant.now().getEpochSecond();
            var request = HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .header("X-Signature", "t=" + now + ",v1=" + sign(secret, now + "." + body))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreachable) {
            LOG.debug("The event {} did not arrive: {}", event.get("eventId"), unreachable.toString());
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
