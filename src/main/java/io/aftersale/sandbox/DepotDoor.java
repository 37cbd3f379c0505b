package io.aftersale.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stock system's and the carrier's HTTP: {@code PUT /stock/movements/{id}}, {@code PUT /carrier/parcels/{id}}, both
 * with {@code GET}, and {@code GET /stock/journal}. What is put again under its id changes nothing. A mishap of the road
 * is asked for by the prefix of the sku ({@code CUT-}, {@code ERROR-}, {@code BROKEN-}, {@code BUSY-}, {@code HALF-},
 * {@code TIMEOUT-}) and strikes the first time only. It forgets all when it is closed.
 */
class DepotDoor implements HttpHandler {
    private static final Pattern ONE = Pattern.compile("/(?:stock/movements|carrier/parcels)/([A-Za-z0-9_-]{1,64})");
    private static final int MAX_BODY = 16_384;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> booked = new ConcurrentHashMap<>();
    private final Set<String> struck = ConcurrentHashMap.newKeySet();
    private final List<JsonNode> journal = new ArrayList<>();
    private final String token;
    private final long holdMillis;
    private final ScheduledExecutorService worker;
    private final ParcelRound round;

    DepotDoor(String token, long holdMillis, ScheduledExecutorService worker, ParcelRound round) {
        this.token = token;
        this.holdMillis = holdMillis;
        this.worker = worker;
        this.round = round;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher one = ONE.matcher(path);
        if (exchange.getRequestMethod().equals("GET") && path.equals("/stock/journal")) {
            answer(exchange, 200, Map.of("movements", journal()));
        } else if (!isKnown(exchange)) {
            answer(exchange, 401, Map.of("code", "unauthorized"));
        } else if (!one.matches()) {
            answer(exchange, 404, Map.of("code", "no-such-address"));
        } else if (exchange.getRequestMethod().equals("PUT")) {
            put(exchange, one.group(1));
        } else {
            get(exchange, one.group(1));
        }
    }

    private void put(HttpExchange exchange, String id) throws IOException {
        JsonNode body;
        try {
            body = json.readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
        } catch (JsonProcessingException malformed) {
            answer(exchange, 400, Map.of("code", "malformed"));
            return;
        }
        String sku = body.path("sku").asText();
        boolean isFirst = struck.add(id);
        if (isFirst && sku.startsWith("ERROR-")) {
            answer(exchange, 500, Map.of("code", "internal"));
            return;
        }
        if (isFirst && sku.startsWith("BUSY-")) {
            exchange.getResponseHeaders().add("Retry-After", "1");
            answer(exchange, 429, Map.of("code", "busy"));
            return;
        }
        JsonNode known = book(id, body);
        if (!known.equals(body)) {
            answer(exchange, 409, Map.of("code", "key-reused"));
        } else if (isFirst && sku.startsWith("CUT-")) {
            exchange.close();
        } else if (isFirst && sku.startsWith("BROKEN-")) {
            answer(exchange, 500, Map.of("code", "internal"));
        } else if (isFirst && sku.startsWith("TIMEOUT-")) {
            worker.schedule(exchange::close, holdMillis, TimeUnit.MILLISECONDS);
        } else if (isFirst && sku.startsWith("HALF-")) {
            answerHalf(exchange, Map.of("reference", reference(id)));
        } else {
            answer(exchange, 200, Map.of("reference", reference(id)));
        }
    }

    private void get(HttpExchange exchange, String id) throws IOException {
        if (booked.containsKey(id)) {
            answer(exchange, 200, Map.of("reference", reference(id)));
        } else {
            answer(exchange, 404, Map.of("code", "not-booked"));
        }
    }

    private JsonNode book(String id, JsonNode body) {
        return booked.computeIfAbsent(id, key -> {
            synchronized (journal) {
                journal.add(body);
            }
            if (body.has("buyerId")) {
                round.begin(id, reference(id), body.path("sku").asText());
            }
            return body;
        });
    }

    private List<JsonNode> journal() {
        synchronized (journal) {
            return List.copyOf(journal);
        }
    }

    private static String reference(String id) {
        return "SB" + id.replaceAll("[^A-Za-z0-9]", "").toUpperCase(java.util.Locale.ROOT);
    }

    private boolean isKnown(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private void answerHalf(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
