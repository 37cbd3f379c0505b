package io.aftersale.insight;

import io.aftersale.access.Caller;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseSheet;
import io.aftersale.cases.PastCases;
import io.aftersale.cases.Timeline;
import io.aftersale.feedback.FeedbackSheet;
import io.aftersale.feedback.FeedbackSheets;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.reviews.ReviewApplications;
import io.aftersale.reviews.ReviewSheet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Puts beside a task what helps to decide on it. Whoever sees the task sees its story, nobody else, and nothing of
 * another merchant. It changes nothing.
 */
@Service
class StoryDesk {
    private final TaskNumbers tasks;
    private final CaseFiles cases;
    private final PastCases past;
    private final Timeline timeline;
    private final ReviewApplications reviews;
    private final FeedbackSheets feedback;
    private final ZoneId zone;

    StoryDesk(
            TaskNumbers tasks,
            CaseFiles cases,
            PastCases past,
            Timeline timeline,
            ReviewApplications reviews,
            FeedbackSheets feedback,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.tasks = tasks;
        this.cases = cases;
        this.past = past;
        this.timeline = timeline;
        this.reviews = reviews;
        this.feedback = feedback;
        this.zone = zone;
    }

    /** @throws Problem TASK_NOT_FOUND for a task that the caller does not see, CASE_NOT_FOUND for one without a case */
    TaskStory of(Caller caller, String taskId) {
        String number = tasks.numberBehind(taskId).orElseThrow(StoryDesk::notSeen);
        return switch (number.substring(0, Math.min(3, number.length()))) {
            case "AS-" -> ofCase(caller, number);
            case "RV-" -> ofReview(caller, reviews.sheet(number));
            case "FB-" -> ofFeedback(caller, feedback.of(number));
            default -> throw new Problem(ProblemCode.CASE_NOT_FOUND, "This task belongs to no case yet.");
        };
    }

    private TaskStory ofCase(Caller caller, String number) {
        CaseSheet sheet = cases.sheet(number);
        requireOwn(caller, sheet.merchantId());
        return new TaskStory(
                number,
                sheet,
                null,
                past.articles(number),
                moments(number),
                sheet.evidence(),
                past.ofBuyer(sheet.merchantId(), sheet.buyerId(), number),
                past.alike(sheet));
    }

    private TaskStory ofReview(Caller caller, ReviewSheet it) {
        requireOwn(caller, it.merchantId());
        var said = new TaskStory.Said(
                "REVIEW",
                it.status(),
                it.merchantId(),
                it.orderId(),
                it.buyerId(),
                it.sku(),
                null,
                it.content(),
                null,
                it.next().stream()
                        .map(wait -> new TaskStory.Next(wait.owner(), wait.action(), wait.dueAt(), wait.consequence()))
                        .toList());
        var told = it.timeline().stream()
                .map(event -> new TaskStory.Moment(event.at(), event.actor(), event.event(), event.text(), null));
        return about(it.number(), said, told, it.evidence());
    }

    /** A feedback about a case comes with that case; what happened with both is told in one. */
    private TaskStory ofFeedback(Caller caller, FeedbackSheet it) {
        requireOwn(caller, it.merchantId());
        var said = new TaskStory.Said(
                "FEEDBACK",
                it.status(),
                it.merchantId(),
                it.orderId(),
                it.buyerId(),
                null,
                it.topic().name(),
                it.content(),
                it.satisfaction(),
                it.next().stream()
                        .map(wait -> new TaskStory.Next(wait.owner(), wait.action(), wait.dueAt(), wait.consequence()))
                        .toList());
        var told = it.timeline().stream()
                .map(event -> new TaskStory.Moment(event.at(), event.actor(), event.event(), event.text(), null));
        if (it.caseNumber() == null) {
            return about(it.number(), said, told, List.of());
        }
        var afterSale = ofCase(caller, it.caseNumber());
        return new TaskStory(
                it.number(),
                afterSale.afterSale(),
                said,
                afterSale.articles(),
                Stream.concat(afterSale.timeline().stream(), told)
                        .sorted(Comparator.comparing(TaskStory.Moment::at))
                        .toList(),
                afterSale.pictures(),
                afterSale.casesOfBuyer(),
                afterSale.casesAlike());
    }

    private TaskStory about(String number, TaskStory.Said said, Stream<TaskStory.Moment> told, List<String> pictures) {
        return new TaskStory(
                number,
                null,
                said,
                List.of(),
                told.toList(),
                pictures,
                past.ofBuyer(said.merchantId(), said.buyerId(), null),
                List.of());
    }

    private List<TaskStory.Moment> moments(String number) {
        return timeline.of(number).stream()
                .map(it -> new TaskStory.Moment(local(it.at()), it.actor(), it.event(), it.text(), it.remark()))
                .toList();
    }

    private OffsetDateTime local(Instant instant) {
        return instant.atZone(zone).toOffsetDateTime();
    }

    private static void requireOwn(Caller caller, String merchantId) {
        if (!caller.merchants().contains(merchantId)) {
            throw notSeen();
        }
    }

    private static Problem notSeen() {
        return new Problem(ProblemCode.TASK_NOT_FOUND, "There is no such task, or it is done already.");
    }
}
