package io.aftersale.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Given;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Story;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A closed case asks its buyer for a review, once, and only while there may be one. */
@RunningApp
class ReviewInvitationsTest {
    @Autowired
    Given given;

    @Autowired
    ReviewInvitations invitations;

    @Test
    void a_closed_case_asks_for_a_review_once() {
        var story = given.aRefund();
        assertThat(reviewsOf(story)).isEmpty();
        story.at("Task_AuditApplication", "reviewer", Story.form("decision", "APPROVE"))
                .becomes("COMPLETED");
        invitations.inviteAll();
        invitations.inviteAll();
        assertThat(reviewsOf(story)).hasSize(1);
        JsonNode asked = reviewsOf(story).get(0);
        assertThat(asked.path("status").asText()).isEqualTo("NOT_RATED");
        assertThat(asked.path("stars").isNull()).isTrue();
        assertThat(asked.at("/next/0/action").asText()).isEqualTo("Gateway_AwaitReview");
    }

    @Test
    void a_case_of_an_order_that_never_came_and_one_that_was_withdrawn_ask_for_nothing() {
        var unshipped = given.aRefundBeforeShipping();
        unshipped.becomes("COMPLETED");
        var withdrawn = given.aRefund().buyer("withdrawal");
        invitations.inviteAll();
        assertThat(reviewsOf(unshipped)).isEmpty();
        assertThat(reviewsOf(withdrawn)).isEmpty();
    }

    private JsonNode reviewsOf(Story story) {
        return given.shop()
                .http()
                .get("/api/reviews?orderId=" + story.sheet().path("orderId").asText())
                .json()
                .path("items");
    }
}
