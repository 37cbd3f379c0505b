package io.aftersale.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The demo's sample data: told over HTTP like real cases, on every desk, and once only. */
@RunningApp
class SamplesTest {
    @LocalServerPort
    private int port;

    @Autowired
    private Samples samples;

    @BeforeEach
    void fill() {
        samples.fill(port);
    }

    @Test
    void shows_every_status_that_a_refund_can_wait_in_or_end_with() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(sampleCases())
                    .extracting(it -> it.path("status").asText())
                    .contains("AUDITING", "AWAITING_EVIDENCE", "REJECTED", "DISPUTED", "PAYING")
                    .contains("COMPLETED", "WITHDRAWN", "CLOSED")
                    .doesNotContain("SUBMITTED");
            assertThat(sampleCases())
                    .flatExtracting(it -> it.findValuesAsText("action"))
                    .as("reviewers, supervisors, arbitrators and finance find work")
                    .contains("Task_AuditApplication", "Task_ConfirmAudit", "Task_ArbitrateDispute")
                    .contains("Task_SettlePayout")
                    .as("technicians do, and a buyer has a quote to answer")
                    .contains("Task_DiagnoseFault", "Task_RepairGoods", "Gateway_AwaitQuoteAnswer");
        });
    }

    @Test
    void agents_and_supervisors_find_feedback_to_answer() {
        for (var desk : List.of(
                List.of("agent", "Task_AnswerFeedback"), List.of("supervisor", "Task_FollowUpDissatisfaction"))) {
            assertThat(Http.as(port, desk.get(0))
                            .get("/engine-rest/task?maxResults=50&taskDefinitionKey=" + desk.get(1))
                            .json())
                    .as(desk.get(0))
                    .isNotEmpty();
        }
    }

    @Test
    void sells_every_class_of_goods_for_every_kind_of_money() {
        var orders = samples.orders().stream().map(SampleOrder::facts).toList();
        assertThat(orders).hasSizeGreaterThanOrEqualTo(20);
        assertThat(orders)
                .flatExtracting(it -> it.findValuesAsText("goodsClass"))
                .contains("ORDINARY", "MADE_TO_ORDER", "PERISHABLE", "DIGITAL", "PERIODICAL");
        assertThat(orders)
                .flatExtracting(it -> it.findValuesAsText("method"))
                .contains("CARD", "WALLET", "BALANCE", "POINTS", "COUPON");
    }

    @Test
    void changes_nothing_when_it_goes_over_the_same_cases_again() {
        var before = sampleCases();
        var team = samples.team(port);
        samples.cases().forEach(team::play);
        assertThat(sampleCases())
                .extracting(it -> it.path("number"))
                .isEqualTo(before.stream().map(it -> it.path("number")).toList());
    }

    @Test
    void moderators_find_work_and_some_reviews_are_public() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sampleReviews())
                        .extracting(it -> it.path("status").asText())
                        .contains("PUBLISHED", "MODERATING", "AWAITING_EDIT"));
    }

    private List<JsonNode> sampleReviews() {
        var found = new ArrayList<JsonNode>();
        samples.reviews()
                .forEach(sample -> Http.as(port, sample.shop())
                        .get("/api/reviews?orderId="
                                + sample.review().path("orderId").asText())
                        .json()
                        .path("items")
                        .forEach(found::add));
        return found;
    }

    private List<JsonNode> sampleCases() {
        var found = new ArrayList<JsonNode>();
        for (SampleOrder order : samples.orders()) {
            Http.as(port, order.shop())
                    .get("/api/cases?orderId=" + order.orderId())
                    .json()
                    .path("items")
                    .forEach(found::add);
        }
        return found;
    }
}
