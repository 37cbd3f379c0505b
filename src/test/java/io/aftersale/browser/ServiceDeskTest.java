package io.aftersale.browser;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Shop;
import io.aftersale.support.Tasklist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/** Agents and supervisors at work on feedback in the real Tasklist, in a real browser. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceDeskTest {
    private static final String SERVICE_DESK = "Service desk 客服组";

    @Autowired
    Given given;

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
    void an_agent_finds_the_desk_claims_a_feedback_and_answers_it() {
        var story = given.aFeedback(
                feedback -> feedback.put("content", "快递放在门口，没有人通知我 😟\n再这样我就投诉了 <script>alert('x')</script>"));

        login("agent").opensFilter(SERVICE_DESK);

        assertThat(tasklist.card(story.number())).contains(story.number(), "DELIVERY 配送", "CNY 100.00");
        tasklist.opensCase(story.number());
        assertThat(tasklist.formText())
                .contains("DELIVERY 配送", "马克杯", "Urgent word 紧急词: 投诉", "rule_urgent")
                .contains("没有人通知我 😟\n再这样我就投诉了 <script>alert('x')</script>")
                .doesNotContain("The low review");

        tasklist.claims()
                .chooses("Answer the buyer 答复买家")
                .writes("Answer", "抱歉给您添麻烦了，已提醒快递员先打电话。")
                .photographs(Screenshots.of("answer-form.png"))
                .completes();

        story.is("ANSWERED");
        assertThat(story.sheet().at("/answers/0/text").asText()).startsWith("抱歉给您添麻烦了");
    }

    @Test
    void an_agent_reads_the_low_review_that_a_feedback_came_of() {
        var bought = given.aProductBought();
        var review = given.aReview(Given.review(bought, 1, "杯口有缺口，割到手"));
        var feedback = Shop.feedback(bought).put("recoveryOf", review.number());
        String number = given.shop()
                .http()
                .post("/api/feedback", feedback.toString())
                .json()
                .path("number")
                .asText();

        login("agent").opensFilter(SERVICE_DESK).opensCase(number);

        assertThat(tasklist.formText()).contains(review.number() + " · 1/5 · PUBLISHED", "杯口有缺口，割到手");
        tasklist.photographs(Screenshots.of("answer-form-recovery.png"));
    }

    @Test
    void an_agent_forwards_and_a_supervisor_follows_up() {
        var story = given.aFeedback();

        login("agent")
                .opensFilter(SERVICE_DESK)
                .opensCase(story.number())
                .claims()
                .chooses("Forward 转交")
                .selects("Forward to", "Warehouse desk 仓库")
                .writes("Answer", "请查出库记录")
                .photographs(Screenshots.of("answer-form-forward.png"))
                .completes();
        story.next("warehouse", "Task_AnswerFeedback", "ESCALATE");
        tasklist.close();

        story.at("Task_AnswerFeedback", "warehouse", form("decision", "ANSWERED", "answer", "出库正常"))
                .buyer("satisfaction", "satisfaction", 1);
        login("supervisor").opensFilter("Supervisors' desk 主管").opensCase(story.number());
        assertThat(tasklist.formText()).contains("1 / 5", "出库正常", "请查出库记录");
        tasklist.claims()
                .chooses("Followed up 已回访")
                .writes("What came of it", "已电话致歉，补发优惠券。")
                .photographs(Screenshots.of("follow-up-form.png"))
                .completes();
        story.is("CLOSED").outcome("FOLLOWED_UP");
    }

    private Tasklist login(String user) {
        tasklist = Tasklist.login(chromium, given.port(), user);
        return tasklist;
    }
}
