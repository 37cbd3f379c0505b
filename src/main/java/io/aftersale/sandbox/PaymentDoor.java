package io.aftersale.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider's HTTP: {@code POST /payments/refunds} with an Idempotency-Key, {@code GET /payments/refunds/{key}},
 * {@code POST /payments/refunds/{key}/cancellation}, {@code GET /payments/journal?day=} with what was paid on a day, and
 * for demonstrations {@code GET /journal}, {@code POST /control/refunds/{key}/settlement} and {@code /decline}. It carries
 * out the mishaps of the road: silence, cut connections, half answers.
 */
class PaymentDoor implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentDoor.class);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern ONE_REFUND =
            Pattern.compile("/payments/refunds/([A-Za-z0-9_-]{1,64})(/cancellation)?");
    private static final Pattern CONTROL =
            Pattern.compile("/control/refunds/([A-Za-z0-9_-]{1,64})/(settlement|decline)");
    private static final Pattern PAGE = Pattern.compile("day=(\\d{4}-\\d{2}-\\d{2})(?:&cursor=(\\d{1,9}))?");
    private static final int PAGE_SIZE = 200;
    private static final int MAX_BODY = 16_384;

    private final ObjectMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private final PaymentProvider provider;
    private final Book book;
    private final String token;
    private final Duration hold;
    private final ScheduledExecutorService worker;

    PaymentDoor(PaymentProvider provider, Book book, String token, Duration hold, ScheduledExecutorService worker) {
        this.provider = provider;
        this.book = book;
        this.token = token;
        this.hold = hold;
        this.worker = worker;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            route(
                    exchange,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath());
        } catch (IllegalArgumentException | DateTimeParseException | JsonProcessingException malformed) {
            refuse(exchange, 400, "malformed", "The request is not one that is understood here.");
        } catch (RuntimeException broken) {
            LOG.error("The sandbox failed", broken);
            refuse(exchange, 500, "internal", "The sandbox failed.");
        }
    }

    private void route(HttpExchange exchange, String method, String path) throws IOException {
        Matcher one = ONE_REFUND.matcher(path);
        Matcher control = CONTROL.matcher(path);
        if (method.equals("GET") && path.equals("/journal")) {
            var refunds = book.all().stream().map(Refund::journalEntry).toList();
            answer(exchange, 200, Map.of("refunds", refunds));
        } else if (method.equals("POST") && control.matches()) {
            decide(exchange, control.group(1), control.group(2));
        } else if (path.startsWith("/payments/") && !isKnown(exchange)) {
            refuse(exchange, 401, "unauthorized", "The token is missing or wrong.");
        } else if (method.equals("GET") && path.equals("/payments/journal")) {
            answer(exchange, 200, page(exchange.getRequestURI().getQuery()));
        } else if (one.matches() && provider.isDown(one.group(1))) {
            refuse(exchange, 503, "down", "The provider is down.");
        } else if (method.equals("POST") && path.equals("/payments/refunds")) {
            refund(exchange);
        } else if (method.equals("GET") && one.matches() && one.group(2) == null) {
            query(exchange, one.group(1));
        } else if (method.equals("POST") && one.matches() && one.group(2) != null) {
            answer(exchange, 200, provider.cancel(one.group(1), Instant.now()).answer());
        } else {
            refuse(exchange, 404, "no-such-address", "There is nothing at this address.");
        }
    }

    /** What was paid on a day, in UTC, page by page; a cursor is the number of the first entry of its page. */
    private Map<String, Object> page(String query) {
        Matcher asked = PAGE.matcher(query == null ? "" : query);
        if (!asked.matches()) {
            throw new IllegalArgumentException("no day");
        }
        LocalDate day = LocalDate.parse(asked.group(1));
        int first = asked.group(2) == null ? 0 : Integer.parseInt(asked.group(2));
        var paid = book.all().stream()
                .filter(refund -> refund.status() == Refund.Status.SETTLED)
                .filter(refund ->
                        refund.changedAt().atZone(ZoneOffset.UTC).toLocalDate().equals(day))
                .map(Refund::journalEntry)
                .toList();
        int end = Math.min(paid.size(), first + PAGE_SIZE);
        var page = new LinkedHashMap<String, Object>();
        page.put("refunds", paid.subList(Math.min(first, end), end));
        page.put("nextCursor", end < paid.size() ? String.valueOf(end) : null);
        return page;
    }

    private boolean isKnown(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private void refund(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            refuse(exchange, 400, "key-missing", "A refund needs an Idempotency-Key.");
            return;
        }
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY);
        JsonNode body = json.readTree(bytes);
        RefundRequest request = RefundRequest.read(body);
        boolean isFirst = provider.isFirstSend(key);
        if (failBeforeBooking(exchange, key, request.mishap(), isFirst)) {
            return;
        }
        var booked = provider.refund(key, request, fingerprint(body), isFirst, Instant.now());
        if (booked.isEmpty()) {
            refuse(exchange, 409, "key-reused", "This key belongs to another refund.");
        } else {
            answerBooked(exchange, booked.get(), isFirst);
        }
    }

    private boolean failBeforeBooking(HttpExchange exchange, String key, Mishap mishap, boolean isFirst)
            throws IOException {
        if (mishap == Mishap.DOWN) {
            provider.goDown(key);
            refuse(exchange, 503, "down", "The provider is down.");
            return true;
        }
        if (!isFirst) {
            return false;
        }
        switch (mishap) {
            case UNKNOWN -> exchange.close();
            case ERROR -> refuse(exchange, 500, "internal", "Something broke before the booking.");
            case BUSY -> {
                exchange.getResponseHeaders().add("Retry-After", "1");
                refuse(exchange, 429, "busy", "Too many requests.");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void answerBooked(HttpExchange exchange, Refund refund, boolean isFirst) throws IOException {
        int status = refund.status() == Refund.Status.PENDING ? 202 : 200;
        byte[] body = json.writeValueAsBytes(refund.answer());
        switch (isFirst ? refund.mishap() : Mishap.NONE) {
            case TIMEOUT -> worker.schedule(exchange::close, hold.toMillis(), TimeUnit.MILLISECONDS);
            case CUT -> exchange.close();
            case BROKEN -> refuse(exchange, 500, "internal", "Something broke after the booking.");
            case HALF -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case GARBLED -> send(exchange, status, "{\"status\": SETTL".getBytes(StandardCharsets.UTF_8));
            default -> send(exchange, status, body);
        }
    }

    private void query(HttpExchange exchange, String key) throws IOException {
        var refund = provider.find(key);
        if (refund.isPresent()) {
            answer(exchange, 200, refund.get().answer());
        } else {
            refuse(exchange, 404, "refund-not-found", "No refund was booked under this key.");
        }
    }

    private void decide(HttpExchange exchange, String key, String word) throws IOException {
        var status = word.equals("settlement") ? Refund.Status.SETTLED : Refund.Status.DECLINED;
        var decided = provider.decide(key, status, Instant.now());
        if (decided.isPresent()) {
            answer(exchange, 200, decided.get().answer());
        } else {
            refuse(exchange, 409, "not-pending", "No refund is pending under this key.");
        }
    }

    /** Tells bodies apart without keeping what is in them. */
    private String fingerprint(JsonNode body) throws JsonProcessingException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(json.writeValueAsBytes(json.treeToValue(body, Map.class))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void refuse(HttpExchange exchange, int status, String code, String detail) throws IOException {
        answer(exchange, status, Map.of("code", code, "detail", detail));
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, json.writeValueAsBytes(body));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
