package io.aftersale.books;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads the provider's book over HTTP, page by page ({@code GET /journal?day=&cursor=}). A page that does not come, or
 * cannot be understood in full, makes the whole day unread.
 */
@Component
class HttpProviderBook implements ProviderBook {
    private static final Logger LOG = LoggerFactory.getLogger(HttpProviderBook.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_PAGES = 10_000;

    private final URI provider;
    private final String token;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    HttpProviderBook(
            @Value("${aftersale.payments.url}") URI provider, @Value("${aftersale.payments.token}") String token) {
        this.provider = provider;
        this.token = token;
    }

    @Override
    public Optional<List<Booking>> settledOn(LocalDate day) {
        var bookings = new ArrayList<Booking>();
        try {
            String cursor = null;
            for (int page = 0; page < MOST_PAGES; page++) {
                JsonNode answer = page(day, cursor);
                for (JsonNode entry : answer.path("refunds")) {
                    bookings.add(read(entry));
                }
                cursor = answer.path("nextCursor").textValue();
                if (cursor == null) {
                    return Optional.of(bookings);
                }
            }
            throw new IOException("the book of one day has no end");
        } catch (IOException unreadable) {
            LOG.warn("The provider's book of {} cannot be read: {}", day, unreadable.toString());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private JsonNode page(LocalDate day, String cursor) throws IOException, InterruptedException {
        String query = "/journal?day=" + day
                + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(provider + query))
                        .timeout(PATIENCE)
                        .header("Accept", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofByteArray());
        JsonNode body = answer.statusCode() == 200 ? json.readTree(answer.body()) : json.missingNode();
        if (!body.path("refunds").isArray()) {
            throw new IOException("status " + answer.statusCode() + ", and no list of refunds");
        }
        return body;
    }

    private static Booking read(JsonNode entry) throws IOException {
        JsonNode amount = entry.path("amountMinor");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong()) {
            throw new IOException("an entry without an amount");
        }
        return new Booking(
                word(entry, "key"),
                word(entry, "refundId"),
                word(entry, "merchantId"),
                word(entry, "orderId"),
                word(entry, "tenderId"),
                amount.longValue(),
                word(entry, "currency"));
    }

    /** A short text of an entry; what is longer or missing is no entry that could be compared. */
    private static String word(JsonNode entry, String field) throws IOException {
        String text = entry.path(field).textValue();
        if (text == null || !text.matches("[\\x21-\\x7e]{1,64}")) {
            throw new IOException("an entry without " + field);
        }
        return text;
    }
}
