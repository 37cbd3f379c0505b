package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way through {@code refund.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefundFlowTest {
    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Autowired
    JdbcClient jdbc;

    @Test
    void an_approved_refund_is_paid() {
        var story = tell(given.aRefund());
        story.at("Task_AuditApplication", "reviewer", form("decision", "APPROVE"))
                .becomes("COMPLETED")
                .outcome("REFUNDED")
                .passed("Task_RegisterApplication", "Call_Audit", "Flow_AuditApproved", "Call_Payout")
                .endedAt("EndEvent_Refunded");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
        assertThat(story.sheet().path("next")).isEmpty();
    }

    @Test
    void what_a_refund_was_about_does_not_stay_in_the_engine() {
        var story = tell(given.aRefund(order -> {}, application -> application.put("description", "杯口有裂纹")));
        story.at("Task_AuditApplication", "reviewer", form("decision", "APPROVE", "remark", "照片清楚"))
                .becomes("COMPLETED");
        for (String instance : story.processInstances()) {
            for (String place : List.of(
                    "ACT_HI_VARINST where PROC_INST_ID_",
                    "ACT_HI_DETAIL where PROC_INST_ID_",
                    "ACT_GE_BYTEARRAY where ROOT_PROC_INST_ID_")) {
                assertThat(jdbc.sql("select count(*) from " + place + " = ?")
                                .param(instance)
                                .query(Long.class)
                                .single())
                        .as(place)
                        .isZero();
            }
        }
    }

    @Test
    void a_rejected_refund_closes_and_its_units_are_free_again() {
        var story = tell(given.aRefund());
        story.at("Task_AuditApplication", "reviewer", form("decision", "REJECT", "reasonCode", "USED_BY_BUYER"))
                .fires("Event_ObjectionTimeOver")
                .is("CLOSED")
                .outcome("REJECTED")
                .neverPassed("Call_Payout")
                .endedAt("EndEvent_Rejected");
        assertThat(story.attempt("dispute", "text", "too late").status()).isEqualTo(409);
    }

    @Test
    void a_withdrawn_refund_is_not_paid() {
        var story = tell(given.aRefund());
        story.buyer("withdrawal")
                .is("WITHDRAWN")
                .neverPassed("Call_Payout")
                .passed("Flow_ApplicationWithdrawn")
                .endedAt("EndEvent_Withdrawn");
    }

    @Test
    void what_the_provider_declines_finance_may_cancel() {
        var story = tell(given.aRefund(
                order -> {
                    order.remove("tenders");
                    order.withArray("tenders")
                            .addObject()
                            .put("tenderId", "DECLINE-" + UUID.randomUUID())
                            .put("method", "CARD")
                            .put("amountMinor", 10_000);
                },
                application -> {}));
        story.at("Task_AuditApplication", "reviewer", form("decision", "APPROVE"));
        story.becomesAt("Task_SettlePayout").is("PAYING");
        assertThat(story.attempt("withdrawal").status())
                .as("money is under way")
                .isEqualTo(409);
        story.at("Task_SettlePayout", "finance", form("decision", "CANCEL", "remark", "the account is gone"))
                .becomes("CLOSED")
                .outcome("PAYOUT_CANCELLED")
                .endedAt("EndEvent_PayoutCancelled");
        assertThat(story.sheet().path("paidMinor").asLong()).isZero();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        assertThat(footprints.missing(
                        Path.of("bpmn/refund.bpmn"),
                        told.stream()
                                .flatMap(story -> story.processInstances().stream())
                                .toList()))
                .isEmpty();
    }

    private Story tell(Story story) {
        told.add(story);
        return story;
    }
}
