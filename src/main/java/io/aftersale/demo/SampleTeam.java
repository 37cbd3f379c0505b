package io.aftersale.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Everybody who does something in the demo, on one running application. */
class SampleTeam {
    private static final int MOST_LOOKS = 50;
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(100);

    private final HttpClient http;
    private final ObjectMapper json;
    private final URI base;

    SampleTeam(HttpClient http, ObjectMapper json, URI base) {
        this.http = http;
        this.json = json;
        this.base = base;
    }

    private SampleUser user(String name) {
        return new SampleUser(http, json, base, name);
    }

    boolean knows(SampleOrder order) {
        return user(order.shop()).has("/api/orders/" + order.orderId());
    }

    void tell(SampleOrder order, Instant now) {
        if (!knows(order)) {
            user(order.shop()).put("/api/orders/" + order.orderId(), order.factsAt(now));
        }
    }

    void play(SampleCase sample) {
        var shop = user(sample.shop());
        JsonNode known = shop.get("/api/cases?orderId=" + sample.orderId()).path("items");
        String number = (known.isEmpty() ? apply(shop, sample) : known.get(0))
                .path("number")
                .asText();
        carryOut(sample.steps(), "/api/cases/", number, shop);
    }

    void play(SampleFeedback sample) {
        var shop = user(sample.shop());
        String number =
                shop.post("/api/feedback", sample.feedback()).path("number").asText();
        carryOut(sample.steps(), "/api/feedback/", number, shop);
    }

    private void carryOut(List<SampleStep> steps, String place, String number, SampleUser shop) {
        for (SampleStep step : steps) {
            if (awaitNext(shop, place + number).equals(step.at())) {
                carryOut(step, place, number, shop);
            }
        }
    }

    /** Writes a review that is not there yet. */
    void write(SampleReview sample) {
        var shop = user(sample.shop());
        String lineId = sample.review().path("lineId").asText();
        for (JsonNode known : shop.get("/api/reviews?orderId="
                        + sample.review().path("orderId").asText())
                .path("items")) {
            if (known.path("lineId").asText().equals(lineId)) {
                return;
            }
        }
        String number =
                shop.post("/api/reviews", sample.review()).path("number").asText();
        sample.then().forEach(next -> shop.post("/api/reviews/" + number + "/" + next.call(), next.body()));
    }

    /** The next step of a case, once what runs in the background has brought it to one; empty when it is closed. */
    private static String awaitNext(SampleUser shop, String sheetAt) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            JsonNode sheet = shop.get(sheetAt);
            String next = sheet.at("/next/0/action").asText();
            if (!next.isEmpty() || !sheet.path("closedAt").isNull()) {
                return next;
            }
            LockSupport.parkNanos(LOOK_AGAIN_AFTER.toNanos());
        }
        return "";
    }

    private JsonNode apply(SampleUser shop, SampleCase sample) {
        ObjectNode application = sample.application().deepCopy();
        if (!sample.pictures().isEmpty()) {
            var evidence = application.putArray("evidence");
            for (SamplePicture picture : sample.pictures()) {
                evidence.add(shop.upload("/api/evidence", picture.png()).path("id"));
            }
        }
        return shop.post("/api/cases", application, Map.of("Idempotency-Key", "sample-" + sample.orderId()));
    }

    private void carryOut(SampleStep step, String place, String number, SampleUser shop) {
        if (step.call() != null) {
            shop.post(place + number + "/" + step.call(), step.body());
            return;
        }
        var person = user(step.as());
        String task = person.get("/engine-rest/task?maxResults=1&processInstanceBusinessKey=" + number
                        + "&taskDefinitionKey=" + step.at())
                .at("/0/id")
                .asText();
        person.post("/engine-rest/task/" + task + "/claim", Map.of("userId", step.as()));
        person.post("/engine-rest/task/" + task + "/complete", Map.of("variables", variables(step.answer())));
    }

    private ObjectNode variables(JsonNode answer) {
        ObjectNode variables = json.createObjectNode();
        answer.properties().forEach(field -> {
            JsonNode value = field.getValue();
            var variable = variables.putObject(field.getKey());
            if (value.isContainerNode()) {
                variable.put("type", "Json").put("value", value.toString());
            } else {
                variable.set("value", value);
            }
        });
        return variables;
    }
}
