package io.aftersale.insight;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Desk;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What stands behind a task, over real HTTP: for those who see the task, with what helps to decide, and for nobody else. */
@RunningApp
class TaskStoryTest {
    private static final String AUDIT = "Task_AuditApplication";

    @Autowired
    Given given;

    @Autowired
    IdentityService identities;

    @Test
    void a_reviewer_reads_the_case_with_its_pictures_its_remarks_and_all_that_happened() {
        var picture = given.aPicture();
        var story = given.aRefund(
                order -> {}, application -> application.withArray("evidence").add(picture));
        story.at(AUDIT, "reviewer", form("decision", "ASK_EVIDENCE", "remark", "the crack cannot be seen 看不清"));
        story.buyer("evidence", "evidence", List.of(given.aPicture())).is("AUDITING");

        var told = read("reviewer", story.number());

        assertThat(told.path("number").asText()).isEqualTo(story.number());
        assertThat(told.at("/afterSale/status").asText()).isEqualTo("AUDITING");
        assertThat(told.at("/afterSale/next/0/action").asText()).isEqualTo(AUDIT);
        assertThat(told.at("/articles/0/title").asText()).isEqualTo("马克杯");
        assertThat(told.path("pictures")).hasSize(2);
        assertThat(told.at("/pictures/0").asText()).isEqualTo(picture);
        assertThat(told.path("timeline").findValuesAsText("event"))
                .startsWith("application-registered")
                .contains("evidence-requested", "evidence-added", "audit-resumed");
        assertThat(told.path("timeline").toString()).contains("the crack cannot be seen 看不清");
        assertThat(story.sheet().toString()).as("what the shop reads").doesNotContain("the crack cannot be seen");
    }

    @Test
    void cases_of_the_same_article_come_first_then_those_of_its_category_each_with_its_end() {
        String sku = "KETTLE-" + UUID.randomUUID();
        String category = "kettles-" + UUID.randomUUID();
        var related = rejected(given.aRefund(article("POT-" + sku, category), application -> {}));
        var same = approved(given.aRefund(article(sku, category), application -> {}), 2_500);
        var otherReason = approved(
                given.aRefund(article(sku, category), application -> application.put("reason", "FAULTY")), 3_000);
        var newest = approved(given.aRefund(article(sku, category), application -> {}), 3_000);
        var stillOpen = given.aRefund(article(sku, category), application -> {});
        var otherShelf = approved(given.aRefund(article("CUP-" + sku, "cups-" + category), application -> {}), 3_000);

        var alike = read(
                        "reviewer",
                        given.aRefund(article(sku, category), application -> {}).number())
                .path("casesAlike");

        assertThat(alike.findValuesAsText("number"))
                .containsExactly(newest.number(), same.number(), related.number())
                .doesNotContain(otherReason.number(), stillOpen.number(), otherShelf.number());
        assertThat(alike.findValuesAsText("sameArticle")).containsExactly("true", "true", "false");
        assertThat(alike.findValuesAsText("outcome")).containsExactly("REFUNDED", "REFUNDED", "REJECTED");
        assertThat(alike.at("/1/approvedMinor").asLong()).isEqualTo(2_500);
        assertThat(alike.at("/1/paidMinor").asLong()).isEqualTo(2_500);
        assertThat(alike.at("/1/decision/by").asText()).isEqualTo("reviewer");
        assertThat(alike.at("/2/approvedMinor").isNull()).isTrue();
        assertThat(alike.at("/2/decision/reasonCode").asText()).isEqualTo("USED_BY_BUYER");
        assertThat(alike.toString()).as("whose cases they were").doesNotContain("buyerId");
    }

    @Test
    void the_buyers_other_cases_are_there_whatever_they_were_about_the_newest_first() {
        String buyer = "B-" + UUID.randomUUID();
        Consumer<ObjectNode> bought = order -> order.put("buyerId", buyer);
        var refund = approved(given.aRefund(bought, application -> {}), 3_000);
        var repair = given.aRepair(bought, application -> {});
        var story = given.aRefund(bought, application -> {});

        var others = read("reviewer2", story.number()).path("casesOfBuyer");

        assertThat(others.findValuesAsText("number")).containsExactly(repair.number(), refund.number());
        assertThat(others.findValuesAsText("kind")).containsExactly("REPAIR", "REFUND");
        assertThat(others.at("/0/closedAt").isNull()).isTrue();
        assertThat(others.at("/1/outcome").asText()).isEqualTo("REFUNDED");
    }

    @Test
    void nobody_looks_behind_a_task_that_is_not_theirs() {
        var story = given.aRefund();
        String task = Desk.of(given.port(), "reviewer").taskOf(story.number());
        String path = "/api/tasks/" + task + "/story";

        assertThat(Http.stranger(given.port()).get(path).status()).isEqualTo(401);
        assertThat(Http.as(given.port(), "shop").get(path).status()).isEqualTo(403);
        for (String other : List.of("agent", "moderator", "owner")) {
            var refused = Http.as(given.port(), other).get(path);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("task-not-found");
        }
        identities.deleteTenantUserMembership("M-1", "reviewer2");
        try {
            assertThat(Http.as(given.port(), "reviewer2").get(path).code()).isEqualTo("task-not-found");
        } finally {
            identities.createTenantUserMembership("M-1", "reviewer2");
        }
        assertThat(Http.as(given.port(), "reviewer")
                        .get("/api/tasks/no-such-task/story")
                        .code())
                .isEqualTo("task-not-found");
        assertThat(Http.inBrowser(given.port(), "reviewer", "tasklist")
                        .get(path)
                        .status())
                .as("with the session of Tasklist")
                .isEqualTo(200);
    }

    @Test
    void a_feedback_about_a_case_comes_with_the_case_and_a_review_without_its_stars() {
        var closed = approved(given.aRefund(), 3_000);
        var feedback = given.aFeedback(
                body -> body.put("buyerId", closed.sheet().path("buyerId").asText())
                        .put("orderId", closed.sheet().path("orderId").asText())
                        .put("caseNumber", closed.number()));
        var told = read("agent", feedback.number());
        assertThat(told.at("/said/kind").asText()).isEqualTo("FEEDBACK");
        assertThat(told.at("/said/content").asText()).startsWith("快递放在门口");
        assertThat(told.at("/afterSale/number").asText()).isEqualTo(closed.number());
        assertThat(told.path("timeline").findValuesAsText("event"))
                .contains("application-approved", "feedback-registered");

        var review = given.aReview(2, "加微信 mei_1988 有惊喜");
        told = read("moderator", review.number());
        assertThat(told.at("/said/content").asText()).contains("mei_1988");
        assertThat(told.path("afterSale").isNull()).isTrue();
        assertThat(told.toString()).doesNotContain("stars");
    }

    private JsonNode read(String person, String number) {
        var desk = Desk.of(given.port(), person);
        var answer = desk.http().get("/api/tasks/" + desk.taskOf(number) + "/story");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static Consumer<ObjectNode> article(String sku, String category) {
        return order ->
                ((ObjectNode) order.path("lines").get(0)).put("sku", sku).put("category", category);
    }

    private static Story approved(Story story, long amountMinor) {
        story.at(AUDIT, "reviewer", form("decision", "APPROVE", "approvedMinor", amountMinor));
        return story.becomes("COMPLETED");
    }

    private static Story rejected(Story story) {
        story.at(AUDIT, "reviewer", form("decision", "REJECT", "reasonCode", "USED_BY_BUYER"));
        return story.is("REJECTED").fires("Event_ObjectionTimeOver").is("CLOSED");
    }
}
