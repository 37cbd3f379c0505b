package io.aftersale.browser;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Story;
import io.aftersale.support.Tasklist;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/** The tab beside the form in the real Tasklist: the whole case, the buyer's others, and how cases alike ended. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeCaseTest {
    private static final String AUDIT = "Task_AuditApplication";
    private static final String AUDIT_DESK = "Audit desk 审核组";
    private static final String SKU = "KETTLE-" + UUID.randomUUID();

    @Autowired
    Given given;

    private Chromium chromium;
    private Tasklist tasklist;
    private Story story;

    @BeforeAll
    void seed() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
        decided(
                given.aRefund(kettleOf("B-2040"), application -> {}),
                form("decision", "APPROVE", "approvedMinor", 2_400));
        decided(given.aRefund(kettleOf("B-2051"), application -> {}), form("decision", "APPROVE"));
        decided(
                        given.aRefund(kettleOf("B-2052"), application -> {}),
                        form("decision", "REJECT", "reasonCode", "USED_BY_BUYER"))
                .fires("Event_ObjectionTimeOver");
        given.aRepair(kettleOf("B-2040"), application -> {});
        story = given.aRefund(kettleOf("B-2040"), application -> {
            application.put("description", "杯口裂开，一倒就漏 😟");
            application
                    .withArray("evidence")
                    .add(given.aPicture())
                    .add(given.aPicture())
                    .add(given.aPicture());
        });
        story.at(AUDIT, "reviewer2", form("decision", "ASK_EVIDENCE", "remark", "the crack is hard to see 看不清裂纹"));
        story.buyer("evidence", "evidence", List.of(given.aPicture())).is("AUDITING");
    }

    @AfterEach
    void nothing_went_wrong_in_the_page() {
        if (tasklist != null) {
            assertThat(tasklist.mishaps()).isEmpty();
            tasklist.close();
        }
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void a_reviewer_sees_the_whole_case_beside_the_form() {
        tasklist = Tasklist.login(chromium, given.port(), "reviewer").opensFilter(AUDIT_DESK);
        tasklist.opensCase(story.number()).opensWholeCase("Whole case");

        assertThat(tasklist.head())
                .contains(story.number(), "Being reviewed", "CNY 30.00", "Damaged", "青花马克杯 × 1", "B-2040")
                .contains("杯口裂开，一倒就漏 😟", "reviewers · Audit application · due");
        assertThat(tasklist.part("What happened").innerText())
                .contains("Please add pictures or papers", "the crack is hard to see 看不清裂纹", "buyer", "reviewer2");
        assertThat(tasklist.part("The buyer's other cases").innerText())
                .contains("2 in all", "1 paid back", "Repair", "Refunded", "CNY 30.00 → CNY 24.00");
        assertThat(tasklist.part("Cases alike, and how they ended").innerText())
                .contains(
                        "2 of 3 approved",
                        "90% of what was asked for",
                        "Rejected",
                        "Used by the buyer",
                        "same article");
        tasklist.looksThroughPictures("Picture 1 of 4", "Picture 2 of 4");
        tasklist.photographsCase(Screenshots.of("whole-case.png"), 1_500);
    }

    @Test
    void in_chinese_too_and_what_cannot_be_read_can_be_asked_for_again() {
        tasklist = Tasklist.loginInChinese(chromium, given.port(), "reviewer").opensFilter(AUDIT_DESK);
        tasklist.opensCase(story.number()).opensWholeCase("案件全貌");

        assertThat(tasklist.head()).contains("审核中", "商品破损", "申请金额", "审核组");
        assertThat(tasklist.part("类似案件及其结果").innerText()).contains("3 件中通过 2 件", "已拒绝", "同款");
        assertThat(tasklist.part("经过").innerText()).contains("内部", "看不清裂纹");
        tasklist.photographsCase(Screenshots.of("whole-case-zh.png"), 1_500);

        tasklist.opensTab("表单").losesTheServer().opensTab("案件全貌");
        assertThat(tasklist.failure()).contains("服务器没有应答", "重试");
    }

    @Test
    void an_agent_reads_a_feedback_with_the_case_that_it_is_about() {
        var closed = decided(
                given.aRefund(order -> order.put("buyerId", "B-2053"), application -> {}), form("decision", "APPROVE"));
        var feedback = given.aFeedback(body -> body.put("buyerId", "B-2053")
                .put("content", "没有人通知我 <b onclick='alert(1)'>取件</b>")
                .put("orderId", closed.sheet().path("orderId").asText())
                .put("caseNumber", closed.number()));

        tasklist = Tasklist.login(chromium, given.port(), "agent").opensFilter("My groups' tasks 本组待办");
        tasklist.opensCase(feedback.number()).opensWholeCase("Whole case");

        assertThat(tasklist.head())
                .contains(
                        feedback.number(),
                        "Feedback → Refund only",
                        "没有人通知我 <b onclick='alert(1)'>取件</b>",
                        "agents · Answer feedback");
        assertThat(tasklist.part("What happened").innerText()).contains("Feedback received", "Approved");
        tasklist.photographsCase(Screenshots.of("whole-case-feedback.png"), 1_300);
    }

    private static Consumer<ObjectNode> kettleOf(String buyerId) {
        return order -> {
            order.put("buyerId", buyerId);
            ((ObjectNode) order.path("lines").get(0))
                    .put("sku", SKU)
                    .put("title", "青花马克杯")
                    .put("category", SKU);
        };
    }

    private static Story decided(Story story, Map<String, Object> answer) {
        story.at(AUDIT, "reviewer", answer);
        return answer.get("decision").equals("APPROVE") ? story.becomes("COMPLETED") : story.is("REJECTED");
    }
}
