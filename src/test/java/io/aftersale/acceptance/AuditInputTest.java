package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.engine.Accounts;
import io.aftersale.support.Desk;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.Pictures;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What reviewers and buyers must not do once a case is under way: answers that are none, decisions by the wrong person,
 * steps that do not fit where the case stands. Each is refused with its code, and the case stays where it was.
 */
@RunningApp
class AuditInputTest {
    private static final Map<String, ?> APPROVE = Map.of("decision", "APPROVE");
    private static final Map<String, ?> REJECT = Map.of("decision", "REJECT", "reasonCode", "NOT_AS_CLAIMED");
    private static final long LARGE_SUM_MINOR = 900_000;

    @LocalServerPort
    int port;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Accounts accounts;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    private Shop shop;
    private Desk reviewer;
    private Desk supervisor;
    private Desk arbitrator;

    @BeforeEach
    void open() {
        shop = Shop.at(port, clock);
        reviewer = Desk.of(port, "reviewer");
        supervisor = Desk.of(port, "supervisor");
        arbitrator = Desk.of(port, "arbitrator");
    }

    /** A case on the reviewers' desk. */
    private record Story(Purchase purchase, String number) {
        ObjectNode by() {
            return Shop.by(purchase.buyerId());
        }
    }

    @Test
    void an_answer_without_a_decision_decides_nothing() {
        refusedAtAudit(Map.of(), 422, "field-missing", "decision");
        refusedAtAudit(Map.of("decision", ""), 422, "field-missing", "decision");
        refusedAtAudit(Map.of("remark", "fine"), 422, "field-missing", "decision");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "APPROVED", "CONFIRM", "OVERTURN", "true", "1"})
    void a_decision_that_does_not_exist(String decision) {
        refusedAtAudit(Map.of("decision", decision), 422, "field-invalid", "decision");
    }

    @Test
    void a_field_that_is_not_part_of_the_answer() {
        refusedAtAudit(Map.of("decision", "APPROVE", "approvals", "0"), 400, "field-unknown", "approvals");
        refusedAtAudit(Map.of("decision", "APPROVE", "auditOutcome", "APPROVED"), 400, "field-unknown", "auditOutcome");
    }

    @Test
    void an_approved_amount_above_what_can_be_refunded() {
        refusedAtAudit(approved("3001"), 422, "amount-exceeds-refundable", "approvedMinor");
        refusedAtAudit(approved(String.valueOf(Long.MAX_VALUE)), 422, "amount-exceeds-refundable", "approvedMinor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10.5", "1e30", "ten", "NaN", "0x10", "1e3", "30.00", "+3000", "３０００"})
    void an_approved_amount_that_is_none(String amount) {
        refusedAtAudit(approved(amount), 422, "amount-invalid", "approvedMinor");
    }

    @Test
    void a_rejection_without_a_reason_or_with_one_that_does_not_exist() {
        refusedAtAudit(Map.of("decision", "REJECT"), 422, "field-missing", "reasonCode");
        refusedAtAudit(Map.of("decision", "REJECT", "reasonCode", "BORED"), 422, "field-invalid", "reasonCode");
        refusedAtAudit(Map.of("decision", "REJECT", "reasonCode", "OTHER"), 422, "field-missing", "remark");
    }

    @Test
    void a_remark_that_is_too_long_or_has_control_characters() {
        refusedAtAudit(Map.of("decision", "APPROVE", "remark", "x".repeat(100_000)), 422, "text-invalid", "remark");
        refusedAtAudit(Map.of("decision", "APPROVE", "remark", "a\0b"), 422, "text-invalid", "remark");
    }

    @Test
    void a_card_number_in_a_remark_is_never_stored() {
        var story = audited(3, 9_000);

        reviewer.answers(
                story.number(), Map.of("decision", "ASK_EVIDENCE", "remark", "call 4242 4242 4242 4242 please"));

        assertThat(jdbc.sql("select count(*) from timeline_entry where remark like '%4242 4242 4242%'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from ACT_HI_VARINST where TEXT_ like '%4242 4242 4242%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_dispute_of_a_case_that_was_not_rejected() {
        var story = audited(3, 9_000);

        refused(story, "dispute", disputing(story), 409, "wrong-state");
    }

    @Test
    void a_dispute_of_a_completed_case() {
        var story = audited(3, 9_000);
        reviewer.decides(story.number(), APPROVE);
        awaitStatus(story, "COMPLETED");

        refused(story, "dispute", disputing(story), 409, "wrong-state");
        refused(story, "amendment", story.by().put("reason", "FAULTY"), 409, "wrong-state");
    }

    @Test
    void a_second_dispute() {
        var story = rejected();
        assertThat(shop.does(story.number(), "dispute", disputing(story)).status())
                .isEqualTo(200);

        refused(story, "dispute", disputing(story), 409, "already-disputed");
        arbitrator.decides(story.number(), arbitrated("UPHOLD"));
        awaitStatus(story, "CLOSED");
        refused(story, "dispute", disputing(story), 409, "already-disputed");
    }

    @Test
    void a_dispute_after_the_time_for_it_is_over() {
        var story = rejected();
        fire(story, "Event_ObjectionTimeOver");
        awaitStatus(story, "CLOSED");

        refused(story, "dispute", disputing(story), 409, "wrong-state");
        refused(story, "amendment", story.by().put("reason", "FAULTY"), 409, "wrong-state");
    }

    @Test
    void a_dispute_by_another_buyer_or_by_nobody() {
        var story = rejected();

        refused(story, "dispute", Shop.by("B-somebody-else").put("text", "mine"), 404, "buyer-not-found");
        refused(story, "dispute", Shop.JSON.createObjectNode().put("text", "mine"), 422, "field-missing");
    }

    @Test
    void a_dispute_by_another_merchant() {
        var story = rejected();
        var before = shop.sheet(story.number());

        var answer = Shop.at(port, "shop2", clock).does(story.number(), "dispute", disputing(story));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("case-not-found");
        assertThat(shop.sheet(story.number())).isEqualTo(before);
    }

    @Test
    void a_dispute_without_words_or_with_unknown_fields() {
        var story = rejected();

        refused(story, "dispute", story.by(), 422, "field-missing");
        refused(story, "dispute", story.by().put("text", "  "), 422, "field-missing");
        refused(story, "dispute", disputing(story).put("decision", "OVERTURN"), 400, "field-unknown");
        refused(story, "dispute", story.by().put("text", "x".repeat(2_001)), 422, "text-invalid");
    }

    @Test
    void a_sixth_application_within_one_case() {
        var story = rejected();
        for (int application = 2; application <= 5; application++) {
            var amended = shop.does(story.number(), "amendment", story.by().put("description", "try " + application));
            assertThat(amended.status()).as(amended.toString()).isEqualTo(200);
            assertThat(amended.json().path("applicationNo").asInt()).isEqualTo(application);
            reviewer.decides(story.number(), REJECT);
        }

        refused(story, "amendment", story.by().put("description", "try 6"), 409, "applications-used-up");
    }

    @Test
    void an_amendment_into_something_that_could_not_be_applied_for() {
        var story = rejected();
        var tooMany = story.by();
        tooMany.putArray("lines").addObject().put("lineId", "1").put("quantity", 4);

        refused(story, "amendment", tooMany, 422, "quantity-exceeds-bought");
        refused(story, "amendment", story.by().put("amountMinor", 3_001), 422, "amount-exceeds-refundable");
        refused(story, "amendment", story.by().put("amountMinor", 0), 422, "amount-invalid");
        refused(story, "amendment", story.by().put("kind", "REPAIR"), 422, "field-invalid");
        refused(story, "amendment", story.by().put("orderId", "O-other"), 422, "field-invalid");
        refused(story, "amendment", story.by().put("approvedMinor", 1), 400, "field-unknown");
    }

    @Test
    void an_amendment_of_a_case_that_was_not_rejected() {
        var story = audited(3, 9_000);

        refused(story, "amendment", story.by().put("reason", "FAULTY"), 409, "wrong-state");
    }

    @Test
    void evidence_that_nobody_asked_for_is_kept_and_the_clock_runs_on() {
        var story = audited(3, 9_000);
        var before = shop.sheet(story.number());
        var body = story.by();
        body.putArray("evidence").add(Pictures.upload(shop.http(), Pictures.crackedMug()));

        var answer = shop.does(story.number(), "evidence", body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var sheet = shop.sheet(story.number());
        assertThat(sheet.path("evidence")).hasSize(1);
        assertThat(sheet.path("status").asText()).isEqualTo("AUDITING");
        assertThat(sheet.path("next")).isEqualTo(before.path("next"));
    }

    @Test
    void evidence_that_nobody_asked_for_is_seen_by_who_audits() {
        var story = audited(3, 9_000);
        reviewer.claims(reviewer.taskOf(story.number()));
        var body = story.by();
        body.putArray("evidence").add(Pictures.upload(shop.http(), Pictures.crackedMug()));

        shop.does(story.number(), "evidence", body);

        var view = shown(reviewer, story);
        assertThat(view.path("photos")).hasSize(1);
        assertThat(view.path("photos").path(0).path("id").asText())
                .isEqualTo(body.path("evidence").path(0).asText());
        assertThat(view.path("timeline").toString()).contains("evidence-added");
    }

    @Test
    void evidence_that_does_not_exist_or_is_none() {
        var story = audited(3, 9_000);
        var unknown = story.by();
        unknown.putArray("evidence").add("EV-unheard-of");
        var none = story.by();
        none.putArray("evidence");

        var answer = refused(story, "evidence", unknown, -1, null);
        assertThat(answer.status()).isBetween(400, 499);
        refused(story, "evidence", none, 422, "field-missing");
        refused(story, "evidence", story.by(), 422, "field-missing");
    }

    @Test
    void evidence_pauses_the_clock_and_the_case_comes_back_to_the_same_reviewer_with_what_is_left() {
        var story = audited(3, 9_000);
        reviewer.decides(story.number(), Map.of("decision", "ASK_EVIDENCE"));
        assertThat(shop.sheet(story.number()).path("status").asText()).isEqualTo("AWAITING_EVIDENCE");
        assertThat(shop.sheet(story.number()).path("next").path(0).path("owner").asText())
                .isEqualTo("buyer");
        var body = story.by();
        body.putArray("evidence").add(Pictures.upload(shop.http(), Pictures.crackedMug()));

        shop.does(story.number(), "evidence", body);

        var sheet = shop.sheet(story.number());
        assertThat(sheet.path("status").asText()).isEqualTo("AUDITING");
        var tasks = reviewer.tasksOf(story.number());
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).path("assignee").asText()).isEqualTo("reviewer");
    }

    @Test
    void a_liability_that_does_not_come_to_a_hundred() {
        var story = disputed();
        arbitrator.claims(arbitrator.taskOf(story.number()));

        refusedAtArbitration(story, Map.of("decision", "OVERTURN"));
        refusedAtArbitration(story, liable("50", "49"));
        refusedAtArbitration(story, liable("50", "51"));
        refusedAtArbitration(story, liable("150", "-50"));
        refusedAtArbitration(story, liable("99.5", "0.5"));
        refusedAtArbitration(story, liable("half", "half"));
    }

    @Test
    void a_verdict_on_a_dispute_that_does_not_exist() {
        var story = disputed();
        arbitrator.claims(arbitrator.taskOf(story.number()));
        var answer = new HashMap<String, Object>(arbitrated("UPHOLD"));
        answer.put("decision", "APPROVE");

        refusedAtArbitration(story, answer);
    }

    @Test
    void nobody_gives_both_approvals_of_one_round() {
        var story = audited(1, LARGE_SUM_MINOR);
        supervisor.decides(story.number(), APPROVE);
        assertThat(shop.sheet(story.number()).path("status").asText()).isEqualTo("AUDITING");
        assertThat(shop.sheet(story.number()).path("approvedMinor").isNull()).isTrue();

        var second = supervisor.answers(story.number(), APPROVE);

        assertThat(second.status()).as(second.toString()).isEqualTo(403);
        assertThat(second.code()).isEqualTo("same-person");
        assertThat(shop.sheet(story.number()).path("approvedMinor").isNull()).isTrue();
        assertThat(payouts(story)).isZero();
    }

    @Test
    void a_large_sum_is_paid_once_two_people_have_approved_it() {
        var story = audited(1, LARGE_SUM_MINOR);
        reviewer.decides(story.number(), APPROVE);
        assertThat(payouts(story)).isZero();

        supervisor.decides(story.number(), APPROVE);

        assertThat(awaitStatus(story, "COMPLETED").path("paidMinor").asLong()).isEqualTo(LARGE_SUM_MINOR);
    }

    @Test
    void a_reviewer_does_not_see_the_second_approval() {
        var story = audited(1, LARGE_SUM_MINOR);
        reviewer.decides(story.number(), APPROVE);

        assertThat(Desk.of(port, "reviewer2").tasksOf(story.number())).isEmpty();
        String task = supervisor.taskOf(story.number());
        assertThat(Desk.of(port, "reviewer2").claims(task).status()).isBetween(403, 404);
    }

    @Test
    void who_audited_does_not_arbitrate() {
        accounts.addUser("allhands", "allhands", List.of("reviewers", "arbitrators"), List.of("M-1"));
        var both = Desk.of(port, "allhands");
        var story = audited(3, 9_000);
        both.decides(story.number(), REJECT);
        shop.does(story.number(), "dispute", disputing(story));
        String task = arbitrator.taskOf(story.number());

        assertThat(reviewer.claims(task).status()).isBetween(403, 404);
        both.claims(task);
        var answer = both.completes(task, arbitrated("OVERTURN"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("same-person");
        assertThat(payouts(story)).isZero();
    }

    @Test
    void a_task_that_nobody_claimed_is_not_answered() {
        var story = audited(3, 9_000);

        var answer = reviewer.completes(reviewer.taskOf(story.number()), APPROVE);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("task-not-yours");
    }

    @Test
    void a_shop_does_not_answer_its_own_application() {
        var story = audited(3, 9_000);
        String task = reviewer.taskOf(story.number());

        var claimed = shop.http().post("/engine-rest/task/" + task + "/claim", "{\"userId\":\"shop\"}");
        var completed = shop.http().post("/engine-rest/task/" + task + "/complete", Desk.variables(APPROVE));

        assertThat(claimed.status()).as(claimed.toString()).isBetween(401, 404);
        assertThat(completed.status()).as(completed.toString()).isBetween(401, 404);
        assertThat(shop.sheet(story.number()).path("status").asText()).isEqualTo("AUDITING");
    }

    @Test
    void a_withdrawal_after_the_money_went_back() {
        var story = audited(3, 9_000);
        reviewer.decides(story.number(), APPROVE);
        awaitStatus(story, "COMPLETED");

        refused(story, "withdrawal", story.by(), 409, "wrong-state");
    }

    @Test
    void a_withdrawal_by_another_buyer_or_twice() {
        var story = audited(3, 9_000);
        refused(story, "withdrawal", Shop.by("B-somebody-else"), 404, "buyer-not-found");

        assertThat(shop.does(story.number(), "withdrawal", story.by()).status()).isEqualTo(200);

        refused(story, "withdrawal", story.by(), 409, "wrong-state");
        assertThat(reviewer.tasksOf(story.number())).isEmpty();
        assertThat(shop.opens(Shop.application(story.purchase(), 3))).isNotEqualTo(story.number());
    }

    @Test
    void more_time_that_lies_in_the_past_or_beyond_all_calendars() {
        var story = audited(3, 9_000);
        String due =
                shop.sheet(story.number()).path("next").path(0).path("dueAt").asText();

        refusedExtension(story, extension("2020-01-01T00:00:00Z"), 422, "field-invalid");
        refusedExtension(story, extension(due), 422, "field-invalid");
        refusedExtension(story, extension("+999999999-12-31T00:00:00Z"), 422, "field-invalid");
        refusedExtension(story, extension("tomorrow"), 400, "malformed-request");
        refusedExtension(story, extension(null), 422, "field-missing");
        refusedExtension(story, extension("2100-01-01T00:00:00Z").put("reason", " "), 422, "field-missing");
        refusedExtension(story, extension("2100-01-01T00:00:00Z").put("action", "Task_Other"), 409, "wrong-state");
    }

    @Test
    void more_time_by_somebody_who_is_no_supervisor_or_a_second_time() {
        var story = audited(3, 9_000);
        var body = extension("2100-01-01T00:00:00Z");
        String path = "/api/cases/" + story.number() + "/extension";

        assertThat(reviewer.http().post(path, body.toString()).code()).isEqualTo("not-allowed");
        assertThat(shop.http().post(path, body.toString()).status()).isEqualTo(403);
        var given = supervisor.http().post(path, body.toString());
        assertThat(given.status()).as(given.toString()).isEqualTo(200);
        assertThat(given.json().path("next").path(0).path("dueAt").asText()).startsWith("2100-01-01");
        refusedExtension(story, body.put("dueAt", "2101-01-01T00:00:00Z"), 409, "already-extended");
    }

    /** The reminder is 24 h, the escalation 12 h before the due time, and both stay as far from it. */
    @Test
    void more_time_moves_the_due_time_the_reminder_and_the_escalation_together_wherever_they_are_shown() {
        var story = audited(3, 9_000);
        var due = OffsetDateTime.parse(
                shop.sheet(story.number()).path("next").path(0).path("dueAt").asText());

        var given = supervisor
                .http()
                .post(
                        "/api/cases/" + story.number() + "/extension",
                        extension(due.plusDays(3).toString()).toString());

        assertThat(given.status()).as(given.toString()).isEqualTo(200);
        var later = due.plusDays(3).toInstant();
        assertThat(dueOf(story, "Event_AuditOverdue")).isEqualTo(later);
        assertThat(dueOf(story, "Event_AuditEscalationDue")).isEqualTo(later.minus(Duration.ofHours(12)));
        assertThat(dueOf(story, "Event_AuditReminderDue")).isEqualTo(later.minus(Duration.ofHours(24)));
        assertThat(reviewer.tasksOf(story.number()).get(0).path("due").asText())
                .startsWith(later.toString().substring(0, 19));
        String shown = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").format(later.atZone(ZoneId.of("Asia/Shanghai")));
        assertThat(shown(reviewer, story).path("dueAt").asText()).isEqualTo(shown);
        assertThat(shown(reviewer, story).path("timeline").toString())
                .contains("deadline-extended", "the expert is ill");
        assertThat(shop.sheet(story.number()).toString()).doesNotContain("the expert is ill");
    }

    @Test
    void a_supervisor_reads_what_a_case_waits_for_and_gives_time_from_a_page_of_the_web_apps() {
        var story = rejected();
        String path = "/api/cases/" + story.number();
        var browser = Http.inBrowser(port, "supervisor", "tasklist");

        var waits = browser.get(path + "/waits").json();

        assertThat(waits).hasSize(1);
        assertThat(waits.get(0).path("owner").asText()).isEqualTo("buyer");
        assertThat(waits.get(0).path("action").asText()).isEqualTo("Gateway_AwaitObjection");
        assertThat(waits.get(0).path("rule").asText()).startsWith("deadlines v");
        assertThat(waits.get(0).path("extendedBy").isNull()).isTrue();
        String due = waits.get(0).path("dueAt").asText();
        var later = OffsetDateTime.parse(due).plusDays(2);
        var body = extension(later.toString())
                .put("action", "Gateway_AwaitObjection")
                .toString();
        assertThat(browser.post(path + "/extension", body).status())
                .as("a page of another site sends no header of ours")
                .isEqualTo(401);
        var given = browser.send(browser.request("POST", path + "/extension")
                .header("X-Requested-With", "more-time")
                .header("Content-Type", "application/json")
                .method("POST", HttpRequest.BodyPublishers.ofString(body)));
        assertThat(given.status()).as(given.toString()).isEqualTo(200);
        assertThat(dueOf(story, "Event_ObjectionTimeOver")).isEqualTo(later.toInstant());
        assertThat(browser.get(path + "/waits").json().get(0).path("extendedBy").asText())
                .isEqualTo("supervisor");
        assertThat(browser.get("/more-time").status()).isEqualTo(200);
        assertThat(Http.inBrowser(port, "reviewer", "tasklist")
                        .get("/more-time")
                        .status())
                .isEqualTo(403);
        assertThat(reviewer.http().get(path + "/waits").code()).isEqualTo("not-allowed");
        assertThat(shop.http().get(path + "/waits").status()).isEqualTo(403);
    }

    @Test
    void a_question_to_the_buyer_is_read_by_the_buyer_and_a_remark_is_not() {
        var story = audited(3, 9_000);

        reviewer.decides(
                story.number(),
                Map.of("decision", "ASK_EVIDENCE", "question", "please show the bottom 请拍底部", "remark", "I doubt it"));

        String sheet = shop.sheet(story.number()).path("timeline").toString();
        assertThat(sheet).contains("please show the bottom 请拍底部").doesNotContain("I doubt it");
        refusedAtAudit(
                Map.of("decision", "ASK_EVIDENCE", "question", "x".repeat(501)), 422, "text-invalid", "question");
    }

    /** Codes, rules and remarks are for the shop and for staff; a buyer reads words, in both languages. */
    @Test
    void what_a_buyer_reads_has_no_codes_in_it() {
        var story = audited(1, LARGE_SUM_MINOR);
        reviewer.decides(story.number(), APPROVE);
        supervisor.decides(
                story.number(), Map.of("decision", "REJECT", "reasonCode", "FRAUD_SUSPECTED", "remark", "he lies"));
        shop.does(story.number(), "dispute", story.by().put("text", "look again, please 请再看看"));
        arbitrator.decides(
                story.number(),
                Map.of("decision", "UPHOLD", "liabilityBuyer", "80", "liabilityCarrier", "20", "remark", "no proof"));

        var texts = StreamSupport.stream(
                        awaitStatus(story, "CLOSED").path("timeline").spliterator(), false)
                .map(entry -> entry.path("text").asText())
                .toList();

        assertThat(texts)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).matches("(?s).*[a-z].*\\p{IsHan}.*"))
                .noneMatch(text -> text.matches("(?s).*[A-Z]+_[A-Z].*|.*\\b(APPROVE|REJECT|UPHOLD|REJECTED)\\b.*"))
                .noneMatch(text -> text.contains("he lies") || text.contains("no proof"))
                .anyMatch(text -> text.contains("buyer 买家 80%, carrier 承运商 20%"));
    }

    @Test
    void what_comes_late_is_given_back_to_its_group_and_said_once() {
        var story = disputed();
        arbitrator.claims(arbitrator.taskOf(story.number()));

        fire(story, "Event_ArbitrationOverdue");

        assertThat(arbitrator.tasksOf(story.number()).get(0).path("assignee").isNull())
                .isTrue();
        assertThat(events(story)).containsOnlyOnce("arbitration-escalated");
        arbitrator.decides(story.number(), arbitrated("UPHOLD"));
        awaitStatus(story, "CLOSED");
    }

    @Test
    void a_reminder_that_was_given_is_not_given_again_when_evidence_comes() {
        var story = audited(3, 9_000);
        fire(story, "Event_AuditReminderDue");
        fire(story, "Event_AuditEscalationDue");
        reviewer.decides(story.number(), Map.of("decision", "ASK_EVIDENCE"));
        fire(story, "Event_EvidenceOverdue");

        fire(story, "Event_AuditReminderDue");
        fire(story, "Event_AuditEscalationDue");

        assertThat(events(story)).containsOnlyOnce("audit-reminded", "audit-escalated", "evidence-overdue");
        assertThat(shown(reviewer, story).path("timeline").toString()).contains("audit-escalated");
    }

    private List<String> events(Story story) {
        return StreamSupport.stream(shop.sheet(story.number()).path("timeline").spliterator(), false)
                .map(entry -> entry.path("event").asText())
                .toList();
    }

    /** What the form of the open task shows. */
    private static JsonNode shown(Desk desk, Story story) {
        String task = desk.taskOf(story.number());
        var variable = desk.http()
                .get("/engine-rest/task/" + task + "/form-variables?variableNames=caseView&deserializeValues=false");
        try {
            return Shop.JSON.readTree(
                    variable.json().path("caseView").path("value").asText());
        } catch (JsonProcessingException broken) {
            throw new AssertionError("The form shows " + variable, broken);
        }
    }

    private Instant dueOf(Story story, String timer) {
        return timer(story, timer).getDuedate().toInstant();
    }

    @Test
    void a_step_that_later_flows_know_and_this_one_does_not() {
        var story = audited(3, 9_000);

        for (String step : List.of("shipment", "offer-answer", "quote-answer", "receipt-confirmation", "nonsense")) {
            var answer = shop.does(story.number(), step, story.by());
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        }
        assertThat(shop.sheet(story.number()).path("status").asText()).isEqualTo("AUDITING");
    }

    @Test
    void a_case_that_does_not_exist() {
        for (String number : List.of("AS-2026-99999999", "AS-1", "nonsense", "%00", "'%20or%201=1--")) {
            var answer = shop.http().get("/api/cases/" + number);
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 404);
        }
    }

    @Test
    void what_reviewers_write_among_themselves_is_not_for_the_shop() {
        var story = audited(3, 9_000);

        reviewer.decides(
                story.number(),
                Map.of("decision", "REJECT", "reasonCode", "FRAUD_SUSPECTED", "remark", "the buyer lies, I think"));

        assertThat(shop.sheet(story.number()).toString()).doesNotContain("the buyer lies");
        assertThat(shop.sheet(story.number())
                        .path("rejection")
                        .path("reasonCode")
                        .asText())
                .isEqualTo("FRAUD_SUSPECTED");
    }

    private static ObjectNode extension(String dueAt) {
        return Shop.JSON
                .createObjectNode()
                .put("action", "Task_AuditApplication")
                .put("dueAt", dueAt)
                .put("reason", "the expert is ill");
    }

    private void refusedExtension(Story story, ObjectNode body, int status, String code) {
        var before = shop.sheet(story.number());

        var answer = supervisor.http().post("/api/cases/" + story.number() + "/extension", body.toString());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        assertThat(shop.sheet(story.number())).isEqualTo(before);
    }

    private Story audited(int quantity, long paidMinor) {
        var purchase = shop.sells(Shop.onlyLine(quantity, paidMinor));
        return new Story(purchase, shop.opens(Shop.application(purchase, 1)));
    }

    private Story rejected() {
        var story = audited(3, 9_000);
        reviewer.decides(story.number(), REJECT);
        assertThat(shop.sheet(story.number()).path("status").asText()).isEqualTo("REJECTED");
        return story;
    }

    private Story disputed() {
        var story = rejected();
        var answer = shop.does(story.number(), "dispute", disputing(story));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("DISPUTED");
        return story;
    }

    private static ObjectNode disputing(Story story) {
        return story.by().put("text", "it is broken, look again");
    }

    private static Map<String, ?> approved(String amount) {
        return Map.of("decision", "APPROVE", "approvedMinor", amount);
    }

    private static Map<String, ?> liable(String buyer, String seller) {
        return Map.of("decision", "OVERTURN", "liabilityBuyer", buyer, "liabilitySeller", seller);
    }

    private static Map<String, ?> arbitrated(String decision) {
        return Map.of("decision", decision, "liabilityBuyer", "0", "liabilitySeller", "100");
    }

    /** One unit of 30.00 is asked for. */
    private void refusedAtAudit(Map<String, ?> answer, int status, String code, String field) {
        var story = audited(3, 9_000);
        var before = shop.sheet(story.number());

        var refused = reviewer.answers(story.number(), answer);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
        assertThat(refused.json().path("field").asText()).isEqualTo(field);
        assertThat(shop.sheet(story.number())).isEqualTo(before);
        assertThat(reviewer.tasksOf(story.number())).hasSize(1);
        assertThat(decisions(story)).isZero();
    }

    private void refusedAtArbitration(Story story, Map<String, ?> answer) {
        var before = shop.sheet(story.number());

        var refused = arbitrator.completes(arbitrator.taskOf(story.number()), answer);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.code()).as(refused.toString()).isIn("field-invalid", "amount-invalid");
        assertThat(shop.sheet(story.number())).isEqualTo(before);
    }

    private Answer refused(Story story, String step, JsonNode body, int status, String code) {
        var before = shop.sheet(story.number());

        var answer = shop.does(story.number(), step, body);

        if (status != -1) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
        }
        if (status == 409) {
            assertThat(answer.json().path("currentStatus")).isEqualTo(before.path("status"));
        }
        assertThat(shop.sheet(story.number())).isEqualTo(before);
        return answer;
    }

    private JsonNode awaitStatus(Story story, String status) {
        return Eventually.get(
                () -> shop.sheet(story.number()),
                sheet -> sheet.path("status").asText().equals(status));
    }

    private void fire(Story story, String timer) {
        management.executeJob(timer(story, timer).getId());
    }

    private Job timer(Story story, String timer) {
        var instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(story.number())
                .processDefinitionKey("audit")
                .singleResult();
        return management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId(timer)
                .singleResult();
    }

    private long decisions(Story story) {
        return jdbc.sql("select count(*) from audit_decision where case_number = :number")
                .param("number", story.number())
                .query(Long.class)
                .single();
    }

    private long payouts(Story story) {
        return StreamSupport.stream(shop.sheet(story.number()).path("payouts").spliterator(), false)
                .count();
    }
}
