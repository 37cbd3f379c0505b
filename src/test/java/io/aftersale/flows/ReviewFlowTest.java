package io.aftersale.flows;

import static io.aftersale.support.Story.form;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Footprints;
import io.aftersale.support.Given;
import io.aftersale.support.ReviewStory;
import io.aftersale.support.RunningApp;
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

/** Every way through {@code review.bpmn}. */
@RunningApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewFlowTest {
    private static final String GOOD = "杯子很厚实，釉色均匀，家里人都说好看";
    private static final String WITH_PHONE = "质量不错，有问题可以打我电话13812345678一起讨论";
    private static final String DENIED = "东西一般，另外代开發 票，价格好商量";

    private final List<ReviewStory> told = new ArrayList<>();

    @Autowired
    Given given;

    @Autowired
    Footprints footprints;

    @Test
    void what_nothing_speaks_against_is_public_at_once_and_counts() {
        var story = tell(given.aReview(5, GOOD));
        story.is("PUBLISHED")
                .passed("Task_RegisterReview", "Task_ScanReview", "Task_DecideModeration", "Flow_MayPublish")
                .passed("Task_PublishReview", "EndEvent_Published")
                .nothingNext();
        assertThat(story.number()).matches("RV-\\d{4}-\\d{8}");
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
        assertThat(story.rating().path("meanExact").asText()).isEqualTo("5/1");
        assertThat(story.shown()).hasSize(1);
        assertThat(story.sheet().at("/moderation/reasonCode").asText()).isEqualTo("NOTHING_FOUND");
    }

    @Test
    void stars_alone_are_a_review() {
        var story = tell(given.aReview(1, null));
        story.is("PUBLISHED");
        assertThat(story.sheet().path("content").isNull()).isTrue();
        assertThat(story.sheet().at("/moderation/rule").asText()).isEqualTo("rule_stars_only");
    }

    @Test
    void a_moderator_publishes_what_the_scan_doubted() {
        var story = tell(given.aReview(4, WITH_PHONE));
        story.is("MODERATING")
                .waitsForModerator()
                .passed("Flow_PersonNeeded", "Task_RequestModeration")
                .next("moderators", "Task_ModerateReview", "ESCALATE")
                .isDue("Event_ModerationOverdue", Duration.ofHours(24));
        assertThat(story.rating().path("count").asInt()).isZero();
        assertThat(story.shown()).isEmpty();
        story.moderated("moderator", "decision", "PUBLISH", "remark", "his own number")
                .is("PUBLISHED")
                .nothingNext();
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
        assertThat(story.sheet().toString()).doesNotContain("his own number");
    }

    @Test
    void a_moderator_hides_with_a_legal_reason_and_another_one_restores_everything() {
        var story = tell(given.aReview(4, WITH_PHONE));
        assertThat(story.refuses("moderator", form("decision", "HIDE"))).isEqualTo("field-missing");
        story.moderatedAgain("moderator", "decision", "HIDE", "reasonCode", "PERSONAL_DATA")
                .is("HIDDEN")
                .passed("Flow_MustHide", "Task_HideReview", "EndEvent_Hidden")
                .nothingNext();
        assertThat(story.sheet().at("/hidden/reasonCode").asText()).isEqualTo("PERSONAL_DATA");
        assertThat(story.sheet().at("/hidden/legalBasis").asText()).contains("《");
        assertThat(story.rating().path("count").asInt()).isZero();
        assertThat(story.by("moderator", "restoration", "remark", "his own number")
                        .status())
                .isEqualTo(200);
        story.is("PUBLISHED").passed("Task_RestoreReview", "EndEvent_Restored").nothingNext();
        assertThat(story.sheet().path("hidden").isNull()).isTrue();
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
    }

    @Test
    void a_moderation_that_takes_too_long_is_escalated_and_nothing_else() {
        var story = tell(given.aReview(4, WITH_PHONE));
        story.fires("Event_ModerationOverdue")
                .passed("Task_EscalateModeration", "EndEvent_ModerationEscalated")
                .is("MODERATING")
                .waitsForModerator();
        story.moderated("supervisor", "decision", "PUBLISH").is("PUBLISHED");
    }

    @Test
    void a_denied_word_goes_back_to_its_author_who_edits() {
        var story = tell(given.aReview(3, DENIED));
        story.is("AWAITING_EDIT")
                .passed("Flow_EditNeeded", "Task_AskEdit")
                .next("buyer", "Gateway_AwaitEdit", "DECIDE")
                .isDue("Event_EditOverdue", Duration.ofDays(7));
        story.edits("content", "东西一般，做工有些粗糙")
                .passed("Event_ReviewEdited", "Task_ScanReview")
                .is("PUBLISHED");
        assertThat(story.sheet().path("revision").asInt()).isEqualTo(2);
        assertThat(story.rating().path("meanExact").asText()).isEqualTo("3/1");
    }

    @Test
    void what_nobody_edits_is_looked_at_by_a_person() {
        var story = tell(given.aReview(3, DENIED));
        story.fires("Event_EditOverdue").is("MODERATING").waitsForModerator();
        story.moderated("moderator", "decision", "ASK_EDIT", "remark", "请去掉广告").is("AWAITING_EDIT");
        assertThat(story.sheet().toString()).contains("请去掉广告");
        story.buyer("withdrawal")
                .passed("Event_ReviewWithdrawn")
                .is("WITHDRAWN")
                .nothingNext();
    }

    @Test
    void the_author_withdraws_at_any_time_and_for_good() {
        var published = tell(given.aReview(5, GOOD));
        published
                .buyer("withdrawal")
                .passed("StartEvent_WithdrawalAsked", "Task_RecordReviewWithdrawal", "EndEvent_Withdrawn")
                .is("WITHDRAWN");
        assertThat(published.rating().path("count").asInt()).isZero();
        assertThat(published.rating().path("mean").isNull()).isTrue();
        assertThat(published.shown()).isEmpty();
        assertThat(published.attempt("withdrawal").code()).isEqualTo("wrong-state");
        var waiting = tell(given.aReview(5, WITH_PHONE));
        waiting.buyer("withdrawal")
                .passed("Event_WithdrawnInModeration")
                .is("WITHDRAWN")
                .nothingNext();
    }

    @Test
    void an_edit_is_a_new_revision_that_is_scanned_like_the_first() {
        var story = tell(given.aReview(5, GOOD));
        story.edits("stars", 2, "content", "用了一周，杯盖漏水").is("PUBLISHED");
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
        assertThat(story.rating().path("meanExact").asText()).isEqualTo("2/1");
        story.edits("content", WITH_PHONE).is("MODERATING");
        assertThat(story.rating().path("count").asInt()).isZero();
        assertThat(story.attemptEdit("content", GOOD).code()).isEqualTo("wrong-state");
        story.moderated("moderator", "decision", "PUBLISH").is("PUBLISHED");
        assertThat(story.sheet().path("revision").asInt()).isEqualTo(3);
        assertThat(story.sheet().path("stars").asInt()).isEqualTo(2);
    }

    @Test
    void a_flag_leads_to_a_new_look_while_the_review_stays_public() {
        var story = tell(given.aReview(1, GOOD));
        story.plain("flags", "readerId", "R-1", "reason", "FAKE", "text", "同行差评")
                .is("PUBLISHED")
                .passed("StartEvent_ReviewFlagged", "Task_RequestModeration")
                .waitsForModerator()
                .next("moderators", "Task_ModerateReview", "ESCALATE");
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
        assertThat(story.attemptPlain("flags", "readerId", "R-1", "reason", "ABUSE")
                        .code())
                .isEqualTo("already-flagged");
        story.plain("flags", "readerId", "R-2", "reason", "ABUSE");
        story.moderated("moderator", "decision", "PUBLISH").is("PUBLISHED").nothingNext();
        assertThat(story.events()).contains("review-kept");
        story.plain("flags", "readerId", "R-3", "reason", "FAKE");
        story.moderated("moderator", "decision", "HIDE", "reasonCode", "FAKE").is("HIDDEN");
        assertThat(story.rating().path("count").asInt()).isZero();
    }

    @Test
    void a_look_that_asks_for_an_edit_takes_the_review_out_of_the_public_until_it_is_good() {
        var story = tell(given.aReview(4, GOOD));
        story.plain("flags", "readerId", "R-1", "reason", "ADVERTISING");
        story.moderated("moderator", "decision", "ASK_EDIT", "remark", "请删去店名").is("AWAITING_EDIT");
        assertThat(story.rating().path("count").asInt()).isZero();
        story.edits("content", WITH_PHONE).is("MODERATING").next("moderators", "Task_ModerateReview", "ESCALATE");
        story.moderated("moderator", "decision", "PUBLISH").is("PUBLISHED").nothingNext();
        assertThat(story.events()).endsWith("text-published").doesNotContain("review-kept");
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
    }

    @Test
    void the_author_reads_which_words_must_change() {
        var story = tell(given.aReview(3, DENIED));
        assertThat(story.sheet().at("/timeline").findValuesAsText("text"))
                .last()
                .asString()
                .endsWith("代开发票");
    }

    @Test
    void a_follow_up_and_a_reply_are_flagged_hidden_and_restored_by_themselves() {
        var story = tell(given.aReview(5, GOOD));
        story.buyer("follow-up", "content", "两个月了，依然很好用").plain("reply", "content", "谢谢支持");
        story.plain("flags", "readerId", "R-1", "reason", "ADVERTISING", "part", "REPLY")
                .next("moderators", "Task_ModerateReview", "ESCALATE");
        assertThat(story.shown().get(0).at("/reply/content").asText())
                .as("public until somebody has looked")
                .isEqualTo("谢谢支持");
        story.moderated("moderator", "decision", "HIDE", "reasonCode", "ADVERTISING")
                .is("PUBLISHED");
        assertThat(story.sheet().at("/reply/hideCode").asText()).isEqualTo("ADVERTISING");
        assertThat(story.by("moderator", "hiding", "reasonCode", "ABUSE", "part", "FOLLOW_UP")
                        .status())
                .isEqualTo(200);
        var bare = story.shown().get(0);
        assertThat(bare.path("reply").isNull()).isTrue();
        assertThat(bare.path("followUp").isNull()).isTrue();
        assertThat(story.rating().path("count").asInt())
                .as("the review itself stays")
                .isEqualTo(1);
        for (String part : List.of("FOLLOW_UP", "REPLY")) {
            assertThat(story.by("moderator", "hiding", "reasonCode", "ABUSE", "part", part)
                            .code())
                    .isEqualTo("wrong-state");
            assertThat(story.by("moderator", "restoration", "part", part).status())
                    .isEqualTo(200);
        }
        var whole = story.is("PUBLISHED").shown().get(0);
        assertThat(whole.at("/followUp/content").asText()).isEqualTo("两个月了，依然很好用");
        assertThat(whole.at("/reply/content").asText()).isEqualTo("谢谢支持");
        assertThat(story.events()).contains("reply-flagged", "follow-up-restored", "reply-restored");
        assertThat(story.sheet().at("/reply/hideCode").isNull()).isTrue();
        assertThat(story.by("moderator", "hiding", "reasonCode", "ABUSE", "part", "STARS")
                        .code())
                .isEqualTo("field-invalid");
        story.buyer("withdrawal");
        assertThat(story.by("moderator", "hiding", "reasonCode", "ABUSE", "part", "REPLY")
                        .code())
                .as("nothing happens to what was withdrawn")
                .isEqualTo("wrong-state");
    }

    @Test
    void a_moderator_hides_and_restores_what_is_published() {
        var story = tell(given.aReview(5, GOOD));
        story.buyer("follow-up", "content", "两个月了，依然很好用").plain("reply", "content", "谢谢支持");
        assertThat(story.by("moderator", "hiding", "reasonCode", "UNRELATED").status())
                .isEqualTo(200);
        story.is("HIDDEN").passed("StartEvent_HidingOrdered", "Task_HideReview");
        assertThat(story.shown()).isEmpty();
        assertThat(story.by("moderator", "hiding", "reasonCode", "FAKE").code()).isEqualTo("wrong-state");
        assertThat(story.by("moderator", "restoration").status()).isEqualTo(200);
        story.is("PUBLISHED");
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
        assertThat(story.shown().get(0).at("/followUp/content").asText()).isEqualTo("两个月了，依然很好用");
        assertThat(story.shown().get(0).at("/reply/content").asText()).isEqualTo("谢谢支持");
        assertThat(story.by("moderator", "restoration").code()).isEqualTo("wrong-state");
        assertThat(story.attemptPlain("hiding", "reasonCode", "FAKE").status())
                .as("a shop does not choose which opinions are read")
                .isEqualTo(403);
    }

    @Test
    void a_follow_up_and_a_reply_are_scanned_and_moderated_too() {
        var story = tell(given.aReview(5, GOOD));
        story.buyer("follow-up", "content", WITH_PHONE).is("PUBLISHED").waitsForModerator();
        assertThat(story.sheet().at("/followUp/status").asText()).isEqualTo("MODERATING");
        assertThat(story.shown().get(0).path("followUp").isNull()).isTrue();
        story.moderated("moderator", "decision", "HIDE", "reasonCode", "PERSONAL_DATA")
                .is("PUBLISHED");
        assertThat(story.sheet().at("/followUp/status").asText()).isEqualTo("HIDDEN");
        assertThat(story.attempt("follow-up", "content", "再来一次").code()).isEqualTo("already-followed-up");
        story.plain("reply", "content", DENIED);
        assertThat(story.sheet().at("/reply/status").asText()).isEqualTo("AWAITING_EDIT");
        story.plain("reply", "content", "感谢您的支持");
        assertThat(story.sheet().at("/reply/status").asText()).isEqualTo("PUBLISHED");
        assertThat(story.attemptPlain("reply", "content", "再谢一次").code()).isEqualTo("already-replied");
        assertThat(story.rating().path("count").asInt()).isEqualTo(1);
    }

    @Test
    void an_invitation_that_is_answered_becomes_the_review() {
        var bought = given.aProductBought();
        var story = tell(given.anInvitation(bought));
        story.is("NOT_RATED")
                .passed("StartEvent_ReviewInvited", "Task_InviteReview")
                .next("buyer", "Gateway_AwaitReview", "CLOSE");
        assertThat(story.sheet().path("stars").isNull()).isTrue();
        assertThat(story.rating().path("count").asInt()).isZero();
        var written = given.aReview(Given.review(bought, 4, GOOD));
        assertThat(written.number()).isEqualTo(story.number());
        story.passed("Event_ReviewWritten", "Task_ScanReview").is("PUBLISHED");
    }

    @Test
    void an_invitation_that_nobody_answers_is_no_rating() {
        var story = tell(given.anInvitation(given.aProductBought()));
        story.fires("Event_WindowClosed")
                .passed("Task_CloseInvitation", "EndEvent_NotRated")
                .is("NOT_RATED")
                .nothingNext();
        assertThat(story.sheet().path("outcome").asText()).isEqualTo("NOT_RATED");
        assertThat(story.sheet().path("stars").isNull()).isTrue();
        assertThat(story.rating().path("count").asInt()).isZero();
        assertThat(story.attempt("withdrawal").code()).isEqualTo("wrong-state");
    }

    /** Stars are inputs of nothing: the same words go the same way with each of them. */
    @Test
    void the_same_words_go_the_same_way_with_one_to_five_stars() {
        for (String words : new String[] {GOOD, "太差了，客服态度恶劣，再也不买", WITH_PHONE, DENIED}) {
            var ways = new ArrayList<String>();
            for (int stars = 1; stars <= 5; stars++) {
                var sheet = given.aReview(stars, words).sheet();
                ways.add(sheet.path("status").asText() + " "
                        + sheet.at("/moderation/rule").asText());
            }
            assertThat(ways).as(words).containsOnly(ways.get(0));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void every_node_and_every_flow_was_passed() {
        var instances = told.stream()
                .flatMap(story -> story.processInstances().stream())
                .toList();
        assertThat(footprints.missing(Path.of("bpmn/review.bpmn"), instances)).isEmpty();
    }

    private ReviewStory tell(ReviewStory story) {
        told.add(story);
        return story;
    }
}
