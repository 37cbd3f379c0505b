package io.aftersale.handling;

import io.aftersale.cases.CaseIntake;
import io.aftersale.feedback.FeedbackDesk;
import io.aftersale.problems.Problem;
import io.aftersale.reviews.ReviewApplications;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Takes what is asked for of one order in one go: all of it or nothing. It starts no flow; the diagram does. */
@Service
class HandlingDesk {
    private final Checks checks;
    private final Handlings handlings;
    private final CaseIntake cases;
    private final ReviewApplications reviews;
    private final FeedbackDesk feedbacks;
    private final Clock clock;
    private final ZoneId zone;

    HandlingDesk(
            Checks checks,
            Handlings handlings,
            CaseIntake cases,
            ReviewApplications reviews,
            FeedbackDesk feedbacks,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.checks = checks;
        this.handlings = handlings;
        this.cases = cases;
        this.reviews = reviews;
        this.feedbacks = feedbacks;
        this.clock = clock;
        this.zone = zone;
    }

    /** A handling that was taken, with what its parts start from. */
    record Opened(Handling handling, Checks.Sound parts) {}

    /**
     * Checks all parts, then gives the whole and each part its number.
     *
     * @throws Problem when anything is wrong with any part; nothing was kept then
     */
    Opened open(HandlingRequest asked, String merchantId) {
        var sound = checks.check(asked, merchantId);
        var numbers = new EnumMap<Part, String>(Part.class);
        if (sound.afterSale() != null) {
            numbers.put(Part.AFTER_SALE, cases.nextNumber());
        }
        if (sound.review() != null) {
            numbers.put(Part.REVIEW, reviews.numberOf(sound.review()));
        }
        if (sound.feedback() != null) {
            numbers.put(Part.FEEDBACK, feedbacks.nextNumber());
        }
        var order = sound.order();
        var it = new Handling(
                nextNumber(),
                merchantId,
                order.orderId(),
                order.buyerId(),
                "OPEN",
                null,
                clock.instant(),
                null,
                numbers);
        handlings.insert(it);
        return new Opened(it, sound);
    }

    /** {@code OH-<year>-<8 digits>}: the year in the market's zone, the digits from one sequence with gaps allowed. */
    private String nextNumber() {
        return "OH-%d-%08d".formatted(clock.instant().atZone(zone).getYear(), handlings.nextNumber());
    }
}
