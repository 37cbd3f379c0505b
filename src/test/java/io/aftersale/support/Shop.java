package io.aftersale.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Http.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A shop of the demo that tells its orders and applies for its buyers, over real HTTP. What it builds is right unless a
 * test changes it; every order is a new one of a new buyer.
 */
public final class Shop {
    public static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final Clock clock;

    private Shop(Http http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** @param clock the application's own, so that orders were delivered when it thinks they were */
    public static Shop at(int port, String user, Clock clock) {
        return new Shop(Http.as(port, user), clock);
    }

    public static Shop at(int port, Clock clock) {
        return at(port, "shop", clock);
    }

    public Http http() {
        return http;
    }

    /** An order that the shop has told. */
    public record Purchase(String orderId, String buyerId, ObjectNode facts) {}

    /** Three mugs for 90.00 and 10.00 of shipping, by card, delivered two days ago. */
    public Purchase sells() {
        return sells(facts -> {});
    }

    /** The same with what a test changes of it. */
    public Purchase sells(Consumer<ObjectNode> change) {
        String orderId = "O-" + UUID.randomUUID();
        var facts = facts();
        change.accept(facts);
        var answer = tells(orderId, facts);
        if (answer.status() != 201) {
            throw new AssertionError("The order was not taken: " + answer);
        }
        return new Purchase(orderId, facts.path("buyerId").asText(), facts);
    }

    public Answer tells(String orderId, JsonNode facts) {
        return http.put("/api/orders/" + orderId, facts.toString());
    }

    public ObjectNode facts() {
        var facts = JSON.createObjectNode()
                .put("buyerId", "B-" + UUID.randomUUID())
                .put("currency", "CNY")
                .put("placedAt", ago(Duration.ofDays(5)))
                .put("paidAt", ago(Duration.ofDays(5)))
                .put("shippedAt", ago(Duration.ofDays(4)))
                .put("deliveredAt", ago(Duration.ofDays(2)))
                .put("shippingPaidMinor", 1_000);
        line(facts, "1", 3, 9_000);
        tender(facts, "CARD", 10_000);
        return facts;
    }

    public static void line(ObjectNode facts, String lineId, int quantity, long paidMinor) {
        facts.withArray("lines")
                .addObject()
                .put("lineId", lineId)
                .put("sku", "MUG-" + lineId)
                .put("title", "马克杯")
                .put("category", "home")
                .put("goodsClass", "ORDINARY")
                .put("quantity", quantity)
                .put("paidMinor", paidMinor)
                .put("warrantyMonths", 12);
    }

    public static void tender(ObjectNode facts, String method, long amountMinor) {
        facts.withArray("tenders")
                .addObject()
                .put("tenderId", "T-" + UUID.randomUUID())
                .put("method", method)
                .put("amountMinor", amountMinor);
    }

    /** One line only, of so many units for so much, without shipping. */
    public static Consumer<ObjectNode> onlyLine(int quantity, long paidMinor) {
        return facts -> {
            facts.put("shippingPaidMinor", 0).remove("lines");
            facts.remove("tenders");
            line(facts, "1", quantity, paidMinor);
            tender(facts, "CARD", paidMinor);
        };
    }

    /** Paid just now and not shipped: what the fast track is for. */
    public Consumer<ObjectNode> notShipped() {
        return facts -> facts.put("placedAt", ago(Duration.ofMinutes(10)))
                .put("paidAt", ago(Duration.ofMinutes(5)))
                .putNull("shippedAt")
                .putNull("deliveredAt");
    }

    public Consumer<ObjectNode> delivered(Duration ago) {
        return facts -> facts.put("placedAt", ago(ago.plusDays(3)))
                .put("paidAt", ago(ago.plusDays(3)))
                .put("shippedAt", ago(ago.plusDays(2)))
                .put("deliveredAt", ago(ago));
    }

    public String ago(Duration time) {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond())
                .minus(time)
                .toString();
    }

    /** A refund of so many units of the first line because they came damaged. */
    public static ObjectNode application(Purchase of, int quantity) {
        var application = JSON.createObjectNode()
                .put("kind", "REFUND")
                .put("orderId", of.orderId())
                .put("buyerId", of.buyerId())
                .put("reason", "DAMAGED")
                .put("description", "杯子碎了");
        application.withArray("lines").addObject().put("lineId", "1").put("quantity", quantity);
        return application;
    }

    /** An exchange of so many units of the first line for blue ones, because they came damaged. */
    public static ObjectNode exchange(Purchase of, int quantity) {
        var application = application(of, quantity).put("kind", "EXCHANGE").put("wantedSku", "MUG-BLUE");
        application
                .putObject("address")
                .put("name", "李梅")
                .put("phone", "13800000000")
                .put("street", "杭州市西湖区文三路9号");
        return application;
    }

    /** What the buyer says about how the order was delivered. */
    public static ObjectNode feedback(Purchase of) {
        return JSON.createObjectNode()
                .put("buyerId", of.buyerId())
                .put("orderId", of.orderId())
                .put("topic", "DELIVERY")
                .put("content", "快递放在门口，没有人通知我 😟");
    }

    /** A repair of so many units of the first line because they do not work. */
    public static ObjectNode repair(Purchase of, int quantity) {
        var application = application(of, quantity);
        application
                .put("kind", "REPAIR")
                .put("reason", "FAULTY")
                .put("description", "买来就这样")
                .put("fault", "按键失灵，无法开机");
        application
                .putObject("address")
                .put("name", "梅")
                .put("phone", "13800000000")
                .put("street", "上海市静安区1号");
        return application;
    }

    public Answer applies(JsonNode application) {
        return applies(newKey(), application.toString());
    }

    public Answer applies(String key, String application) {
        return http.send(http.request("POST", "/api/cases")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .method("POST", BodyPublishers.ofString(application)));
    }

    /** The number of the case that an application must make. */
    public String opens(JsonNode application) {
        var answer = applies(application);
        if (answer.status() != 201) {
            throw new AssertionError("The application was not taken: " + answer);
        }
        return answer.json().path("number").asText();
    }

    public JsonNode sheet(String number) {
        return http.get(place(number)).json();
    }

    /** What the buyer does next with a case, such as {@code dispute}. */
    public Answer does(String number, String step, JsonNode body) {
        return http.post(place(number) + "/" + step, body.toString());
    }

    /** Where something with this number is read. */
    private static String place(String number) {
        return switch (number.substring(0, 3)) {
            case "FB-" -> "/api/feedback/" + number;
            case "OH-" -> "/api/handlings/" + number;
            default -> "/api/cases/" + number;
        };
    }

    public static ObjectNode by(String buyerId) {
        return JSON.createObjectNode().put("buyerId", buyerId);
    }

    public static String newKey() {
        return "key-" + UUID.randomUUID();
    }
}
