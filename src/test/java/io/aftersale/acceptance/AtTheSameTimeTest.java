package io.aftersale.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.AtOnce;
import io.aftersale.support.Desk;
import io.aftersale.support.Door;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.Pictures;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Shop;
import io.aftersale.support.Shop.Purchase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People and shops that act at the same moment: one of them wins cleanly, the others are told so, nothing breaks. */
@RunningApp
class AtTheSameTimeTest {
    private static final Map<String, ?> APPROVE = Map.of("decision", "APPROVE");
    private static final Map<String, ?> REJECT = Map.of("decision", "REJECT", "reasonCode", "NOT_AS_CLAIMED");

    @LocalServerPort
    int port;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.at(port, clock);
    }

    @RepeatedTest(3)
    void two_cases_that_name_one_unit() {
        var purchase = shop.sells(Shop.onlyLine(1, 9_000));

        var answers = AtOnce.run(6, i -> Door.values()[i % 3].applies(shop, Shop.application(purchase, 1)));

        assertThat(answers)
                .filteredOn(answer -> answer.status() == 200 || answer.status() == 201)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() >= 300)
                .hasSize(5)
                .allMatch(answer -> answer.status() == 409);
        assertThat(casesOf(purchase)).hasSize(1);
    }

    @Test
    void as_many_cases_as_there_are_units() {
        var purchase = shop.sells(Shop.onlyLine(8, 9_999));

        var answers = AtOnce.run(8, i -> shop.applies(Shop.application(purchase, 1)));

        assertThat(answers).allMatch(answer -> answer.status() == 201 || answer.status() == 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .as("told to try again, if at all, and not that there is none left")
                .allMatch(answer -> answer.code().equals("request-still-running"));
    }

    @Test
    void twenty_answers_to_one_task() {
        var purchase = shop.sells(Shop.onlyLine(3, 9_000));
        String number = shop.opens(Shop.application(purchase, 1));
        var desks = List.of(desk("reviewer"), desk("reviewer2"), desk("supervisor"));
        String task = desks.get(0).taskOf(number);
        desks.get(0).claims(task);

        var answers = AtOnce.run(20, i -> desks.get(i % desks.size()).completes(task, APPROVE));

        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 204)
                .allMatch(answer -> List.of(403, 404, 409).contains(answer.status()));
        assertThat(awaitStatus(number, "COMPLETED").path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(decisions(number)).isEqualTo(1);
    }

    @Test
    void two_reviewers_who_claim_one_task() {
        String number = shop.opens(Shop.application(shop.sells(), 1));
        var desks = List.of(desk("reviewer"), desk("reviewer2"), desk("supervisor"));
        String task = desks.get(0).taskOf(number);

        var answers = AtOnce.run(desks.size(), i -> desks.get(i).claims(task));

        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(2);
    }

    @Test
    void two_reviewers_who_decide_differently() {
        String number = shop.opens(Shop.application(shop.sells(), 1));
        var first = desk("reviewer");
        var second = desk("reviewer2");

        var answers = AtOnce.run(
                List.<Callable<Answer>>of(() -> first.answers(number, APPROVE), () -> second.answers(number, REJECT)));

        assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
        assertThat(answers).allMatch(answer -> answer.status() < 500);
        assertThat(decisions(number)).isEqualTo(1);
    }

    /** Whoever comes first wins: the buyer has withdrawn and nothing is paid, or it is paid and the buyer is told so. */
    @RepeatedTest(8)
    void a_withdrawal_that_races_the_approval() {
        var purchase = shop.sells(Shop.onlyLine(3, 9_000));
        String number = shop.opens(Shop.application(purchase, 1));
        var reviewer = desk("reviewer");
        String task = reviewer.taskOf(number);
        reviewer.claims(task);

        var answers = AtOnce.run(List.<Callable<Answer>>of(
                () -> shop.does(number, "withdrawal", Shop.by(purchase.buyerId())),
                () -> reviewer.completes(task, APPROVE)));

        boolean isWithdrawn = answers.get(0).status() == 200;
        boolean isApproved = answers.get(1).status() == 204;
        assertThat(isWithdrawn).as(answers.toString()).isNotEqualTo(isApproved);
        assertThat(answers).allMatch(answer -> answer.status() < 500);
        var sheet = awaitStatus(number, isWithdrawn ? "WITHDRAWN" : "COMPLETED");
        assertThat(sheet.path("paidMinor").asLong()).isEqualTo(isWithdrawn ? 0 : 3_000);
        assertThat(sheet.path("payouts")).hasSize(isWithdrawn ? 0 : 1);
        assertThat(claimedUnits(number)).isZero();
    }

    @RepeatedTest(4)
    void a_dispute_and_an_amendment_at_once() {
        var purchase = shop.sells(Shop.onlyLine(3, 9_000));
        String number = shop.opens(Shop.application(purchase, 1));
        desk("reviewer").decides(number, REJECT);

        var answers = AtOnce.run(List.<Callable<Answer>>of(
                () -> shop.does(number, "dispute", Shop.by(purchase.buyerId()).put("text", "look again")),
                () -> shop.does(number, "amendment", Shop.by(purchase.buyerId()).put("reason", "FAULTY"))));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(1);
        boolean isDisputed = answers.get(0).status() == 200;
        var sheet = shop.sheet(number);
        assertThat(sheet.path("status").asText()).isEqualTo(isDisputed ? "DISPUTED" : "AUDITING");
        assertThat(sheet.path("applicationNo").asInt()).isEqualTo(isDisputed ? 1 : 2);
    }

    /** One of three mugs is under a case that was refused; it grows to all three while somebody applies for the other two. */
    @RepeatedTest(4)
    void an_amendment_that_wants_the_units_of_another_application() {
        var purchase = shop.sells(Shop.onlyLine(3, 9_000));
        String number = shop.opens(Shop.application(purchase, 1));
        desk("reviewer").decides(number, REJECT);
        var grown = Shop.by(purchase.buyerId());
        grown.putArray("lines").addObject().put("lineId", "1").put("quantity", 3);

        var answers = AtOnce.run(List.<Callable<Answer>>of(
                () -> shop.does(number, "amendment", grown), () -> shop.applies(Shop.application(purchase, 2))));

        assertThat(answers).filteredOn(answer -> answer.status() < 300).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(1);
        boolean isAmended = answers.get(0).status() == 200;
        var sheet = shop.sheet(number);
        assertThat(sheet.path("status").asText()).isEqualTo(isAmended ? "AUDITING" : "REJECTED");
        assertThat(sheet.path("refundableMinor").asLong()).isEqualTo(isAmended ? 9_000 : 3_000);
        assertThat(claimedUnits(number)).isEqualTo(isAmended ? 3 : 1);
        if (!isAmended) {
            assertThat(claimedUnits(answers.get(1).json().path("number").asText()))
                    .isEqualTo(2);
        }
    }

    /** The wait ends once: by the reviewer, and the timer does nothing, or by the timer, and the reviewer is told so. */
    @RepeatedTest(6)
    void a_due_time_that_comes_while_a_reviewer_decides() {
        String number = shop.opens(Shop.application(shop.sells(Shop.onlyLine(3, 9_000)), 1));
        var reviewer = desk("reviewer");
        String task = reviewer.taskOf(number);
        reviewer.claims(task);
        String timer = timer(number, "Event_AuditOverdue");

        var ends = AtOnce.run(List.<Callable<Integer>>of(
                () -> reviewer.completes(task, REJECT).status(), () -> isDone(timer) ? 1 : 0));

        boolean isDecided = ends.get(0) == 204;
        assertThat(ends.get(0)).isIn(204, 403, 404, 409);
        assertThat(ends.get(1)).isEqualTo(isDecided ? 0 : 1);
        awaitStatus(number, isDecided ? "REJECTED" : "COMPLETED");
        assertThat(decisions(number)).isEqualTo(1);
        assertThat(count("select count(*) from approval where case_number = :number", number))
                .isEqualTo(isDecided ? 0 : 1);
    }

    private boolean isDone(String timer) {
        try {
            management.executeJob(timer);
            return true;
        } catch (ProcessEngineException gone) {
            return false;
        }
    }

    private String timer(String number, String event) {
        var instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .processDefinitionKey("audit")
                .singleResult();
        return management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId(event)
                .singleResult()
                .getId();
    }

    @Test
    void evidence_that_comes_many_times_at_once() {
        var purchase = shop.sells(Shop.onlyLine(3, 9_000));
        String number = shop.opens(Shop.application(purchase, 1));
        desk("reviewer").decides(number, Map.of("decision", "ASK_EVIDENCE"));
        var bodies = new ArrayList<JsonNode>();
        for (int i = 0; i < 4; i++) {
            var body = Shop.by(purchase.buyerId());
            body.putArray("evidence").add(Pictures.upload(shop.http(), Pictures.crackedMug()));
            bodies.add(body);
        }

        var answers = AtOnce.run(bodies.size(), i -> shop.does(number, "evidence", bodies.get(i)));

        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).isNotEmpty();
        assertThat(shop.sheet(number).path("status").asText()).isEqualTo("AUDITING");
        assertThat(desk("reviewer").tasksOf(number)).hasSize(1);
    }

    private Desk desk(String user) {
        return Desk.of(port, user);
    }

    private JsonNode casesOf(Purchase purchase) {
        return shop.http()
                .get("/api/cases?orderId=" + purchase.orderId())
                .json()
                .path("items");
    }

    private JsonNode awaitStatus(String number, String status) {
        return Eventually.get(
                () -> shop.sheet(number), sheet -> sheet.path("status").asText().equals(status));
    }

    private long decisions(String number) {
        return count("select count(*) from audit_decision where case_number = :number", number);
    }

    private long claimedUnits(String number) {
        return count("select count(*) from order_unit where claimed_by = :number", number);
    }

    private long count(String sql, String number) {
        return jdbc.sql(sql).param("number", number).query(Long.class).single();
    }
}
