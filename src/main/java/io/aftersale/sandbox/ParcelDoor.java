package io.aftersale.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where somebody at a counter hands a parcel in, for demonstrations: {@code POST /control/parcels} with {@code
 * {"trackingNumber":"SF1","authorization":"RAS-..."}}; the carrier and the warehouse tell of it from then on.
 */
class ParcelDoor implements HttpHandler {
    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{3,63}");
    private static final int MAX_BODY = 4_096;

    private final ObjectMapper json = new ObjectMapper();
    private final ParcelRound round;

    ParcelDoor(ParcelRound round) {
        this.round = round;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        JsonNode body = read(exchange);
        String number = body.path("trackingNumber").asText();
        if (!exchange.getRequestMethod().equals("POST")
                || !NUMBER.matcher(number).matches()) {
            answer(exchange, 400, "{\"code\":\"malformed\"}");
            return;
        }
        round.comeBack(number, body.path("authorization").textValue());
        answer(exchange, 202, "{\"trackingNumber\":\"" + number + "\"}");
    }

    private JsonNode read(HttpExchange exchange) throws IOException {
        try {
            return json.readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
        } catch (JsonProcessingException malformed) {
            return json.missingNode();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
