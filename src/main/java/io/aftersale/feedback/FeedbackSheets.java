package io.aftersale.feedback;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts together what a shop may see of a feedback. */
@Component
public class FeedbackSheets {
    private final Feedbacks feedbacks;
    private final Waits waits;
    private final Diary diary;
    private final Invitations invitations;
    private final ZoneId zone;

    FeedbackSheets(
            Feedbacks feedbacks,
            Waits waits,
            Diary diary,
            Invitations invitations,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.feedbacks = feedbacks;
        this.waits = waits;
        this.diary = diary;
        this.invitations = invitations;
        this.zone = zone;
    }

    /** @throws Problem FEEDBACK_NOT_FOUND */
    public FeedbackSheet of(String number) {
        return of(feedbacks.find(number).orElseThrow(() -> notFound(number)));
    }

    FeedbackSheet of(Feedback it) {
        String number = it.number();
        return new FeedbackSheet(
                number,
                it.status(),
                it.outcome(),
                it.topic(),
                it.content(),
                it.orderId(),
                it.caseNumber(),
                invitations.reviewOf(number).orElse(null),
                it.buyerId(),
                it.merchantId(),
                local(it.givenAt()),
                local(it.answeredAt()),
                feedbacks.replies(number).stream()
                        .filter(reply -> reply.toGroup() == null)
                        .map(reply -> new FeedbackSheet.Answer(local(reply.at()), reply.step(), reply.text()))
                        .toList(),
                it.satisfaction(),
                local(it.closedAt()),
                Stream.concat(
                                diary.rulings(number).stream()
                                        .map(said -> new FeedbackSheet.Said(
                                                local(said.at()), said.table(), said.version(), said.rule())),
                                waits.rulings(number).stream()
                                        .map(said -> new FeedbackSheet.Said(
                                                local(said.at()), "deadlines", said.version(), said.rule())))
                        .sorted(Comparator.comparing(FeedbackSheet.Said::at))
                        .toList(),
                waits.find(number).stream()
                        .map(open -> new FeedbackSheet.Next(
                                open.owner(), open.action(), local(open.dueAt()), open.consequence()))
                        .toList(),
                diary.of(number).stream()
                        .map(entry ->
                                new FeedbackSheet.Event(local(entry.at()), entry.actor(), entry.event(), entry.text()))
                        .toList());
    }

    static Problem notFound(String number) {
        return new Problem(ProblemCode.FEEDBACK_NOT_FOUND, "There is no feedback '" + number + "'.");
    }

    OffsetDateTime local(Instant instant) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }
}
