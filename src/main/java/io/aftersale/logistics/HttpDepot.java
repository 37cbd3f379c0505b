package io.aftersale.logistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Speaks with the stock system, the warehouse and the carrier over HTTP: a thing is put under its id, so that putting it
 * again changes nothing, and asked for under the same id. One deadline covers the whole answer. It never decides what is
 * moved.
 */
class HttpDepot implements Stock, Warehouse, Carrier {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final LogisticsSettings settings;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;

    HttpDepot(LogisticsSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.deadline())
                .build();
    }

    @Override
    public String putAway(Movement movement) {
        return put(shelved(movement), body(movement));
    }

    @Override
    public Optional<String> findPutAway(Movement movement) {
        return get(shelved(movement));
    }

    @Override
    public boolean isInStock(String merchantId, String sku, int quantity) {
        var address = URI.create(settings.stockUrl() + "/shelf/" + URLEncoder.encode(sku, StandardCharsets.UTF_8)
                + "?merchantId=" + URLEncoder.encode(merchantId, StandardCharsets.UTF_8));
        var answer = ask(to(address).GET());
        JsonNode free = read(answer).path("free");
        if (answer.statusCode() != 200 || !free.isIntegralNumber()) {
            throw new OutsideTroubleException(address.getPath() + " was answered with " + answer.statusCode());
        }
        return free.longValue() >= quantity;
    }

    @Override
    public String send(Movement movement, String buyerId) {
        return put(parcel(movement), body(movement).put("buyerId", buyerId));
    }

    @Override
    public Optional<String> findSent(Movement movement) {
        return get(parcel(movement));
    }

    @Override
    public boolean reserve(Reservation it) {
        var address = reservation(it.id());
        var body = json.createObjectNode()
                .put("merchantId", it.merchantId())
                .put("caseNumber", it.caseNumber())
                .put("sku", it.sku())
                .put("quantity", it.quantity());
        var answer = ask(putting(address, body));
        if (answer.statusCode() == 409
                && "out-of-stock".equals(read(answer).path("code").textValue())) {
            return false;
        }
        requireDone(address, answer);
        return true;
    }

    @Override
    public boolean isReserved(String reservationId) {
        return get(reservation(reservationId)).isPresent();
    }

    @Override
    public void handOut(String reservationId, int quantity) {
        var address = URI.create(reservation(reservationId) + "/handed-out");
        requireDone(address, ask(putting(address, json.createObjectNode().put("quantity", quantity))));
    }

    @Override
    public void release(String reservationId) {
        var address = reservation(reservationId);
        requireDone(address, ask(to(address).DELETE()));
    }

    private URI reservation(String id) {
        return URI.create(settings.stockUrl() + "/reservations/" + id);
    }

    private URI shelved(Movement movement) {
        return URI.create(settings.warehouseUrl() + "/movements/" + movement.id());
    }

    private URI parcel(Movement movement) {
        return URI.create(settings.carrierUrl() + "/parcels/" + movement.id());
    }

    private ObjectNode body(Movement movement) {
        var body = json.createObjectNode()
                .put("merchantId", movement.merchantId())
                .put("caseNumber", movement.caseNumber())
                .put("sku", movement.sku())
                .put("purpose", movement.purpose())
                .put("quantity", movement.quantity());
        return movement.address() == null ? body : body.put("address", movement.address());
    }

    private String put(URI address, ObjectNode body) {
        var answer = ask(putting(address, body));
        requireDone(address, answer);
        return reference(address, answer);
    }

    private HttpRequest.Builder putting(URI address, ObjectNode body) {
        return to(address).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body.toString()));
    }

    private static void requireDone(URI address, HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new OutsideTroubleException(address.getPath() + " was answered with " + answer.statusCode());
        }
    }

    private Optional<String> get(URI address) {
        var answer = ask(to(address).GET());
        // A 404 of a proxy says nothing; only their own word does.
        if (answer.statusCode() == 404
                && "not-booked".equals(read(answer).path("code").textValue())) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new OutsideTroubleException(address.getPath() + " was answered with " + answer.statusCode());
        }
        return Optional.of(reference(address, answer));
    }

    private String reference(URI address, HttpResponse<byte[]> answer) {
        String reference = read(answer).path("reference").textValue();
        if (reference == null || !REFERENCE.matcher(reference).matches()) {
            throw new OutsideTroubleException("The answer of " + address.getPath() + " cannot be read");
        }
        return reference;
    }

    private JsonNode read(HttpResponse<byte[]> answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException malformed) {
            return json.missingNode();
        }
    }

    private HttpRequest.Builder to(URI address) {
        return HttpRequest.newBuilder(address)
                .timeout(settings.deadline())
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + settings.token());
    }

    private HttpResponse<byte[]> ask(HttpRequest.Builder request) {
        // The client's own time limit ends with the head of an answer; this one also covers its body.
        var exchange = http.sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            return exchange.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw new OutsideTroubleException("No answer within " + settings.deadline());
        } catch (ExecutionException broken) {
            throw new OutsideTroubleException(
                    "The connection failed: " + broken.getCause().getClass().getSimpleName());
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new OutsideTroubleException("Interrupted while waiting for an answer");
        }
    }
}
