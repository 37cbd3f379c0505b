package io.aftersale.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the shop's side what became of a pending refund: signed, with an event id, again and again until it is taken.
 * It sends what it is given and knows nothing of bookings.
 */
class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
    private static final int TRIES = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Supplier<URI> address;
    private final String secret;
    private final Book book;
    private final ScheduledExecutorService worker;

    /** @param address where callbacks go; gives null while that is not known yet */
    Callbacks(Supplier<URI> address, String secret, Book book, ScheduledExecutorService worker) {
        this.address = address;
        this.secret = secret;
        this.book = book;
        this.worker = worker;
    }

    static String eventId(Refund refund) {
        return "EV-" + refund.refundId() + "-" + refund.revision();
    }

    /** Tells the state of a refund in the background, until it is taken or too many tries have failed. */
    void tell(Refund refund, String eventId) {
        worker.execute(() -> attempt(refund, eventId, 1));
    }

    /** Tells it once and waits for the answer. */
    boolean tellNow(Refund refund, String eventId) {
        URI url = address.get();
        if (url == null) {
            return false;
        }
        try {
            boolean isTaken = post(url, body(refund, eventId)) / 100 == 2;
            if (isTaken) {
                book.keepTold(eventId);
            }
            return isTaken;
        } catch (IOException unreachable) {
            LOG.debug("Callback {} did not arrive: {}", eventId, unreachable.toString());
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void attempt(Refund refund, String eventId, int tryNo) {
        if (tellNow(refund, eventId)) {
            return;
        }
        if (tryNo == TRIES) {
            LOG.warn("Callback {} was not taken after {} tries", eventId, TRIES);
            return;
        }
        long delayMillis = Math.min(60_000, 250L << Math.min(tryNo, 10));
        worker.schedule(() -> attempt(refund, eventId, tryNo + 1), delayMillis, TimeUnit.MILLISECONDS);
    }

    private int post(URI url, String body) throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        var request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("X-Signature", "t=" + now + ",v1=" + Messenger.sign(secret, now + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String body(Refund refund, String eventId) {
        var event = new LinkedHashMap<String, Object>();
        event.put("eventId", eventId);
        event.put("type", "refund." + refund.status().name().toLowerCase(java.util.Locale.ROOT));
        event.putAll(refund.answer());
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
