package io.aftersale.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Story;
import io.aftersale.support.Tasklist;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * People at work in the real Tasklist, in a real browser. README shows one of the pictures that they leave.
 */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TasklistTest {
    private static final String AUDIT_DESK = "Audit desk 审核组";

    @Autowired
    Given given;

    @Autowired
    TaskService tasks;

    @Autowired
    Clock clock;

    private Chromium chromium;
    private Tasklist tasklist;

    @BeforeAll
    void open() {
        assumeTrue(Chromium.executable().isPresent(), "There is no Chromium on the PATH.");
        chromium = Chromium.start();
    }

    @AfterEach
    void nothing_went_wrong_in_the_page() {
        assertThat(tasklist.mishaps()).isEmpty();
        tasklist.close();
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void a_reviewer_finds_the_desk_claims_a_case_and_approves_it() {
        given.aRefund(order -> order.put("buyerId", "B-1001"), application -> application.put("reason", "LATE"));
        var story = given.aRefund(order -> order.put("buyerId", "B-1001"), application -> {
            application.put("description", "收到时杯口有一道裂纹 😟\n请尽快处理 <script>alert('x')</script>");
            application.withArray("evidence").add(given.aPicture()).add(given.aPicture());
        });

        login("reviewer").opensFilter(AUDIT_DESK);

        assertThat(tasklist.filters())
                .containsExactly("My tasks 我的任务", "My groups' tasks 本组待办", "Overdue 已超时", AUDIT_DESK);
        assertThat(tasklist.card(story.number()))
                .contains(story.number(), "CNY 30.00", "DAMAGED", "Case 单号", "Amount 金额", "Reason 原因", "Due 截止");
        tasklist.opensCase(story.number());
        assertThat(tasklist.formText())
                .contains("CNY 30.00", "1 / 3", "马克杯", "QUALITY_CLAIM", "rule_quality_money_back_in_window")
                .contains("收到时杯口有一道裂纹 😟\n请尽快处理 <script>alert('x')</script>");
        assertThat(tasklist.formText()).as("the buyer's earlier cases").contains("LATE", "AUDITING");
        tasklist.seesPictures(2);
        assertThat(tasklist.page())
                .as("what is refused is not offered")
                .doesNotContain("Create task", "Start process", "Add Comment", "Set follow-up date");

        tasklist.claims()
                .chooses("Approve 通过")
                .writes("Approved amount", "2500")
                .writes("Remark", "a crack, the mug still holds water 有裂纹")
                .photographs(Screenshots.of("audit-form.png"))
                .completes();

        story.becomes("COMPLETED").outcome("REFUNDED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(2_500);
        assertThat(story.sheet().path("payouts").path(0).path("status").asText())
                .isEqualTo("SETTLED");
    }

    @Test
    void a_rejection_reaches_the_case_sheet_with_its_reason() {
        var story = given.aRefund();

        login("reviewer2")
                .opensFilter("My groups' tasks 本组待办")
                .opensCase(story.number())
                .claims()
                .chooses("Reject 拒绝")
                .selects("Reason code", "Used by the buyer 已被使用")
                .writes("Remark", "tea stains")
                .photographs(Screenshots.of("audit-form-reject.png"))
                .completes();

        story.is("REJECTED");
        assertThat(story.sheet().path("rejection").toString()).contains("USED_BY_BUYER");
        assertThat(story.sheet().toString())
                .as("the buyer does not read internal remarks")
                .doesNotContain("tea stains");
    }

    @Test
    void evidence_is_asked_for_and_a_supervisor_confirms_a_large_refund() {
        var story = given.aLargeRefund();
        login("reviewer")
                .opensFilter(AUDIT_DESK)
                .opensCase(story.number())
                .claims()
                .chooses("Ask for evidence 要求补充凭证")
                .writes("What the buyer should show", "please show the crack 请拍裂纹")
                .completes();
        story.is("AWAITING_EVIDENCE");
        assertThat(story.sheet().path("timeline").toString()).contains("please show the crack 请拍裂纹");

        story.buyer("evidence", "evidence", List.of(given.aPicture())).is("AUDITING");

        tasklist.opensFilter("My tasks 我的任务").opensCase(story.number());
        tasklist.seesPictures(1);
        assertThat(tasklist.formText()).contains("ASK_EVIDENCE", "evidence-added");
        tasklist.chooses("Approve 通过").completes();
        story.waitsAt("Task_ConfirmAudit");
        assertThat(tasklist.mishaps()).isEmpty();
        tasklist.close();

        login("supervisor").opensFilter("Supervisors' desk 主管");
        assertThat(tasklist.card(story.number())).contains("CNY 3000.00");
        tasklist.opensCase(story.number());
        assertThat(tasklist.formText()).contains("First approval", "CNY 3000.00", "reviewer");
        tasklist.claims()
                .chooses("Confirm the approval 同意")
                .photographs(Screenshots.of("confirm-form.png"))
                .completes();

        story.becomes("COMPLETED");
        assertThat(story.sheet().path("paidMinor").asLong()).isEqualTo(300_000);
    }

    @Test
    void an_arbitrator_overturns_a_rejection_and_splits_the_liability() {
        Story story = given.aRefundOfSomethingNoLongerWanted();
        story.buyer("dispute", "text", "The parcel was opened before it came <b>really</b>");

        login("arbitrator").opensFilter("Arbitration desk 仲裁组").opensCase(story.number());
        assertThat(tasklist.formText())
                .contains("The parcel was opened before it came <b>really</b>", "RETURN_REQUIRED");
        tasklist.claims()
                .chooses("Overturn the refusal, the buyer is right 撤销拒绝，支持买家")
                .writes("Seller", "70")
                .writes("Carrier", "30")
                .photographs(Screenshots.of("arbitrate-form.png"))
                .completes();

        story.becomes("COMPLETED");
        assertThat(story.sheet().path("liability").toString()).contains("70", "30");
    }

    @Test
    void a_supervisor_gives_a_reviewer_more_time_and_the_card_shows_it() {
        var story = given.aRefund();
        var due = OffsetDateTime.parse(
                story.sheet().path("next").path(0).path("dueAt").asText());
        String later = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm").format(due.plusDays(2));
        login("supervisor").opensFilter(AUDIT_DESK).opensCase(story.number());

        Page page = tasklist.follows("supervisors: more time");
        PlaywrightAssertions.assertThat(page.locator(".wait .rule")).containsText("deadlines v");
        page.getByLabel("New due time").fill(later);
        page.getByLabel("Reason").fill("the expert is ill");
        page.screenshot(new Page.ScreenshotOptions().setPath(Screenshots.of("more-time.png")));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Give more time"))
                .click();
        PlaywrightAssertions.assertThat(page.locator(".wait output")).containsText("More time was given by supervisor");
        assertThat(tasklist.mishaps()).isEmpty();
        tasklist.close();

        assertThat(story.sheet().path("next").path(0).path("dueAt").asText()).startsWith(later);
        login("reviewer").opensFilter(AUDIT_DESK);
        assertThat(tasklist.card(story.number())).contains(later.replace('T', ' '));
    }

    @Test
    void a_reviewer_does_not_see_other_desks_tasks() {
        var story = given.aRefundOfSomethingNoLongerWanted();
        story.buyer("dispute", "text", "no");

        login("reviewer").opensFilter(AUDIT_DESK);

        assertThat(tasklist.hasCard(story.number())).isFalse();
        assertThat(tasklist.filters()).doesNotContain("Arbitration desk 仲裁组");
    }

    @Test
    void what_is_late_shows_under_overdue_and_nothing_else_does() {
        var late = given.aRefund();
        var inTime = given.aRefund();
        String task = tasks.createTaskQuery()
                .processInstanceBusinessKey(late.number())
                .singleResult()
                .getId();
        tasks.setDueDate(task, Date.from(clock.instant().minusSeconds(60)));

        login("reviewer2").opensFilter("Overdue 已超时");

        assertThat(tasklist.card(late.number())).contains(late.number());
        assertThat(tasklist.hasCard(inTime.number())).isFalse();
    }

    private Tasklist login(String user) {
        tasklist = Tasklist.login(chromium, given.port(), user);
        return tasklist;
    }
}
