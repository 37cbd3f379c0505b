package io.aftersale.acceptance;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Eventually;
import io.aftersale.support.Given;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Story;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an operator does about work that is stuck, and that the reason stays. */
@RunningApp
class OperationsTest {
    private static final String REASON = "{\"reason\":\"库存系统已恢复\"}";

    @Autowired
    private Given given;

    @Autowired
    private ManagementService management;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void a_step_that_failed_for_good_is_tried_again_and_the_case_goes_on() {
        var story = inspected();
        JsonNode incident = incidentOf(story, "return", "Task_DisposeGoods");
        assertThat(incident.path("isSkippable").asBoolean()).isTrue();
        String id = incident.path("id").asText();

        assertThat(admin().post(at(id, "retry"), "{}").code()).isEqualTo("field-missing");
        assertThat(admin().post(at("no-such", "retry"), REASON).code()).isEqualTo("incident-not-found");
        assertThat(admin().post(at(id, "retry"), REASON).status()).isEqualTo(204);

        Eventually.get(
                this::incidents,
                open -> open.stream().noneMatch(it -> it.path("id").asText().equals(id)));
        assertThat(story.events()).contains("step-retried");
        assertThat(remarks(story)).anyMatch(remark -> remark.contains("Task_DisposeGoods: 库存系统已恢复"));
        assertThat(logged(story)).containsExactly("step-retried");
    }

    @Test
    void a_step_that_cannot_be_mended_is_left_out_and_the_case_goes_on_behind_it() {
        var story = inspected();
        String id = incidentOf(story, "return", "Task_DisposeGoods").path("id").asText();

        assertThat(admin().post(at(id, "skip"), REASON).status()).isEqualTo(204);

        assertThat(incidents()).noneMatch(it -> it.path("number").asText().equals(story.number()));
        story.becomes("COMPLETED").neverPassed("Task_DisposeGoods");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(9_000);
        assertThat(story.events()).contains("step-skipped");
    }

    @Test
    void a_step_that_moves_money_is_never_left_out() {
        var story = given.aRefund();
        holding("Task_IssueRefund", () -> {
            story.at("Task_AuditApplication", "reviewer", form("decision", "APPROVE"));
            failForGood(story, "Task_IssueRefund");
        });
        JsonNode incident = incidentOf(story, "payout", "Task_IssueRefund");
        String id = incident.path("id").asText();
        assertThat(incident.path("isSkippable").asBoolean()).isFalse();

        var skipped = admin().post(at(id, "skip"), REASON);

        assertThat(skipped.status()).isEqualTo(409);
        assertThat(skipped.code()).isEqualTo("wrong-state");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
        assertThat(story.events()).doesNotContain("step-skipped");
        assertThat(logged(story)).isEmpty();
        assertThat(admin().post(at(id, "retry"), REASON).status()).isEqualTo(204);
        story.becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    void a_payout_without_an_outcome_is_asked_for_now() {
        var story = unknown("SILENT");
        String payout = payoutOf(story);
        management.setJobDuedate(
                jobOf(story, "Event_CheckDue").getId(), Date.from(Instant.now().plusSeconds(3_600)));
        assertThat(openPayouts("finance")).contains(payout);
        assertThat(openPayouts("admin")).contains(payout);

        assertThat(finance().post(ofPayout(payout, "query"), "{}").code()).isEqualTo("field-missing");
        assertThat(finance().post(ofPayout(payout, "query"), REASON).status()).isEqualTo(204);

        story.becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(story.events()).contains("refund-asked-for");
        assertThat(remarks(story)).anyMatch(remark -> remark.contains(payout + ": 库存系统已恢复"));
    }

    @Test
    void a_payout_that_is_stuck_is_brought_to_finance_and_settled_there() {
        var story = unknown("DOWN");
        String payout = payoutOf(story);

        assertThat(admin().post(ofPayout(payout, "referral"), REASON).status()).isEqualTo(204);

        story.becomesAt("Task_SettlePayout");
        var again = admin().post(ofPayout(payout, "referral"), REASON);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("wrong-state");
        assertThat(story.events()).containsOnlyOnce("refund-brought-to-finance");
    }

    @Test
    void nobody_else_has_a_hand_on_it() {
        for (String user : List.of("shop", "reviewer", "supervisor", "owner", "finance")) {
            assertThat(Http.as(given.port(), user)
                            .get("/api/operations/incidents")
                            .status())
                    .as(user)
                    .isEqualTo(403);
        }
        for (String user : List.of("shop", "reviewer", "supervisor", "owner")) {
            assertThat(Http.as(given.port(), user)
                            .get("/api/operations/payouts")
                            .status())
                    .as(user)
                    .isEqualTo(403);
        }
        assertThat(Http.stranger(given.port()).get("/api/operations/incidents").status())
                .isEqualTo(401);
        assertThat(finance().post(ofPayout("PO-none", "query"), REASON).code()).isEqualTo("payout-not-found");
    }

    /** All that came back is accepted, and telling the stock system has failed for good. */
    private Story inspected() {
        var story = given.aReturn();
        story.buyer("shipment", "carrier", "SF Express", "trackingNumber", "SF" + UUID.randomUUID())
                .buyer("receipt-confirmation");
        var line = Shop.JSON
                .createObjectNode()
                .put("lineId", "1")
                .put("received", 3)
                .put("accepted", 3)
                .put("condition", "SEALED");
        holding("Task_DisposeGoods", () -> {
            story.at(
                    "Task_InspectGoods",
                    "warehouse",
                    form("inspection", Shop.JSON.createArrayNode().add(line)));
            failForGood(story, "Task_DisposeGoods");
        });
        return story;
    }

    /** Keeps the job executor from a step for as long as it takes to make it fail. */
    private void holding(String element, Runnable meanwhile) {
        var steps = management.createJobDefinitionQuery().activityIdIn(element).list();
        steps.forEach(step -> management.suspendJobDefinitionById(step.getId(), true));
        try {
            meanwhile.run();
        } finally {
            steps.forEach(step -> management.activateJobDefinitionById(step.getId(), true));
        }
    }

    private void failForGood(Story story, String element) {
        management.setJobRetries(jobOf(story, element).getId(), 0);
    }

    private Job jobOf(Story story, String element) {
        return Eventually.get(
                        () ->
                                runtime
                                        .createProcessInstanceQuery()
                                        .processInstanceBusinessKey(story.number())
                                        .list()
                                        .stream()
                                        .flatMap(flow -> management
                                                .createJobQuery()
                                                .processInstanceId(flow.getId())
                                                .activityId(element)
                                                .list()
                                                .stream())
                                        .toList(),
                        jobs -> !jobs.isEmpty())
                .get(0);
    }

    private JsonNode incidentOf(Story story, String flow, String element) {
        var found = incidents().stream()
                .filter(it -> it.path("number").asText().equals(story.number()))
                .toList();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("flow").asText()).isEqualTo(flow);
        assertThat(found.get(0).path("element").asText()).isEqualTo(element);
        return found.get(0);
    }

    private List<JsonNode> incidents() {
        return StreamSupport.stream(
                        admin().get("/api/operations/incidents")
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .toList();
    }

    /** Not shipped, approved by rule, and sent to a provider that does this. */
    private Story unknown(String mishap) {
        return given.aRefund(
                        order -> {
                            given.shop().notShipped().accept(order);
                            ((ObjectNode) order.path("tenders").path(0))
                                    .put("tenderId", mishap + "-" + UUID.randomUUID());
                        },
                        application -> application.put("reason", "NOT_SHIPPED"))
                .becomesAt("Task_AwaitSettlement");
    }

    private static String payoutOf(Story story) {
        return story.sheet().at("/payouts/0/id").asText();
    }

    private List<String> openPayouts(String user) {
        return Http.as(given.port(), user)
                .get("/api/operations/payouts")
                .json()
                .path("items")
                .findValuesAsText("id");
    }

    private List<String> remarks(Story story) {
        return jdbc.sql("select remark from timeline_entry where case_number = ? and remark is not null")
                .param(story.number())
                .query(String.class)
                .list();
    }

    private List<String> logged(Story story) {
        return jdbc.sql("select event from operation_entry where number = ?")
                .param(story.number())
                .query(String.class)
                .list();
    }

    private Http admin() {
        return Http.as(given.port(), "admin");
    }

    private Http finance() {
        return Http.as(given.port(), "finance");
    }

    private static String at(String incident, String action) {
        return "/api/operations/incidents/" + incident + "/" + action;
    }

    private static String ofPayout(String payout, String action) {
        return "/api/operations/payouts/" + payout + "/" + action;
    }
}
