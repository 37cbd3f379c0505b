package io.aftersale.handling;

import io.aftersale.cases.CaseFiles;
import io.aftersale.feedback.FeedbackSheets;
import io.aftersale.handling.HandlingSheet.PartView;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.reviews.ReviewApplications;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts the sheets of the parts together to the sheet of the whole. */
@Component
class HandlingSheets {
    private final Handlings handlings;
    private final CaseFiles cases;
    private final ReviewApplications reviews;
    private final FeedbackSheets feedbacks;
    private final ZoneId zone;

    HandlingSheets(
            Handlings handlings,
            CaseFiles cases,
            ReviewApplications reviews,
            FeedbackSheets feedbacks,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.handlings = handlings;
        this.cases = cases;
        this.reviews = reviews;
        this.feedbacks = feedbacks;
        this.zone = zone;
    }

    /**
     * @param buyerId an optional filter
     * @throws Problem HANDLING_NOT_FOUND, also for another merchant's
     */
    HandlingSheet of(String merchantId, String number, String buyerId) {
        return handlings
                .find(number)
                .filter(it -> it.merchantId().equals(merchantId)
                        && (buyerId == null || it.buyerId().equals(buyerId)))
                .map(this::of)
                .orElseThrow(
                        () -> new Problem(ProblemCode.HANDLING_NOT_FOUND, "There is no handling '" + number + "'."));
    }

    private HandlingSheet of(Handling it) {
        var parts = new ArrayList<PartView>();
        String caseNumber = it.parts().get(Part.AFTER_SALE);
        var afterSale = caseNumber == null ? null : cases.sheet(caseNumber);
        if (afterSale != null) {
            parts.add(view(Part.AFTER_SALE, caseNumber, afterSale.status(), afterSale.outcome()));
        }
        String reviewNumber = it.parts().get(Part.REVIEW);
        var review = reviewNumber == null ? null : reviews.sheet(reviewNumber);
        if (review != null) {
            parts.add(view(Part.REVIEW, reviewNumber, review.status(), review.outcome()));
        }
        String feedbackNumber = it.parts().get(Part.FEEDBACK);
        var feedback = feedbackNumber == null ? null : feedbacks.of(feedbackNumber);
        if (feedback != null) {
            parts.add(view(Part.FEEDBACK, feedbackNumber, feedback.status(), feedback.outcome()));
        }
        return new HandlingSheet(
                it.number(),
                it.status(),
                it.outcome(),
                it.orderId(),
                it.buyerId(),
                it.merchantId(),
                local(it.openedAt()),
                local(it.closedAt()),
                parts,
                afterSale,
                review,
                feedback);
    }

    private static PartView view(Part part, String number, String status, String outcome) {
        return new PartView(part.member(), number, status, outcome);
    }

    private OffsetDateTime local(Instant instant) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }
}
