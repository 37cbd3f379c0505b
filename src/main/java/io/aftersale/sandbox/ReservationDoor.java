package io.aftersale.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the stock system sets aside: {@code PUT}, {@code GET} and {@code DELETE /stock/reservations/{id}}, {@code PUT
 * .../{id}/handed-out}, {@code GET /stock/reservations} for all of them, and {@code GET /stock/shelf/{sku}} for what is
 * left. Mishaps of the road are asked for by the
 * prefix of the sku as at the other door of the depot, and strike the first time only. It forgets all when it is closed.
 */
class ReservationDoor implements HttpHandler {
    private static final String ROOT = "/stock/reservations";
    private static final Pattern ONE = Pattern.compile(ROOT + "/([A-Za-z0-9_-]{1,64})(/handed-out)?");
    private static final Pattern LEFT = Pattern.compile("/stock/shelf/([^/]{1,64})");
    private static final int MAX_BODY = 16_384;

    private final ObjectMapper json = new ObjectMapper();
    private final Shelf shelf = new Shelf();
    private final Set<String> struck = ConcurrentHashMap.newKeySet();
    private final String token;
    private final long holdMillis;
    private final ScheduledExecutorService worker;

    ReservationDoor(String token, long holdMillis, ScheduledExecutorService worker) {
        this.token = token;
        this.holdMillis = holdMillis;
        this.worker = worker;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        Matcher one = ONE.matcher(path);
        Matcher left = LEFT.matcher(path);
        if (method.equals("GET") && path.equals(ROOT)) {
            answer(exchange, 200, Map.of("reservations", shelf.all()));
        } else if (!isKnown(exchange)) {
            answer(exchange, 401, Map.of("code", "unauthorized"));
        } else if (method.equals("GET") && left.matches()) {
            look(exchange, left.group(1));
        } else if (!one.matches()) {
            answer(exchange, 404, Map.of("code", "no-such-address"));
        } else if (method.equals("GET")) {
            boolean isHeld = shelf.find(one.group(1)) > 0;
            answer(exchange, isHeld ? 200 : 404, isHeld ? done(one.group(1)) : Map.of("code", "not-booked"));
        } else if (method.equals("DELETE")) {
            shelf.release(one.group(1));
            answer(exchange, 200, done(one.group(1)));
        } else {
            put(exchange, one.group(1), one.group(2) != null);
        }
    }

    private void look(HttpExchange exchange, String sku) throws IOException {
        if (sku.startsWith("ERROR-") && struck.add("shelf " + sku)) {
            answer(exchange, 500, Map.of("code", "internal"));
        } else {
            answer(exchange, 200, Map.of("free", shelf.left(sku)));
        }
    }

    private void put(HttpExchange exchange, String id, boolean isHandedOut) throws IOException {
        JsonNode body;
        try {
            body = json.readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
        } catch (JsonProcessingException malformed) {
            answer(exchange, 400, Map.of("code", "malformed"));
            return;
        }
        int quantity = body.path("quantity").asInt();
        if (isHandedOut) {
            boolean isDone = shelf.handOut(id, quantity);
            answer(exchange, isDone ? 200 : 409, isDone ? done(id) : Map.of("code", "not-reserved"));
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
        boolean isReserved = shelf.reserve(id, body.path("caseNumber").asText(), sku, quantity);
        if (isFirst && sku.startsWith("CUT-")) {
            exchange.close();
        } else if (isFirst && sku.startsWith("BROKEN-")) {
            answer(exchange, 500, Map.of("code", "internal"));
        } else if (isFirst && sku.startsWith("TIMEOUT-")) {
            worker.schedule(exchange::close, holdMillis, TimeUnit.MILLISECONDS);
        } else if (isFirst && sku.startsWith("HALF-")) {
            answerHalf(exchange, done(id));
        } else {
            answer(exchange, isReserved ? 200 : 409, isReserved ? done(id) : Map.of("code", "out-of-stock"));
        }
    }

    private static Map<String, String> done(String id) {
        return Map.of("reference", "SR" + id.replaceAll("[^A-Za-z0-9]", ""));
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
