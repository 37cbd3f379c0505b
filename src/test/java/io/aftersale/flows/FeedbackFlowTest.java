package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Desk;
import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way through {@code feedback.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedbackFlowTest {
    private static final String ANSWER = "Task_AnswerFeedback";
    private static final String FOLLOW_UP = "Task_FollowUpDissatisfaction";
    private static final Map<String, Object> SORRY = form("decision", "ANSWERED", "answer", "抱歉，已提醒快递员先打电话。");

    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_feedback_is_answered_and_the_buyer_is_satisfied() {
        var story = tell(given.aFeedback());
        assertThat(story.number()).matches("FB-\\d{4}-\\d{8}");
        story.is("OPEN")
                .next("agents", ANSWER, "ESCALATE")
                .isDue("Event_AnswerReminderDue", Duration.ofHours(12))
                .isDue("Event_AnswerOverdue", Duration.ofHours(24));
        story.at(ANSWER, "agent", SORRY)
                .is("ANSWERED")
                .next("buyer", "Gateway_AwaitSatisfaction", "CLOSE")
                .isDue("Event_SatisfactionOverdue", Duration.ofDays(7));
        assertThat(story.sheet().at("/answers/0/text").asText()).startsWith("抱歉");
        story.buyer("satisfaction", "satisfaction", 3)
                .passed("Task_JudgeSatisfaction", "Flow_Satisfied")
                .is("CLOSED")
                .outcome("SATISFIED")
                .endedAt("EndEvent_Satisfied");
        assertThat(story.events())
                .containsExactly("feedback-registered", "feedback-answered", "satisfaction-given", "feedback-closed");
        assertThat(story.sheet().path("next")).isEmpty();
        assertThat(story.sheet().path("rulings").findValuesAsText("table"))
                .containsExactlyInAnyOrder("feedback-triage", "deadlines", "deadlines", "feedback-triage");
        assertThat(story.attempt("satisfaction", "satisfaction", 5).code()).isEqualTo("already-rated");
    }

    @Test
    void silence_closes_a_feedback_without_a_number() {
        var story = tell(given.aFeedback());
        story.at(ANSWER, "agent", SORRY).fires("Event_SatisfactionOverdue");
        story.is("CLOSED").outcome("NOT_RATED").endedAt("EndEvent_NotRated");
        assertThat(story.sheet().path("satisfaction").isNull()).isTrue();
        assertThat(story.attempt("satisfaction", "satisfaction", 1).code()).isEqualTo("wrong-state");
    }

    @Test
    void a_dissatisfied_buyer_is_followed_up_by_a_supervisor() {
        for (int satisfaction : List.of(1, 2)) {
            var story = tell(given.aFeedback());
            story.at(ANSWER, "agent", SORRY)
                    .buyer("satisfaction", "satisfaction", satisfaction)
                    .passed("Flow_Dissatisfied", "Task_RequestFollowUp")
                    .is("FOLLOW_UP")
                    .next("supervisors", FOLLOW_UP, "ESCALATE")
                    .isDue("Event_FollowUpOverdue", Duration.ofHours(24));
            story.at(FOLLOW_UP, "supervisor", form("decision", "ANSWERED", "answer", "已电话致歉并送券"))
                    .passed("Task_RecordFollowUp")
                    .is("CLOSED")
                    .outcome("FOLLOWED_UP")
                    .endedAt("EndEvent_FollowedUp");
            assertThat(story.sheet().path("answers").findValuesAsText("step")).containsExactly("ANSWER", "FOLLOW_UP");
        }
    }

    @Test
    void agents_are_reminded_and_supervisors_answer_what_is_overdue() {
        var story = tell(given.aFeedback());
        story.fires("Event_AnswerReminderDue").passed("Task_RemindAgents").waitsAt(ANSWER);
        assertThat(Desk.of(given.port(), "supervisor").tasksOf(story.number())).isEmpty();
        story.fires("Event_AnswerOverdue").passed("Task_EscalateAnswer").is("OPEN");
        assertThat(story.events()).containsSubsequence("answer-reminded", "answer-escalated");
        story.at(ANSWER, "supervisor", SORRY).is("ANSWERED");
    }

    @Test
    void an_urgent_word_shortens_the_time() {
        for (String words : List.of("充电时漏 电，很危险", "I was INJURED by it")) {
            var story = tell(given.aFeedback(feedback -> feedback.put("content", words)));
            story.isDue("Event_AnswerReminderDue", Duration.ofHours(2))
                    .isDue("Event_AnswerOverdue", Duration.ofHours(4));
            assertThat(Desk.of(given.port(), "agent")
                            .tasksOf(story.number())
                            .get(0)
                            .path("priority")
                            .asInt())
                    .isEqualTo(80);
        }
    }

    @Test
    void forwarding_changes_the_desk_and_keeps_the_time_and_the_history() {
        var story = tell(given.aFeedback());
        String dueAt = story.sheet().at("/next/0/dueAt").asText();
        story.fires("Event_AnswerReminderDue");
        story.at(ANSWER, "agent", form("decision", "FORWARD", "group", "warehouse", "answer", "请查出库记录"))
                .passed("Flow_FeedbackForwarded", "Task_ForwardFeedback")
                .is("OPEN")
                .next("warehouse", ANSWER, "ESCALATE");
        assertThat(story.sheet().at("/next/0/dueAt").asText()).isEqualTo(dueAt);
        assertThat(Desk.of(given.port(), "agent").tasksOf(story.number())).isEmpty();
        assertThat(story.refuses("warehouse", form("decision", "FORWARD", "group", "warehouse")))
                .isEqualTo("field-invalid");
        Desk.of(given.port(), "warehouse")
                .completes(
                        Desk.of(given.port(), "warehouse").taskOf(story.number()),
                        form("decision", "FORWARD", "group", "agents"));
        story.next("agents", ANSWER, "ESCALATE");
        assertThat(story.sheet().toString())
                .as("the buyer does not read internal notes")
                .doesNotContain("请查出库记录");
        assertThat(jdbc.sql(
                                "select from_group || '>' || to_group from feedback_reply where number = ? order by reply_no")
                        .param(story.number())
                        .query(String.class)
                        .list())
                .containsExactly("agents>warehouse", "warehouse>agents");
        story.at(ANSWER, "agent", SORRY).is("ANSWERED");
    }

    @Test
    void a_follow_up_may_be_forwarded_and_escalated_too() {
        var story = tell(given.aFeedback());
        story.at(ANSWER, "agent", SORRY).buyer("satisfaction", "satisfaction", 2);
        story.at(FOLLOW_UP, "supervisor", form("decision", "FORWARD", "group", "finance"))
                .passed("Flow_FollowUpForwarded", "Task_ForwardFollowUp")
                .next("finance", FOLLOW_UP, "ESCALATE")
                .fires("Event_FollowUpOverdue")
                .passed("Task_EscalateFollowUp")
                .is("FOLLOW_UP");
        story.at(FOLLOW_UP, "supervisor", form("decision", "ANSWERED", "answer", "已处理"))
                .endedAt("EndEvent_FollowedUp");
    }

    @Test
    void a_closed_case_invites_the_buyer_and_a_low_rating_of_it_is_followed_up() {
        var refund = given.aRefund();
        assertThat(refund.attempt("satisfaction", "satisfaction", 1).code()).isEqualTo("wrong-state");
        refund.at("Task_AuditApplication", "reviewer", form("decision", "APPROVE"))
                .becomes("COMPLETED");
        assertThat(refund.sheet().at("/invitation/reviewLines/0").asText()).isEqualTo("1");
        assertThat(invitations(refund)).containsExactly(refund.number());
        refund.buyer("satisfaction", "satisfaction", 1);
        assertThat(refund.sheet().at("/invitation/satisfaction").asInt()).isEqualTo(1);
        assertThat(invitations(refund)).isEmpty();
        assertThat(refund.attempt("satisfaction", "satisfaction", 5).code()).isEqualTo("already-rated");
        String number = refund.sheet().at("/invitation/feedback").asText();
        var story = tell(given.storyOf(number, refund.sheet().path("buyerId").asText()));
        story.passed("Flow_FollowUpAtOnce")
                .is("FOLLOW_UP")
                .next("supervisors", FOLLOW_UP, "ESCALATE")
                .at(FOLLOW_UP, "supervisor", form("decision", "ANSWERED", "answer", "已致歉"))
                .outcome("FOLLOWED_UP");
        assertThat(story.sheet().path("caseNumber").asText()).isEqualTo(refund.number());
    }

    @Test
    void a_good_rating_of_a_closed_case_makes_no_work_and_a_withdrawn_case_asks_nobody() {
        var refund = given.aRefundBeforeShipping();
        refund.becomes("COMPLETED").buyer("satisfaction", "satisfaction", 5);
        assertThat(refund.sheet().at("/invitation/feedback").isNull()).isTrue();
        var left = given.aRefund();
        left.buyer("withdrawal").is("WITHDRAWN");
        assertThat(left.sheet().path("invitation").isNull()).isTrue();
        assertThat(left.attempt("satisfaction", "satisfaction", 5).code()).isEqualTo("wrong-state");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        var instances = told.stream()
                .flatMap(story -> story.processInstances().stream())
                .toList();
        assertThat(footprints.missing(Path.of("bpmn/feedback.bpmn"), instances)).isEmpty();
    }

    private Story tell(Story story) {
        told.add(story);
        return story;
    }

    /** The numbers of the cases about which this case's buyer is invited to say something. */
    private List<String> invitations(Story story) {
        return given.shop()
                .http()
                .get("/api/feedback/invitations?buyerId="
                        + story.sheet().path("buyerId").asText())
                .json()
                .findValuesAsText("subject");
    }
}
