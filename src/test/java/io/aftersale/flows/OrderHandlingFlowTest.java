package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import io.aftersale.support.Story;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way through {@code order-handling.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrderHandlingFlowTest {
    private static final String AUDIT = "Task_AuditApplication";

    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    JdbcClient jdbc;

    private Shop shop;
    private Purchase purchase;

    @Test
    void all_parts_run_by_their_own_flows_and_show_on_one_sheet() {
        buy();
        var whole = accept(handling(application(), review(5), feedback()));
        assertThat(whole.number()).matches("OH-\\d{4}-\\d{8}");
        var refund = part(whole, "afterSale");
        var review = part(whole, "review");
        var feedback = part(whole, "feedback");
        assertThat(Stream.of(refund, review, feedback)
                        .map(story -> story.number().substring(0, 3)))
                .containsExactly("AS-", "RV-", "FB-");
        whole.is("OPEN");
        assertThat(statuses(whole)).containsExactly("AUDITING", "PUBLISHED", "OPEN");
        assertThat(whole.sheet().at("/review/stars").asInt()).isEqualTo(5);
        assertThat(whole.sheet().at("/afterSale/number").asText()).isEqualTo(refund.number());
        assertThat(whole.sheet().at("/feedback/topic").asText()).isEqualTo("DELIVERY");

        refund.at(AUDIT, "reviewer", form("decision", "APPROVE")).becomes("COMPLETED");
        whole.is("OPEN");
        feedback.at("Task_AnswerFeedback", "agent", form("decision", "ANSWERED", "answer", "谢谢反馈"))
                .buyer("satisfaction", "satisfaction", 4)
                .is("CLOSED");
        whole.is("CLOSED").outcome("HANDLED").endedAt("EndEvent_Handled");
        assertThat(statuses(whole)).containsExactly("COMPLETED", "PUBLISHED", "CLOSED");
        assertThat(whole.sheet().path("closedAt").isNull()).isFalse();
    }

    @Test
    void any_kind_of_after_sale_alone() {
        for (String kind : List.of("REFUND", "RETURN", "EXCHANGE", "REPAIR")) {
            buy();
            var asked = switch (kind) {
                case "EXCHANGE" -> Shop.exchange(purchase, 1);
                case "REPAIR" -> Shop.repair(purchase, 1);
                default -> application().put("kind", kind);
            };
            var whole = accept(handling(asked, null, null));
            var story = part(whole, "afterSale");
            assertThat(story.sheet().path("kind").asText()).isEqualTo(kind);
            story.buyer("withdrawal").is("WITHDRAWN");
            whole.is("CLOSED").endedAt("EndEvent_Handled");
            assertThat(whole.sheet().path("feedback").isNull()).isTrue();
        }
    }

    @Test
    void a_feedback_alone_over_the_door_of_the_engine() {
        buy();
        var variables = Shop.JSON.createObjectNode();
        variables
                .putObject("variables")
                .putObject("feedback")
                .put("type", "Json")
                .put("value", feedback().put("orderId", purchase.orderId()).toString());
        for (String door : List.of("start", "submit-form")) {
            var started = shop.http()
                    .post("/engine-rest/process-definition/key/order-handling/" + door, variables.toString());
            assertThat(started.status()).as(started.toString()).isEqualTo(200);
            var whole = tell(given.storyOf(started.json().path("businessKey").asText(), purchase.buyerId()));
            part(whole, "feedback").is("OPEN");
            assertThat(whole.sheet().path("orderId").asText()).isEqualTo(purchase.orderId());
        }
    }

    @Test
    void a_review_that_the_buyer_was_invited_to_write_keeps_its_number() {
        buy();
        var invited = given.anInvitation(purchase);
        var whole = accept(handling(null, review(4), null));
        assertThat(part(whole, "review").number()).isEqualTo(invited.number());
        whole.is("CLOSED").endedAt("EndEvent_Handled");
    }

    @Test
    void a_review_that_is_moderated_keeps_the_whole_open_and_later_ones_do_not() {
        buy();
        var review = review(4).put("content", "质量不错，有问题可以打我电话13812345678一起讨论");
        var whole = accept(handling(null, review, null));
        whole.is("OPEN");
        var story = given.theReview(part(whole, "review").number());
        story.moderated("moderator", "decision", "PUBLISH", "remark", "fine");
        whole.is("CLOSED");
        assertThat(shop.http()
                        .post("/api/reviews/" + story.number() + "/follow-up", story.body("content", "用了一周，很好"))
                        .status())
                .isBetween(200, 201);
        whole.is("CLOSED");
    }

    @Test
    void a_low_review_offers_its_buyer_once_to_say_more_in_private() {
        buy();
        var whole = accept(handling(null, review(2), null));
        String number = part(whole, "review").number();
        String query = "/api/feedback/invitations?buyerId=" + purchase.buyerId();
        var offered = shop.http().get(query).json();
        assertThat(offered.findValuesAsText("subject")).containsExactly(number);
        assertThat(offered.findValuesAsText("reason")).containsExactly("LOW_REVIEW");
        assertThat(jdbc.sql("select count(*) from feedback where buyer_id = ?")
                        .param(purchase.buyerId())
                        .query(Long.class)
                        .single())
                .as("nothing begins by itself")
                .isZero();
        var recovery = feedback().put("recoveryOf", number);
        var taken = shop.http().post("/api/feedback", recovery.toString());
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.json().path("recoveryOf").asText()).isEqualTo(number);
        assertThat(shop.http().get(query).json()).isEmpty();
        assertThat(shop.http().post("/api/feedback", recovery.toString()).code())
                .isEqualTo("already-rated");
        buy();
        accept(handling(null, review(3), null));
        assertThat(shop.http()
                        .get("/api/feedback/invitations?buyerId=" + purchase.buyerId())
                        .json())
                .isEmpty();
    }

    @Test
    void the_same_key_and_body_again_are_answered_the_same_and_make_nothing_new() {
        buy();
        var body = handling(application(), review(4), feedback());
        ((ObjectNode) body.path("afterSale"))
                .putObject("payTo")
                .put("method", "BANK_CARD")
                .put("cardNumber", "6222021234567890128")
                .put("holder", "张三")
                .put("bank", "ICBC");
        String key = "handling-" + purchase.orderId();
        var answers = AtOnce.run(6, i -> handles(key, body));
        var again = handles(key, body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 201)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.json()).isEqualTo(again.json()));
        assertThat(jdbc.sql("select count(*) from handling where order_id = ?")
                        .param(purchase.orderId())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        var other = handling(application(), null, null);
        assertThat(handles(key, other).code()).isEqualTo("idempotency-key-reused");
        assertThat(handles("k".repeat(201), other).code()).isEqualTo("idempotency-key-invalid");
    }

    @Test
    void nothing_but_small_facts_is_left_in_the_engine() {
        buy();
        var whole = accept(handling(application().put("description", "secret words"), review(4), feedback()));
        String instance = whole.processInstances().get(0);
        assertThat(jdbc.sql("select distinct NAME_ from ACT_RU_VARIABLE where PROC_INST_ID_ = ?")
                        .param(instance)
                        .query(String.class)
                        .list())
                .isSubsetOf(
                        "afterSaleFlow",
                        "afterSaleNumber",
                        "feedbackNumber",
                        "reviewNumber",
                        "withReview",
                        "withFeedback");
        assertThat(jdbc.sql("select count(*) from ACT_HI_VARINST where PROC_INST_ID_ = ?")
                        .param(instance)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        var instances = told.stream()
                .flatMap(story -> story.processInstances().stream())
                .toList();
        assertThat(footprints.missing(Path.of("bpmn/order-handling.bpmn"), instances))
                .isEmpty();
    }

    private void buy() {
        shop = given.shop();
        purchase = given.aProductBought();
    }

    private ObjectNode application() {
        var application = Shop.application(purchase, 1);
        application.remove("orderId");
        return application;
    }

    private ObjectNode feedback() {
        var feedback = Shop.feedback(purchase);
        feedback.remove("orderId");
        return feedback;
    }

    private ObjectNode review(int stars) {
        var review = Given.review(purchase, stars, "杯子很厚实，釉色均匀");
        review.remove("orderId");
        return review;
    }

    private static ObjectNode handling(JsonNode afterSale, JsonNode review, JsonNode feedback) {
        var body = Shop.JSON.createObjectNode();
        if (afterSale != null) {
            body.set("afterSale", afterSale);
        }
        if (review != null) {
            body.set("review", review);
        }
        if (feedback != null) {
            body.set("feedback", feedback);
        }
        return body;
    }

    private Story accept(ObjectNode body) {
        Http.Answer answer = shop.http().post("/api/orders/" + purchase.orderId() + "/handling", body.toString());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        String number = answer.json().path("number").asText();
        assertThat(answer.header("Location")).isEqualTo("/api/handlings/" + number);
        return tell(given.storyOf(number, purchase.buyerId()));
    }

    private Http.Answer handles(String key, ObjectNode body) {
        return shop.http()
                .send(shop.http()
                        .request("POST", "/api/orders/" + purchase.orderId() + "/handling")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    private Story part(Story whole, String part) {
        for (JsonNode view : whole.sheet().path("parts")) {
            if (view.path("part").asText().equals(part)) {
                return given.storyOf(view.path("number").asText(), purchase.buyerId());
            }
        }
        throw new AssertionError("There is no " + part + " in " + whole.sheet());
    }

    private static List<String> statuses(Story whole) {
        return whole.sheet().path("parts").findValuesAsText("status");
    }

    private Story tell(Story story) {
        told.add(story);
        return story;
    }
}
