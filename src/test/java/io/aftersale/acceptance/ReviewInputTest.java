package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Door;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reviews that cannot be taken, by whichever door: a clear refusal with its code, and nothing left behind. */
@RunningApp
class ReviewInputTest {
    private static final String[] TABLES = {
        "review", "review_text", "review_run", "review_event", "review_ruling", "review_fingerprint", "rating_day"
    };

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    /** The doors by which a review can come in. */
    enum Way {
        API {
            @Override
            Answer writes(Http shop, ObjectNode review) {
                return shop.post("/api/reviews", review.toString());
            }
        },
        ENGINE_START {
            @Override
            Answer writes(Http shop, ObjectNode review) {
                return shop.post("/engine-rest/process-definition/key/review/start", Door.variables(review));
            }
        },
        ENGINE_SUBMIT_FORM {
            @Override
            Answer writes(Http shop, ObjectNode review) {
                return shop.post("/engine-rest/process-definition/key/review/submit-form", Door.variables(review));
            }
        };

        abstract Answer writes(Http shop, ObjectNode review);
    }

    @ParameterizedTest
    @EnumSource
    void stars_are_whole_numbers_from_one_to_five(Way way) {
        refused(way, review -> review.put("stars", 0), 422, "stars-invalid");
        refused(way, review -> review.put("stars", 6), 422, "stars-invalid");
        refused(way, review -> review.put("stars", -5), 422, "stars-invalid");
        refused(way, review -> review.put("stars", 4.5), 400, "malformed-request");
        refused(way, review -> review.put("stars", "abc"), 400, "malformed-request");
        refused(way, review -> review.putNull("stars"), 422, "field-missing");
        refused(way, review -> review.remove("stars"), 422, "field-missing");
        refused(way, review -> review.put("stars", 3_000_000_000L), 400, "malformed-request");
    }

    @ParameterizedTest
    @EnumSource
    void words_are_at_most_five_hundred_and_without_control_characters(Way way) {
        refused(way, review -> review.put("content", "好".repeat(501)), 422, "text-invalid");
        refused(way, review -> review.put("content", "a\u0000b"), 422, "text-invalid");
        taken(way, review -> review.put("content", "好".repeat(499) + "。"));
    }

    @ParameterizedTest
    @EnumSource
    void pictures_must_be_ours(Way way) {
        refused(way, review -> review.withArray("evidence").add("EV-1"), 422, "evidence-unknown");
        refused(way, review -> review.put("evidence", "no list"), way == Way.API ? 400 : 422, null);
        refused(
                way,
                review -> {
                    for (int i = 0; i < 10; i++) {
                        review.withArray("evidence").add("EV-" + i);
                    }
                },
                422,
                "evidence-too-many");
    }

    @ParameterizedTest
    @EnumSource
    void an_order_that_is_not_there_or_not_the_buyers_is_not_found(Way way) {
        refused(way, review -> review.put("orderId", "O-none"), 404, "order-not-found");
        refused(way, review -> review.put("buyerId", "B-other"), 404, "buyer-not-found");
        refused(way, review -> review.put("lineId", "77"), 422, "line-unknown");
        refused(way, review -> review.remove("orderId"), 422, "field-missing");
        refused(way, review -> review.remove("lineId"), 422, "field-missing");
        refused(way, review -> review.remove("buyerId"), 422, "field-missing");
        refused(way, review -> review.put("mood", "good"), 400, "field-unknown");
    }

    @ParameterizedTest
    @EnumSource
    void a_review_needs_a_delivered_order_and_comes_in_time(Way way) {
        refused(way, order -> order.remove("deliveredAt"), review -> {}, 422, "order-not-completed");
        refused(way, delivered(16), review -> {}, 422, "review-window-over");
        taken(way, delivered(15), review -> {});
    }

    @ParameterizedTest
    @EnumSource
    void a_line_is_reviewed_once(Way way) {
        var bought = given.aProductBought();
        var review = Given.review(bought, 5, "很好");
        assertThat(way.writes(given.shop().http(), review).status()).isIn(200, 201);
        var before = traces();
        var again = way.writes(given.shop().http(), review);
        assertThat(again.status()).as(again.toString()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already-reviewed");
        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void a_text_like_another_buyers_goes_to_a_person_and_names_the_other_one() {
        String sku = "SKU-" + UUID.randomUUID();
        var first = given.aReview(Given.review(bought(sku, order -> {}), 5, "釉色温润，杯壁厚实，泡茶保温也好，推荐给大家"));
        var second = given.aReview(Given.review(bought(sku, order -> {}), 5, "釉色温润，杯壁厚实，泡茶保温也好，推荐给各位"));
        first.is("PUBLISHED");
        second.is("MODERATING");
        assertThat(second.sheet().at("/moderation/rule").asText()).isEqualTo("rule_alike");
        assertThat(jdbc.sql("""
                                select detail from review_finding join review_text using (text_no)
                                where review_number = ?
                                """).param(second.number()).query(String.class).list())
                .containsExactly(first.number());
        var elsewhere = given.aReview(5, "釉色温润，杯壁厚实，泡茶保温也好，推荐给朋友");
        elsewhere.is("PUBLISHED");
    }

    @Test
    void another_shop_sees_and_touches_nothing() {
        var story = given.aReview(5, "很好");
        var other = Http.as(given.port(), "shop2");
        assertThat(other.get("/api/reviews/" + story.number()).status()).isEqualTo(404);
        assertThat(other.post("/api/reviews/" + story.number() + "/reply", "{\"content\":\"hi\"}")
                        .code())
                .isEqualTo("review-not-found");
        assertThat(other.get("/api/products/" + story.sku() + "/rating")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        var foreign = Given.review(given.aProductBought(), 5, "很好").put("merchantId", "M-2");
        assertThat(given.shop().http().post("/api/reviews", foreign.toString()).code())
                .isEqualTo("foreign-merchant");
    }

    @Test
    void a_card_number_is_masked_by_our_door_and_refused_by_the_engines() {
        var story = given.aReview(5, "我的卡号 4111 1111 1111 1111 别外传");
        String masked = story.sheet().path("content").asText();
        assertThat(masked).contains("**** 1111").doesNotContain("4111 1111");
        var body = Given.review(given.aProductBought(), 5, "4111111111111111");
        var refused = Way.ENGINE_START.writes(given.shop().http(), body);
        assertThat(refused.code()).isEqualTo("card-number-not-here");
        assertThat(given.aReview(body).sheet().path("content").asText()).isEqualTo("**** 1111");
    }

    @ParameterizedTest
    @EnumSource(names = {"ENGINE_START", "ENGINE_SUBMIT_FORM"})
    void a_review_over_the_engines_rest_leaves_no_words_in_the_engine(Way way) {
        String words = "这一句话说完就不留在引擎里，第" + way.ordinal() + "扇门";
        var answer = way.writes(given.shop().http(), Given.review(given.aProductBought(), 2, words));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var story = given.theReview(answer.json().path("businessKey").asText());
        story.is("PUBLISHED");
        assertThat(story.sheet().path("content").asText()).isEqualTo(words);
        for (String table : List.of("ACT_RU_VARIABLE", "ACT_HI_VARINST", "ACT_HI_DETAIL")) {
            assertThat(jdbc.sql("select count(*) from " + table + " where TEXT_ = ?")
                            .param(words)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void an_invitation_is_answered_by_the_engines_rest_too() {
        var bought = given.aProductBought();
        var invited = given.anInvitation(bought);
        var answer = Way.ENGINE_START.writes(given.shop().http(), Given.review(bought, 3, "还行"));
        assertThat(answer.json().path("businessKey").asText()).isEqualTo(invited.number());
        invited.is("PUBLISHED").nothingNext();
        assertThat(invited.rating().path("count").asInt()).isEqualTo(1);
        assertThat(given.shop()
                        .http()
                        .post("/api/reviews/invitations", "{\"orderId\":\"" + bought.orderId() + "\",\"lineId\":\"1\"}")
                        .code())
                .isEqualTo("already-reviewed");
    }

    @Test
    void every_text_has_nine_pictures_of_its_own() {
        var body = Given.review(given.aProductBought(), 5, "照片很多");
        for (int i = 0; i < 9; i++) {
            body.withArray("evidence").add(given.aPicture());
        }
        var story = given.aReview(body);
        var another = new ArrayList<String>();
        body.path("evidence").forEach(id -> another.add(id.asText()));
        another.set(8, given.aPicture());
        story.edits("evidence", another);
        story.buyer("follow-up", "content", "又拍了两张", "evidence", List.of(given.aPicture(), given.aPicture()));
        var shown = story.is("PUBLISHED").shown().get(0);
        assertThat(shown.path("evidence")).extracting(JsonNode::asText).isEqualTo(another);
        assertThat(shown.at("/followUp/evidence")).hasSize(2);
        another.add(given.aPicture());
        assertThat(story.attemptEdit("evidence", another).code()).isEqualTo("evidence-too-many");
    }

    @Test
    void an_invitation_that_closed_before_the_window_did_keeps_nobody_from_writing() {
        var bought = given.aProductBought();
        var invited = given.anInvitation(bought).fires("Event_WindowClosed").is("NOT_RATED");
        var written = given.aReview(Given.review(bought, 4, "还不错，晚了几天才写"));
        assertThat(written.number()).isEqualTo(invited.number());
        written.is("PUBLISHED");
        assertThat(written.rating().path("meanExact").asText()).isEqualTo("4/1");
    }

    @Test
    void a_follow_up_may_come_on_day_180_and_not_on_day_181() {
        var inTime = given.aReview(5, "很好");
        publishedDaysAgo(inTime.sku(), 180);
        assertThat(inTime.attempt("follow-up", "content", "半年了").status()).isEqualTo(201);
        var late = given.aReview(5, "很好");
        publishedDaysAgo(late.sku(), 181);
        var refused = late.attempt("follow-up", "content", "半年了");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("follow-up-window-over");
        assertThat(refused.json().path("rule").asText()).isEqualTo("rule_follow_up_late");
        assertThat(late.attempt("follow-up", "content", " ").code()).isEqualTo("field-missing");
        assertThat(late.attempt("follow-up").code()).isEqualTo("field-missing");
    }

    @Test
    void flags_and_hidings_need_a_legal_reason() {
        var story = given.aReview(1, "很差");
        assertThat(story.attemptPlain("flags", "readerId", "R-1", "reason", "I_DISAGREE")
                        .code())
                .isEqualTo("field-invalid");
        assertThat(story.attemptPlain("flags", "reason", "FAKE").code()).isEqualTo("field-missing");
        var reasonless = story.attemptPlain("flags", "readerId", "R-1");
        assertThat(reasonless.code()).isEqualTo("field-missing");
        assertThat(reasonless.json().path("field").asText()).isEqualTo("reason");
        assertThat(story.by("moderator", "hiding", "reasonCode", "BAD_OPINION").code())
                .isEqualTo("field-invalid");
        assertThat(story.by("moderator", "hiding").code()).isEqualTo("field-missing");
        assertThat(story.by("reviewer", "hiding", "reasonCode", "FAKE").code()).isEqualTo("not-allowed");
        story.is("PUBLISHED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rating?from=yesterday",
                "rating?from=2026-01-02&to=2026-01-01",
                "reviews?sort=best",
                "reviews?cursor=abc"
            })
    void odd_questions_are_answered_with_a_reason(String question) {
        var answer = given.shop().http().get("/api/products/SKU-1/" + question);
        assertThat(answer.status()).as(answer.toString()).isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=PUBLISHD", "status=", "orderId=", "buyerId=%20", "sku=", "cursor=abc"})
    void a_filter_that_means_nothing_is_refused(String filter) {
        var answer = given.shop().http().get("/api/reviews?" + filter);
        assertThat(answer.code()).as(answer.toString()).isIn("field-invalid", "cursor-invalid");
    }

    @Test
    void an_unknown_product_has_no_rating() {
        var rating =
                given.shop().http().get("/api/products/NO-SUCH-THING/rating").json();
        assertThat(rating.path("count").asInt()).isZero();
        for (String field : List.of("mean", "meanExact", "variance", "sampleVariance", "bayesianMean")) {
            assertThat(rating.path(field).isNull()).as(field).isTrue();
        }
        assertThat(rating.path("wilsonLowerBound").isNull()).isTrue();
        assertThat(rating.at("/histogram/5").asInt()).isZero();
    }

    @Test
    void pages_of_reviews_do_not_overlap_in_any_order() {
        String sku = "SKU-" + UUID.randomUUID();
        for (int i = 0; i < 23; i++) {
            given.aReview(Given.review(bought(sku, order -> {}), 1 + i % 5, null));
        }
        for (String sort : List.of("newest", "oldest", "highest", "lowest")) {
            String path = "/api/products/" + sku + "/reviews?sort=" + sort;
            var first = given.shop().http().get(path).json();
            var second = given.shop()
                    .http()
                    .get(path + "&cursor=" + first.path("nextCursor").asText())
                    .json();
            var numbers = first.path("items").findValuesAsText("number");
            numbers.addAll(second.path("items").findValuesAsText("number"));
            assertThat(numbers).as(sort).hasSize(23).doesNotHaveDuplicates();
            assertThat(second.path("nextCursor").isNull()).isTrue();
        }
    }

    @Test
    void many_at_the_same_moment_are_counted_once_each() {
        String sku = "SKU-" + UUID.randomUUID();
        var reviews = new ArrayList<ObjectNode>();
        for (int i = 0; i < 25; i++) {
            var review = Given.review(bought(sku, order -> {}), 1 + i % 5, null);
            reviews.add(review);
            reviews.add(review);
        }
        var shop = given.shop().http();
        var answers = AtOnce.run(
                reviews.size(), i -> shop.post("/api/reviews", reviews.get(i).toString()));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(25);
        assertThat(answers).filteredOn(answer -> answer.status() != 201).allMatch(answer -> answer.status() == 409);
        var rating = shop.get("/api/products/" + sku + "/rating").json();
        assertThat(rating.path("count").asInt()).isEqualTo(25);
        assertThat(rating.path("meanExact").asText()).isEqualTo("3/1");
    }

    private void refused(Way way, Consumer<ObjectNode> change, int status, String code) {
        refused(way, order -> {}, change, status, code);
    }

    private void refused(Way way, Consumer<ObjectNode> order, Consumer<ObjectNode> change, int status, String code) {
        var review = Given.review(bought("SKU-" + UUID.randomUUID(), order), 5, "很好");
        change.accept(review);
        var before = traces();
        var answer = way.writes(given.shop().http(), review);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        if (code != null) {
            assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        }
        assertThat(traces()).isEqualTo(before);
    }

    private void taken(Way way, Consumer<ObjectNode> change) {
        taken(way, order -> {}, change);
    }

    private void taken(Way way, Consumer<ObjectNode> order, Consumer<ObjectNode> change) {
        var review = Given.review(bought("SKU-" + UUID.randomUUID(), order), 5, "很好");
        change.accept(review);
        var answer = way.writes(given.shop().http(), review);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
    }

    private Shop.Purchase bought(String sku, Consumer<ObjectNode> change) {
        return given.shop().sells(order -> {
            ((ObjectNode) order.path("lines").get(0)).put("sku", sku);
            change.accept(order);
        });
    }

    private Consumer<ObjectNode> delivered(int daysAgo) {
        return order -> {
            var shop = given.shop();
            order.put("placedAt", shop.ago(Duration.ofDays(daysAgo + 3L)))
                    .put("paidAt", shop.ago(Duration.ofDays(daysAgo + 3L)))
                    .put("shippedAt", shop.ago(Duration.ofDays(daysAgo + 2L)))
                    .put("deliveredAt", shop.ago(Duration.ofDays(daysAgo)));
        };
    }

    /** As if the review of this product had been published so many days ago, with the counters of that day. */
    private void publishedDaysAgo(String sku, int days) {
        LocalDate today = jdbc.sql("select published_on from review where sku = ?")
                .param(sku)
                .query(LocalDate.class)
                .single();
        jdbc.sql("update review set published_on = ? where sku = ?")
                .param(today.minusDays(days))
                .param(sku)
                .update();
        jdbc.sql("update rating_day set counted_on = ? where sku = ?")
                .param(today.minusDays(days))
                .param(sku)
                .update();
    }

    private Map<String, Long> traces() {
        var rows = new TreeMap<String, Long>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        rows.put(
                "flows",
                jdbc.sql("select count(*) from ACT_HI_PROCINST where PROC_DEF_KEY_ = 'review'")
                        .query(Long.class)
                        .single());
        return rows;
    }
}
