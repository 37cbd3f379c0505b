package io.aftersale.acceptance;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Desk;
import io.aftersale.support.Door;
import io.aftersale.support.Given;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Feedback that cannot be taken, at every door: the same code each time, and nothing is left behind. */
@RunningApp
class FeedbackInputTest {
    private static final Map<String, Object> SORRY = form("decision", "ANSWERED", "answer", "抱歉");

    @LocalServerPort
    int port;

    @Autowired
    Given given;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    private Shop shop;
    private Purchase purchase;
    private int looks;

    @BeforeEach
    void open() {
        shop = given.shop();
        purchase = shop.sells();
    }

    /** What a buyer's shop may get wrong, the code it is told, and its status. */
    private record Wrong(String name, Consumer<ObjectNode> change, String code, int status) {}

    private List<Wrong> wrong() {
        var foreign = Shop.at(port, "shop2", clock).sells();
        var refund = given.aRefund();
        String caseNumber = refund.number();
        return List.of(
                new Wrong("no content", it -> it.remove("content"), "field-missing", 422),
                new Wrong("empty content", it -> it.put("content", ""), "field-missing", 422),
                new Wrong("blanks as content", it -> it.put("content", " \n\t "), "field-missing", 422),
                new Wrong("one character too many", it -> it.put("content", "好".repeat(2_001)), "text-invalid", 422),
                new Wrong("100 kB of content", it -> it.put("content", "x".repeat(100_000)), "text-invalid", 422),
                new Wrong("NUL in the content", it -> it.put("content", "a\u0000b"), "text-invalid", 422),
                new Wrong("content that is a list", it -> it.putArray("content").add(1), "malformed-request", 400),
                new Wrong("no topic", it -> it.remove("topic"), "field-missing", 422),
                new Wrong("an unknown topic", it -> it.put("topic", "WEATHER"), "field-invalid", 422),
                new Wrong("a topic in small letters", it -> it.put("topic", "delivery"), "field-invalid", 422),
                new Wrong("no buyer", it -> it.remove("buyerId"), "field-missing", 422),
                new Wrong("a buyer of 65 letters", it -> it.put("buyerId", "B".repeat(65)), "field-invalid", 422),
                new Wrong("another buyer", it -> it.put("buyerId", "B-somebody"), "buyer-not-found", 404),
                new Wrong("an unknown order", it -> it.put("orderId", "O-none"), "order-not-found", 404),
                new Wrong("an order with NUL", it -> it.put("orderId", "O\u0000"), "text-invalid", 422),
                new Wrong(
                        "another merchant's order", it -> it.put("orderId", foreign.orderId()), "order-not-found", 404),
                new Wrong("an unknown case", it -> it.put("caseNumber", "AS-2026-99999999"), "case-not-found", 404),
                new Wrong("another buyer's case", it -> it.put("caseNumber", caseNumber), "buyer-not-found", 404),
                new Wrong("an unknown invitation", it -> it.put("recoveryOf", "RV-1"), "invitation-not-found", 404),
                new Wrong("an unknown member", it -> it.put("stars", 5), "field-unknown", 400));
    }

    @TestFactory
    Stream<DynamicTest> what_is_wrong_is_said_at_every_door_and_leaves_nothing() {
        return wrong().stream()
                .flatMap(wrong -> Stream.of("api", "start", "submit-form")
                        .map(door -> DynamicTest.dynamicTest(wrong.name() + " at " + door, () -> {
                            var body = Shop.feedback(purchase);
                            wrong.change().accept(body);
                            var before = rows();
                            var answer = gives(door, body);
                            assertThat(answer.status()).as(answer.toString()).isEqualTo(wrong.status());
                            assertThat(answer.code()).isEqualTo(wrong.code());
                            assertThat(rows()).isEqualTo(before);
                        })));
    }

    @Test
    void numbers_and_flags_of_ones_own_are_refused() {
        var body = Shop.JSON.createObjectNode().put("businessKey", "FB-2026-00000001");
        body.putObject("variables");
        var answer = shop.http().post("/engine-rest/process-definition/key/feedback/start", body.toString());
        assertThat(answer.code()).isEqualTo("field-unknown");
        var rated = Shop.feedback(purchase).put("satisfaction", 1);
        assertThat(gives("start", rated).code()).isEqualTo("field-unknown");
        var merchant = Shop.feedback(purchase).put("merchantId", "M-2");
        assertThat(gives("api", merchant).code()).isEqualTo("foreign-merchant");
        assertThat(gives("start", merchant).code()).isEqualTo("field-invalid");
    }

    @Test
    void a_card_number_is_masked_at_our_door_and_refused_at_the_engines() {
        var body = Shop.feedback(purchase).put("content", "退到 4111 1111 1111 1111 谢谢");
        var taken = gives("api", body);
        assertThat(taken.json().path("content").asText()).isEqualTo("退到 **** 1111 谢谢");
        assertThat(gives("start", body).code()).isEqualTo("card-number-not-here");
        var agent = Desk.of(port, "agent");
        var answered = agent.answers(
                taken.json().path("number").asText(), form("decision", "ANSWERED", "answer", "不要发卡号 4111111111111111"));
        assertThat(answered.code()).isEqualTo("card-number-not-here");
    }

    @Test
    void all_that_is_right_is_taken_with_emoji_and_line_breaks() {
        var body = Shop.feedback(purchase).put("content", "第一行 😟\n第二行");
        body.remove("orderId");
        for (String door : List.of("api", "start", "submit-form")) {
            var answer = gives(door, body);
            assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        }
        var refund = given.aRefund();
        var aboutCase = Shop.JSON
                .createObjectNode()
                .put("buyerId", refund.sheet().path("buyerId").asText())
                .put("caseNumber", refund.number())
                .put("topic", "SERVICE")
                .put("content", "怎么还没有审核");
        assertThat(gives("api", aboutCase).json().path("orderId").asText())
                .as("the order of the case")
                .isEqualTo(refund.sheet().path("orderId").asText());
        assertThat(gives("api", aboutCase.put("orderId", purchase.orderId())).code())
                .isEqualTo("buyer-not-found");
    }

    @Test
    void satisfaction_is_a_whole_number_from_1_to_5_once() {
        var story = given.aFeedback();
        assertThat(story.attempt("satisfaction", "satisfaction", 4).code()).isEqualTo("wrong-state");
        story.at("Task_AnswerFeedback", "agent", SORRY);
        assertThat(story.attempt("satisfaction").code()).isEqualTo("field-missing");
        for (int odd : new int[] {0, 6, -1, 100}) {
            assertThat(story.attempt("satisfaction", "satisfaction", odd).code())
                    .isEqualTo("field-invalid");
        }
        for (Object odd : new Object[] {4.5, "abc", "4", true, List.of(4)}) {
            assertThat(story.attempt("satisfaction", "satisfaction", odd).status())
                    .isEqualTo(400);
        }
        assertThat(story.attempt("satisfaction", "satisfaction", 4, "remark", "x")
                        .code())
                .isEqualTo("field-unknown");
        assertThat(shop.does(story.number(), "satisfaction", Shop.by("B-other").put("satisfaction", 4))
                        .code())
                .isEqualTo("buyer-not-found");
        assertThat(Shop.at(port, "shop2", clock)
                        .does(story.number(), "satisfaction", Shop.by("B-other").put("satisfaction", 4))
                        .code())
                .isEqualTo("feedback-not-found");
        story.is("ANSWERED").buyer("satisfaction", "satisfaction", 4).is("CLOSED");
        var again = story.attempt("satisfaction", "satisfaction", 4);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already-rated");
        assertThat(again.json().path("currentStatus").asText()).isEqualTo("CLOSED");
    }

    @Test
    void foreign_and_unknown_feedback_is_not_found() {
        var story = given.aFeedback();
        var foreign = Shop.at(port, "shop2", clock).http();
        for (String number : List.of(story.number(), "FB-2026-99999999", "FB-x", "AS-2026-00000001")) {
            var answer = foreign.get("/api/feedback/" + number);
            assertThat(answer.status()).as(number).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("feedback-not-found");
        }
        assertThat(shop.http()
                        .get("/api/feedback/" + story.number() + "?buyerId=B-x")
                        .code())
                .isEqualTo("feedback-not-found");
    }

    @Test
    void an_answer_is_checked_whole() {
        var story = given.aFeedback();
        assertThat(story.refuses("agent", form())).isEqualTo("field-missing");
        assertThat(story.refusesAgain("agent", form("decision", "ANSWERED"))).isEqualTo("field-missing");
        assertThat(story.refusesAgain("agent", form("decision", "ANSWERED", "answer", "  ")))
                .isEqualTo("field-missing");
        assertThat(story.refusesAgain("agent", form("decision", "CLOSE", "answer", "x")))
                .isEqualTo("field-invalid");
        assertThat(story.refusesAgain("agent", form("decision", "FORWARD"))).isEqualTo("field-missing");
        for (String group : List.of("process-owners", "systems", "camunda-admin", "nobody", "AGENTS", "agents")) {
            assertThat(story.refusesAgain("agent", form("decision", "FORWARD", "group", group)))
                    .as(group)
                    .isEqualTo("field-invalid");
        }
        assertThat(story.refusesAgain("agent", form("decision", "ANSWERED", "answer", "x", "group", "finance")))
                .isEqualTo("field-invalid");
        assertThat(story.refusesAgain("agent", form("decision", "ANSWERED", "answer", "x".repeat(2_001))))
                .isEqualTo("text-invalid");
        assertThat(story.refusesAgain("agent", form("decision", "ANSWERED", "answer", "x", "priority", 1)))
                .isEqualTo("field-unknown");
        assertThat(Desk.of(port, "finance").tasksOf(story.number())).isEmpty();
        story.is("OPEN");
        assertThat(story.events()).containsExactly("feedback-registered");
    }

    @RepeatedTest(2)
    void twenty_answers_and_twenty_ratings_at_the_same_moment_count_once() {
        var story = given.aFeedback();
        var agent = Desk.of(port, "agent");
        String task = agent.taskOf(story.number());
        agent.claims(task);
        var answers = AtOnce.run(20, i -> Desk.of(port, "agent").completes(task, SORRY));
        assertOneWins(answers, 204);
        var ratings = AtOnce.run(20, i -> story.attempt("satisfaction", "satisfaction", 1 + i % 5));
        assertOneWins(ratings, 200);
        assertThat(story.events().stream().filter("satisfaction-given"::equals)).hasSize(1);
        assertThat(story.sheet().path("answers").findValuesAsText("step").stream()
                        .filter("ANSWER"::equals))
                .hasSize(1);
    }

    private static void assertOneWins(List<Answer> answers, int status) {
        assertThat(answers).filteredOn(answer -> answer.status() == status).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != status)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isIn(404, 409));
    }

    private Answer gives(String door, ObjectNode feedback) {
        return door.equals("api")
                ? shop.http().post("/api/feedback", feedback.toString())
                : shop.http().post("/engine-rest/process-definition/key/feedback/" + door, Door.variables(feedback));
    }

    /** How many rows there are of what a feedback would make, and how far its numbers have come but for our looking. */
    private List<Long> rows() {
        var counts = new ArrayList<Long>();
        for (String table : List.of(
                "feedback",
                "feedback_wait",
                "feedback_ruling",
                "feedback_entry",
                "ACT_HI_PROCINST where PROC_DEF_KEY_ = 'feedback'")) {
            counts.add(
                    jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        looks++;
        counts.add(jdbc.sql("select nextval('feedback_number_seq')")
                        .query(Long.class)
                        .single()
                - looks);
        return counts;
    }
}
