package io.aftersale.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aftersale.support.Chromium;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Screenshots;
import io.aftersale.support.Tasklist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/** A moderator at work in the real Tasklist, in a real browser. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModerationDeskTest {
    private static final String DESK = "Moderation desk 评价审核组";

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
    void a_moderator_reads_the_words_without_the_stars_and_hides_them_for_a_legal_reason() {
        var body = Given.review(
                given.aProductBought(), 2, "杯子还行 <script>alert('x')</script>\n有问题打我电话13812345678，或加微信 mei_1988");
        body.withArray("evidence").add(given.aPicture());
        var story = given.aReview(body);

        tasklist = Tasklist.login(chromium, given.port(), "moderator").opensFilter(DESK);
        assertThat(tasklist.card(story.number())).contains(story.number(), "Contact data or link");
        tasklist.opensCase(story.number());
        assertThat(tasklist.formText())
                .contains("杯子还行 <script>alert('x')</script>", "13812345678", "Contact data or link 联系方式或链接")
                .doesNotContain("★", "stars 2");
        tasklist.seesPictures(1);
        tasklist.claims()
                .chooses("Hide 屏蔽")
                .selects("Legal reason", "Personal data 个人信息")
                .writes("Remark", "somebody's number 他人号码")
                .photographs(Screenshots.of("moderate-form.png"))
                .completes();

        story.is("HIDDEN");
        assertThat(story.sheet().at("/hidden/reasonCode").asText()).isEqualTo("PERSONAL_DATA");
        assertThat(story.sheet().toString()).doesNotContain("somebody's number");
    }

    @Test
    void what_readers_flagged_shows_why_and_is_kept() {
        var story = given.aReview(1, "很差劲，一周就坏了");
        story.plain("flags", "readerId", "R-1", "reason", "FAKE", "text", "像是同行写的");

        tasklist = Tasklist.login(chromium, given.port(), "moderator").opensFilter("My groups' tasks 本组待办");
        tasklist.opensCase(story.number());
        assertThat(tasklist.formText()).contains("Flagged by readers", "像是同行写的", "很差劲，一周就坏了");
        tasklist.claims()
                .chooses("Publish 发布")
                .photographs(Screenshots.of("moderate-form-flagged.png"))
                .completes();

        story.is("PUBLISHED");
        assertThat(story.events()).contains("review-kept");
    }
}
