package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;

/** Every way through {@code audit.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditFlowTest {
    private static final String AUDIT = "Task_AuditApplication";
    private static final String CONFIRM = "Task_ConfirmAudit";
    private static final String ARBITRATE = "Task_ArbitrateDispute";

    private final List<Story> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Test
    void the_rules_approve_a_small_refund_before_shipping_at_once() {
        var story = tell(given.aRefundBeforeShipping());
        story.passed("Task_DecideEligibility", "Flow_EntitledApprove", "Task_ApproveByRule")
                .neverPassed(AUDIT);
        assertThat(story.sheet().path("verdict").path("rule").asText()).isEqualTo("rule_unshipped_fast_track");
        story.becomes("COMPLETED").outcome("REFUNDED").endedAt("EndEvent_Approved");
    }

    @Test
    void a_reviewer_approves_in_full() {
        var story = tell(given.aRefund());
        story.is("AUDITING").next("reviewers", AUDIT, "APPROVE");
        story.at(AUDIT, "reviewer", form("decision", "APPROVE"))
                .passed("Flow_AuditApproved", "Flow_OneApprovalEnough", "Task_RecordApproval")
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    void a_reviewer_approves_a_part() {
        var story = tell(given.aRefund());
        story.at(AUDIT, "reviewer", form("decision", "APPROVE", "approvedMinor", "1999", "remark", "a chip only"))
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(1_999);
    }

    @Test
    void reviewers_are_reminded_their_supervisors_told_and_silence_approves() {
        var story = tell(given.aRefund());
        story.isDue("Event_AuditReminderDue", Duration.ofHours(24))
                .isDue("Event_AuditEscalationDue", Duration.ofHours(36))
                .isDue("Event_AuditOverdue", Duration.ofHours(48));
        story.fires("Event_AuditReminderDue").passed("Task_RemindAuditors").waitsAt(AUDIT);
        story.fires("Event_AuditEscalationDue").passed("Task_EscalateAudit").waitsAt(AUDIT);
        story.fires("Event_AuditOverdue")
                .passed("Flow_ApprovesItself", "Task_ApproveByTimeout")
                .becomes("COMPLETED");
        assertThat(story.events()).contains("audit-reminded", "audit-escalated", "application-approved");
    }

    @Test
    void what_two_must_approve_never_approves_itself() {
        var story = tell(given.aLargeRefund());
        story.next("reviewers", AUDIT, "ESCALATE");
        story.fires("Event_AuditOverdue")
                .passed("Flow_AuditHandedOver", "Task_HandAuditToSupervisors")
                .neverPassed("Task_ApproveByTimeout")
                .waitsAt(AUDIT)
                .next("supervisors", AUDIT, "ESCALATE")
                .isDue("Event_AuditOverdue", Duration.ofHours(48));
        story.fires("Event_AuditOverdue").waitsAt(AUDIT).is("AUDITING");
        story.buyer("withdrawal");
    }

    @Test
    void a_large_refund_takes_two_people() {
        var story = tell(given.aLargeRefund());
        story.at(AUDIT, "reviewer", form("decision", "APPROVE"))
                .passed("Flow_SecondApprovalNeeded", "Task_RequestConfirmation")
                .waitsAt(CONFIRM)
                .is("AUDITING")
                .next("supervisors", CONFIRM, "ESCALATE")
                .isDue("Event_ConfirmationOverdue", Duration.ofHours(24));
        story.at(CONFIRM, "supervisor", form("decision", "APPROVE"))
                .passed("Flow_AuditConfirmed", "Task_RecordApproval")
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(300_000);
    }

    @Test
    void nobody_gives_both_approvals() {
        var story = tell(given.aLargeRefund());
        story.at(AUDIT, "supervisor", form("decision", "APPROVE"));
        assertThat(story.refuses("supervisor", form("decision", "APPROVE"))).isNotBlank();
        story.waitsAt(CONFIRM).buyer("withdrawal").is("WITHDRAWN");
    }

    @Test
    void a_second_approver_who_takes_too_long_is_escalated_and_may_refuse() {
        var story = tell(given.aLargeRefund());
        story.at(AUDIT, "reviewer", form("decision", "APPROVE"))
                .fires("Event_ConfirmationOverdue")
                .passed("Task_EscalateConfirmation")
                .waitsAt(CONFIRM);
        story.at(CONFIRM, "supervisor", form("decision", "REJECT", "reasonCode", "FRAUD_SUSPECTED"))
                .passed("Flow_AuditNotConfirmed", "Task_RecordRejection")
                .is("REJECTED");
    }

    @Test
    void evidence_brings_the_audit_back_to_the_same_reviewer() {
        var story = tell(given.aRefund());
        story.at(AUDIT, "reviewer2", form("decision", "ASK_EVIDENCE", "remark", "a picture of the crack"))
                .passed("Flow_EvidenceAsked", "Task_AskForEvidence")
                .is("AWAITING_EVIDENCE")
                .next("buyer", "Gateway_AwaitEvidence", "DECIDE")
                .isDue("Event_EvidenceOverdue", Duration.ofDays(7));
        story.buyer("evidence", "evidence", List.of(given.aPicture()))
                .passed("Event_EvidenceAdded", "Task_ResumeAudit")
                .is("AUDITING")
                .isDue("Event_AuditOverdue", Duration.ofHours(48));
        assertThat(story.assigneeOf(AUDIT)).isEqualTo("reviewer2");
        story.at(AUDIT, "reviewer2", form("decision", "APPROVE")).becomes("COMPLETED");
    }

    @Test
    void without_evidence_it_is_decided_on_what_is_there() {
        var story = tell(given.aRefund());
        story.at(AUDIT, "reviewer", form("decision", "ASK_EVIDENCE"))
                .fires("Event_EvidenceOverdue")
                .passed("Event_EvidenceOverdue", "Task_ResumeAudit")
                .is("AUDITING");
        story.at(AUDIT, "reviewer", form("decision", "REJECT", "reasonCode", "INSUFFICIENT_EVIDENCE"))
                .is("REJECTED");
    }

    @Test
    void a_rejection_by_rule_stands_when_nobody_objects_in_time() {
        var story = tell(given.aRefundOfSomethingNoLongerWanted());
        story.is("REJECTED")
                .next("buyer", "Gateway_AwaitObjection", "CLOSE")
                .isDue("Event_ObjectionTimeOver", Duration.ofDays(7));
        assertThat(story.sheet().path("verdict").path("reasonCode").asText()).isEqualTo("RETURN_REQUIRED");
        story.fires("Event_ObjectionTimeOver")
                .passed("Flow_EntitledReject", "Task_RejectByRule")
                .is("CLOSED")
                .outcome("REJECTED")
                .endedAt("EndEvent_Rejected");
    }

    @Test
    void a_rejection_by_a_reviewer_is_disputed_and_overturned() {
        var story = tell(given.aRefund());
        story.at(AUDIT, "reviewer", form("decision", "REJECT", "reasonCode", "NOT_AS_CLAIMED"))
                .passed("Flow_AuditRejected", "Task_RecordRejection")
                .is("REJECTED");
        story.buyer("dispute", "text", "the crack is on picture 2")
                .passed("Task_OpenDispute")
                .waitsAt(ARBITRATE)
                .is("DISPUTED")
                .isDue("Event_ArbitrationOverdue", Duration.ofHours(72));
        story.fires("Event_ArbitrationOverdue")
                .passed("Task_EscalateArbitration")
                .waitsAt(ARBITRATE);
        story.at(
                        ARBITRATE,
                        "arbitrator",
                        form("decision", "OVERTURN", "liabilitySeller", "80", "liabilityCarrier", "20"))
                .passed("Flow_RejectionOverturned", "Task_OverturnRejection")
                .becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(3_000);
    }

    @Test
    void a_disputed_rejection_is_upheld() {
        var story = tell(given.aRefundOfSomethingNoLongerWanted());
        story.buyer("dispute", "text", "I never opened it");
        story.at(ARBITRATE, "arbitrator", form("decision", "UPHOLD", "liabilityBuyer", "100"))
                .passed("Flow_RejectionUpheld", "Task_UpholdRejection")
                .is("CLOSED")
                .outcome("REJECTED");
    }

    @Test
    void an_amended_application_is_decided_anew() {
        var story = tell(given.aRefundOfSomethingNoLongerWanted());
        story.buyer("amendment", "reason", "DAMAGED", "description", "it came with a crack")
                .passed("Event_ApplicationAmended", "Task_RegisterAmendment", "Task_DecideEligibility")
                .is("AUDITING");
        story.at(AUDIT, "reviewer", form("decision", "APPROVE")).becomes("COMPLETED");
        assertThat(story.sheet().path("applicationNo").asInt()).isEqualTo(2);
    }

    @Test
    void the_buyer_withdraws_from_every_wait() {
        var auditing = tell(given.aRefund());
        auditing.buyer("withdrawal", "reason", "it turned up")
                .passed("StartEvent_ApplicationWithdrawn", "Task_RecordWithdrawal")
                .is("WITHDRAWN")
                .outcome("WITHDRAWN")
                .endedAt("EndEvent_ApplicationWithdrawn");
        var asked = tell(given.aRefund());
        asked.at(AUDIT, "reviewer", form("decision", "ASK_EVIDENCE"))
                .buyer("withdrawal")
                .is("WITHDRAWN");
        var rejected = tell(given.aRefundOfSomethingNoLongerWanted());
        rejected.buyer("withdrawal").is("WITHDRAWN");
        var disputed = tell(given.aRefundOfSomethingNoLongerWanted());
        disputed.buyer("dispute", "text", "no").buyer("withdrawal").is("WITHDRAWN");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_flow_was_passed() {
        assertThat(footprints.missing(
                        Path.of("bpmn/parts/audit.bpmn"),
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
