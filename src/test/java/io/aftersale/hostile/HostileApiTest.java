package io.aftersale.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.hostile.DescribedCalls.Call;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hostile texts and numbers in every field, parameter and part of an address that the description of our REST has, one at
 * a time in a call that is right otherwise: refused with a code, or kept to the letter, and never a failure of ours.
 */
@RunningApp
class HostileApiTest {
    private static final String GOOD = "杯子很厚实，釉色均匀";

    /** What these calls are told they answer or look up, and keep nothing of. */
    private static final List<String> KEEPING_NOTHING = List.of("POST /api/cases/preview");

    /** Kept, but sealed. */
    private static final List<String> SEALED = List.of("/holder", "/bank", "/payTo/holder", "/payTo/bank");

    @Autowired
    private Given given;

    @Autowired
    private JdbcClient jdbc;

    private final Kept kept = new Kept();

    /** The surroundings in which a call is right: what its address and its body are about. */
    private record Scene(Map<String, String> names, String orderId, String buyerId) {}

    @TestFactory
    Stream<DynamicTest> in_every_field_of_every_body() {
        return Stream.concat(
                calls().filter(call -> !call.places().isEmpty())
                        .map(call -> dynamicTest(call.toString(), () -> inEveryField(call))),
                Stream.of(dynamicTest(
                        "what was taken is kept to the letter", () -> kept.assertToTheLetter(jdbc, this::mayBeGone))));
    }

    private void inEveryField(Call call) {
        Scene scene = scene(call);
        for (String place : call.places()) {
            for (Hostile hostile : Hostile.values()) {
                String mark = kept.newMark();
                String body = hostile.in(bodyFor(call, scene), place, mark);
                var answer = send(call, path(call, scene), body);
                String where = call + " " + place + " " + hostile;
                check(answer, hostile, where);
                if (answer.status() < 300) {
                    if (hostile.mayBeKept()) {
                        kept.took(mark, where);
                    }
                    scene = scene(call);
                }
            }
        }
    }

    private boolean mayBeGone(String where) {
        return KEEPING_NOTHING.stream().anyMatch(where::startsWith)
                || SEALED.stream().anyMatch(place -> where.contains(" " + place + " "));
    }

    @TestFactory
    Stream<DynamicTest> in_every_parameter_and_every_part_of_an_address() {
        return calls().filter(call -> !call.isMultipart())
                .map(call -> dynamicTest(call.toString(), () -> {
                    Scene scene = scene(call);
                    for (Hostile hostile : Hostile.values()) {
                        String odd = hostile.inAddress("odd");
                        for (String name : scene.names().keySet()) {
                            if (call.path().contains("{" + name + "}")) {
                                String path = path(call, with(scene, name, odd));
                                notOurs(send(call, path, bodyOf(call, scene)), call + " {" + name + "} " + hostile);
                            }
                        }
                        for (String name : call.query()) {
                            String path = path(call, scene) + "?" + name + "=" + odd;
                            notOurs(send(call, path, bodyOf(call, scene)), call + " ?" + name + "= " + hostile);
                        }
                    }
                }));
    }

    private Stream<Call> calls() {
        return new DescribedCalls(given.shop().http().get("/v3/api-docs").json()).all().stream();
    }

    private static void check(Answer answer, Hostile hostile, String where) {
        notOurs(answer, where);
        // An event that means nothing is kept for people to look at, as it came.
        if (!hostile.mayBeKept() && !where.contains("/api/callbacks/")) {
            assertThat(answer.status())
                    .as(where + " must be refused: " + answer)
                    .isBetween(400, 499);
        }
    }

    /** Whatever is asked, it is answered, or refused with a code of ours. */
    private static void notOurs(Answer answer, String where) {
        assertThat(answer.status()).as(where + ": " + answer).isBetween(200, 499);
        if (answer.status() >= 400) {
            assertThat(answer.code()).as(where + ": " + answer).isNotBlank().isNotEqualTo("internal-error");
        }
        assertThat(answer.text()).as(where).doesNotContain("1337");
    }

    private Answer send(Call call, String path, String body) {
        if (path.startsWith("/api/callbacks/")) {
            return given.senderTo(path).says(body == null ? "{}" : body);
        }
        var http = Http.as(given.port(), whoMay(call));
        var request = http.request(call.method(), path).header("Idempotency-Key", Shop.newKey());
        if (body != null) {
            request.header("Content-Type", "application/json").method(call.method(), BodyPublishers.ofString(body));
        }
        return http.send(request);
    }

    private static String whoMay(Call call) {
        String path = call.path();
        if (path.startsWith("/api/rules") || path.startsWith("/api/flows")) {
            return "owner";
        }
        if (path.endsWith("/extension")) {
            return "supervisor";
        }
        if (path.endsWith("/hiding") || path.endsWith("/restoration")) {
            return "moderator";
        }
        if (path.startsWith("/api/operations")) {
            return "admin";
        }
        return path.startsWith("/api/parcels") || path.endsWith("/pictures") ? "warehouse" : "shop";
    }

    private String bodyOf(Call call, Scene scene) {
        return call.example() == null ? null : bodyFor(call, scene).toString();
    }

    private static JsonNode bodyFor(Call call, Scene scene) {
        String text = call.example()
                .toString()
                .replace("\"O-1\"", '"' + scene.orderId() + '"')
                .replace("\"B-1\"", '"' + scene.buyerId() + '"')
                .replace("\"EV-1\"", "")
                .replace("\"E-1\"", "\"E-" + UUID.randomUUID() + '"')
                .replace("\"C-1\"", "\"C-" + UUID.randomUUID() + '"')
                .replace("\"W-1\"", "\"W-" + UUID.randomUUID() + '"');
        try {
            return Shop.JSON.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(text, impossible);
        }
    }

    private static String path(Call call, Scene scene) {
        String path = call.path();
        for (var name : scene.names().entrySet()) {
            path = path.replace("{" + name.getKey() + "}", name.getValue());
        }
        return path;
    }

    private static Scene with(Scene scene, String name, String value) {
        var names = new TreeMap<>(scene.names());
        names.put(name, value);
        return new Scene(names, scene.orderId(), scene.buyerId());
    }

    /** An order nobody applied for yet, and where the address names a case, a review or a feedback, one that waits for just this. */
    private Scene scene(Call call) {
        String path = call.path();
        if (path.startsWith("/api/cases/{number}")) {
            var story = path.endsWith("/dispute") || path.endsWith("/amendment")
                    ? given.aRefundOfSomethingNoLongerWanted()
                    : path.endsWith("/shipment") || path.endsWith("/conversion") ? given.aReturn() : given.aRefund();
            return sceneOf(story.number(), story.sheet());
        }
        if (path.startsWith("/api/reviews/{number}")) {
            var review = given.aReview(5, GOOD);
            return sceneOf(review.number(), review.sheet());
        }
        if (path.startsWith("/api/feedback/{number}")) {
            var story = given.aFeedback();
            return sceneOf(story.number(), story.sheet());
        }
        if (path.equals("/api/orders/{orderId}")) {
            String orderId = "O-" + UUID.randomUUID();
            return scene("AS-2026-00000001", orderId, "B-1");
        }
        var purchase = given.aProductBought();
        return scene("AS-2026-00000001", purchase.orderId(), purchase.buyerId());
    }

    private static Scene sceneOf(String number, JsonNode sheet) {
        return scene(
                number, sheet.path("orderId").asText(), sheet.path("buyerId").asText());
    }

    private static Scene scene(String number, String orderId, String buyerId) {
        return new Scene(
                Map.of(
                        "number", number,
                        "orderId", orderId,
                        "sku", "MUG-1",
                        "id", "EV-1",
                        "table", "eligibility",
                        "key", "refund",
                        "version", "1",
                        "batchId", "none"),
                orderId,
                buyerId);
    }
}
