package io.aftersale.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where a story begins: an order that a shop has told, and what its buyer asks for. Everything goes over real HTTP. */
@Component
public class Given {
    private final RuntimeService runtime;
    private final ManagementService management;
    private final HistoryService history;
    private final Footprints footprints;
    private final Clock clock;
    private final Environment environment;

    Given(
            RuntimeService runtime,
            ManagementService management,
            HistoryService history,
            Footprints footprints,
            Clock clock,
            Environment environment) {
        this.runtime = runtime;
        this.management = management;
        this.history = history;
        this.footprints = footprints;
        this.clock = clock;
        this.environment = environment;
    }

    public int port() {
        return environment.getRequiredProperty("local.server.port", Integer.class);
    }

    public Shop shop() {
        return Shop.at(port(), clock);
    }

    /** The stand-ins of the outside world, which say what they were told. */
    public Http sandbox() {
        return Http.stranger(environment.getRequiredProperty("aftersale.sandbox.port", Integer.class));
    }

    /** The id of a picture that the shop has uploaded. */
    public String aPicture() {
        return Pictures.upload(shop().http(), Pictures.crackedMug());
    }

    /** One of three mugs, 30.00, came damaged two days ago: a reviewer decides. */
    public Story aRefund() {
        return aRefund(order -> {}, application -> {});
    }

    /** Something for 3,000.00: two people decide. */
    public Story aLargeRefund() {
        return aRefund(Shop.onlyLine(1, 300_000), application -> {});
    }

    /** Paid a moment ago and not shipped: the fast track. */
    public Story aRefundBeforeShipping() {
        return aRefund(shop().notShipped(), application -> application.put("reason", "NOT_SHIPPED"));
    }

    /** Delivered, kept, and no longer wanted: the rules reject it. */
    public Story aRefundOfSomethingNoLongerWanted() {
        return aRefund(order -> {}, application -> application.put("reason", "NO_LONGER_WANTED"));
    }

    /** Three mugs for 90.00 go back because the buyer does not want them any more: approved by rule. */
    public Story aReturn() {
        return aReturn(order -> {}, 3, application -> {});
    }

    public Story aReturn(Consumer<ObjectNode> order, int quantity, Consumer<ObjectNode> application) {
        var shop = shop();
        var purchase = shop.sells(order);
        var asked = Shop.application(purchase, quantity);
        asked.put("kind", "RETURN").put("reason", "NO_LONGER_WANTED");
        application.accept(asked);
        return new Story(
                shop, shop.opens(asked), purchase.buyerId(), port(), clock, runtime, management, history, footprints);
    }

    /** Three mugs for 90.00 came damaged; so many of them are to be exchanged for blue ones. A reviewer decides. */
    public Story anExchange(int quantity) {
        return anExchange(order -> {}, quantity, application -> {});
    }

    public Story anExchange(Consumer<ObjectNode> order, int quantity, Consumer<ObjectNode> application) {
        var shop = shop();
        var purchase = shop.sells(order);
        var asked = Shop.exchange(purchase, quantity);
        application.accept(asked);
        return new Story(
                shop, shop.opens(asked), purchase.buyerId(), port(), clock, runtime, management, history, footprints);
    }

    /** The carrier, which tells us where parcels are. */
    public Sender carrier() {
        return senderTo("/api/callbacks/carriers");
    }

    /** The warehouse, which tells us what has come in. */
    public Sender warehouse() {
        return senderTo("/api/callbacks/warehouse");
    }

    /** Whoever sends events to this address. */
    public Sender senderTo(String path) {
        String secret = switch (path) {
            case "/api/callbacks/carriers" -> "aftersale.logistics.carrier-secret";
            case "/api/callbacks/warehouse" -> "aftersale.logistics.warehouse-secret";
            default -> "aftersale.payments.callback-secret";
        };
        return new Sender(port(), path, environment.getRequiredProperty(secret));
    }

    /** A buyer of three mugs says that nobody told them of the delivery: an agent answers. */
    public Story aFeedback() {
        return aFeedback(feedback -> {});
    }

    public Story aFeedback(Consumer<ObjectNode> change) {
        var shop = shop();
        var purchase = shop.sells();
        var feedback = Shop.feedback(purchase);
        change.accept(feedback);
        var answer = shop.http().post("/api/feedback", feedback.toString());
        if (answer.status() != 201) {
            throw new AssertionError("The feedback was not taken: " + answer);
        }
        return storyOf(answer.json().path("number").asText(), purchase.buyerId());
    }

    /** The story of something that has begun already. */
    public Story storyOf(String number, String buyerId) {
        return new Story(shop(), number, buyerId, port(), clock, runtime, management, history, footprints);
    }

    /** One of three mugs has a fault within its warranty: approved by rule. */
    public Story aRepair() {
        return aRepair(order -> {}, application -> {});
    }

    public Story aRepair(Consumer<ObjectNode> order, Consumer<ObjectNode> application) {
        var shop = shop();
        return aRepair(shop, shop.sells(order), application);
    }

    /** The same of something that was bought before. */
    public Story aRepair(Shop shop, Shop.Purchase purchase, Consumer<ObjectNode> application) {
        var asked = Shop.repair(purchase, 1);
        application.accept(asked);
        return new Story(
                shop, shop.opens(asked), purchase.buyerId(), port(), clock, runtime, management, history, footprints);
    }

    public Story aRefund(Consumer<ObjectNode> order, Consumer<ObjectNode> application) {
        var shop = shop();
        var purchase = shop.sells(order);
        var asked = Shop.application(purchase, 1);
        application.accept(asked);
        return new Story(
                shop, shop.opens(asked), purchase.buyerId(), port(), clock, runtime, management, history, footprints);
    }

    /** An order line of a product of its own that was delivered two days ago. */
    public Shop.Purchase aProductBought() {
        return shop().sells(order -> ((ObjectNode) order.path("lines").get(0)).put("sku", "SKU-" + UUID.randomUUID()));
    }

    public static ObjectNode review(Shop.Purchase of, int stars, String content) {
        return Shop.by(of.buyerId())
                .put("orderId", of.orderId())
                .put("lineId", "1")
                .put("stars", stars)
                .put("content", content);
    }

    /** A review of such a line, as its buyer wrote it. */
    public ReviewStory aReview(int stars, String content) {
        return aReview(review(aProductBought(), stars, content));
    }

    public ReviewStory aReview(ObjectNode body) {
        return reviewOf("/api/reviews", body);
    }

    /** The shop asks the buyer of such a line for a review. */
    public ReviewStory anInvitation(Shop.Purchase of) {
        return reviewOf(
                "/api/reviews/invitations",
                Shop.JSON.createObjectNode().put("orderId", of.orderId()).put("lineId", "1"));
    }

    /** A review that came in by another door. */
    public ReviewStory theReview(String number) {
        return new ReviewStory(shop(), number, port(), clock, runtime, management, history, footprints);
    }

    private ReviewStory reviewOf(String path, ObjectNode body) {
        var answer = shop().http().post(path, body.toString());
        if (answer.status() != 201) {
            throw new AssertionError("The review was not taken: " + answer);
        }
        return theReview(answer.json().path("number").asText());
    }
}
