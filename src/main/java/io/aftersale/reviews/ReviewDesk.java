package io.aftersale.reviews;

import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.Evidence;
import io.aftersale.orders.Order;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.OrderLine;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.reviews.ReviewRuns.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * What happens to a review on its way: it is opened, gets its texts, is scanned, published, hidden and restored. It
 * carries out single steps and never chooses the next one; that is the diagram's part.
 */
@Service
class ReviewDesk {
    private static final String KIND = "REVIEW";
    private static final String RULES = "rules";
    /** Of all revisions, the follow-up among them; how many one text takes is the draft's to say. */
    private static final int MOST_PICTURES_EVER = 100;

    private final Reviews reviews;
    private final ReviewTexts texts;
    private final ReviewRuns runs;
    private final ReviewLog log;
    private final ReviewFlags flags;
    private final ReviewRules rules;
    private final Scanner scanner;
    private final OrderBook orders;
    private final Evidence evidence;
    private final Deadlines deadlines;
    private final Clock clock;
    private final ZoneId zone;

    ReviewDesk(
            Reviews reviews,
            ReviewTexts texts,
            ReviewRuns runs,
            ReviewLog log,
            ReviewFlags flags,
            ReviewRules rules,
            Scanner scanner,
            OrderBook orders,
            Evidence evidence,
            Deadlines deadlines,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.reviews = reviews;
        this.texts = texts;
        this.runs = runs;
        this.log = log;
        this.flags = flags;
        this.rules = rules;
        this.scanner = scanner;
        this.orders = orders;
        this.evidence = evidence;
        this.deadlines = deadlines;
        this.clock = clock;
        this.zone = zone;
    }

    /** What may be written of an order line now: the order, the line, and the review that is there already. */
    record Ground(Order order, OrderLine line, Optional<Review> there, ReviewRules.Asked rule) {}

    /**
     * Holds a new review against its order. Changes nothing.
     *
     * @throws Problem ORDER_NOT_FOUND, BUYER_NOT_FOUND, LINE_UNKNOWN, ALREADY_REVIEWED, and whatever the table refuses
     */
    Ground check(Order order, Draft draft) {
        if (!order.buyerId().equals(draft.buyerId())) {
            throw new Problem(
                    ProblemCode.BUYER_NOT_FOUND,
                    "The order " + order.orderId() + " is not one of buyer '" + draft.buyerId() + "'.");
        }
        OrderLine line = order.requireLine(draft.lineId());
        var there = reviews.findOfLine(order.merchantId(), order.orderId(), line.lineId());
        boolean already = there.isPresent() && there.get().stars() != null;
        var rule = rules.mayReview(order, already);
        if (already && !rule.isAllowed()) {
            throw new Problem(
                            ProblemCode.ALREADY_REVIEWED,
                            "The line '" + line.lineId() + "' of order " + order.orderId() + " was reviewed already.")
                    .with("number", there.get().number())
                    .with("currentStatus", there.get().status());
        }
        return new Ground(order, line, there, rule.required());
    }

    /**
     * Makes a review of a draft. An open invitation becomes the review.
     *
     * @param number the number to give it; null for the next one
     * @return the number
     */
    String open(Draft draft, String number) {
        Order order = orders.lock(draft.merchantId(), draft.orderId());
        var ground = check(order, draft);
        Instant now = clock.instant();
        String its = ground.there().map(Review::number).orElse(number == null ? nextNumber() : number);
        if (ground.there().isEmpty()) {
            reviews.insert(review(its, ground, draft.stars(), now));
        }
        log.keep(its, null, ground.rule().inputs(), ground.rule().ruling());
        add(its, draft);
        return its;
    }

    /** Gives an invitation the words that it asked for. */
    void answer(String number, Draft draft, Ground ground) {
        log.keep(number, null, ground.rule().inputs(), ground.rule().ruling());
        add(number, draft);
    }

    /** Makes the row of an invitation; nothing was written yet. */
    String invite(Order order, OrderLine line) {
        String number = nextNumber();
        reviews.insert(review(number, new Ground(order, line, Optional.empty(), null), null, clock.instant()));
        log.add(number, "system", "review-invited", "Invited to review 邀请评价");
        return number;
    }

    /** Adds what was written as the next revision of its part. */
    ReviewText add(String number, Draft draft) {
        Review review = reviews.lock(number);
        if (!draft.evidence().isEmpty()) {
            evidence.attach(review.merchantId(), number, draft.evidence(), MOST_PICTURES_EVER);
        }
        int revision =
                texts.latest(number, draft.part()).map(ReviewText::revision).orElse(0) + 1;
        Instant now = clock.instant();
        ReviewText text = texts.add(number, draft, revision, now);
        if (draft.part() == Part.REVIEW) {
            reviews.write(number, draft.stars(), revision, now);
        }
        log.add(
                number,
                draft.part() == Part.REPLY ? draft.author() : "buyer",
                draft.part().event(revision == 1 ? "written" : "edited"),
                draft.part().words() + (revision == 1 ? " written 已提交" : " edited 已修改"));
        return text;
    }

    void scan(Run run) {
        scanner.scan(reviews.lock(run.reviewNumber()), text(run));
    }

    /** Asks what becomes of a text after its scan. Who writes here has bought, or sells. */
    String decide(Run run) {
        ReviewText text = text(run);
        var asked = rules.moderate(scanner.found(text), true);
        log.keep(run.reviewNumber(), text.textNo(), asked.inputs(), asked.ruling());
        String way = asked.ruling().text("moderation", "MODERATE");
        log.add(
                run.reviewNumber(),
                RULES,
                "text-scanned",
                "Scanned 已扫描: " + text.part().words(),
                asked.ruling().text("reasonCode", "INPUT_MISSING"));
        return way;
    }

    /** Opens a wait of a run, at most until {@code latest}. */
    Instant await(Run run, String stage, String owner, String action, Instant latest) {
        Review review = reviews.lock(run.reviewNumber());
        var promise = deadlines.promise(KIND, stage);
        log.keep(review.number(), null, promise.inputs(), promise.ruling());
        var due = latest != null && latest.isBefore(promise.due().dueAt())
                ? new Due(latest, null, null, promise.due().consequence())
                : promise.due();
        runs.openWait(run, review.merchantId(), stage, owner, action, due);
        return due.dueAt();
    }

    /** Opens the buyer's time to write, which ends with the window of the table at the latest. */
    Instant awaitReview(Run run) {
        Review review = reviews.lock(run.reviewNumber());
        Order order = orders.find(review.merchantId(), review.orderId());
        return await(run, "review-window", "buyer", "Gateway_AwaitReview", rules.endOfWindow(order));
    }

    void closeInvitation(Run run) {
        log.add(run.reviewNumber(), "deadline", "review-window-closed", "No review was written 未评价");
    }

    Instant askEdit(Run run) {
        ReviewText text = text(run);
        String why = text.remark() == null ? scanner.deniedWords(text) : text.remark();
        log.add(
                run.reviewNumber(),
                text.decider(),
                "edit-asked",
                "Please change some words 请修改部分内容" + (why.isEmpty() ? "" : ": " + why));
        String owner = run.part() == Part.REPLY ? "merchant" : "buyer";
        return await(run, "review-edit", owner, "Gateway_AwaitEdit", null);
    }

    void publish(Run run) {
        Review review = reviews.lock(run.reviewNumber());
        ReviewText text = text(run);
        texts.publish(text.textNo(), clock.instant());
        flags.close(review.number(), run.part(), clock.instant());
        if (run.isLook() && text.isPublished()) {
            log.add(review.number(), text.decider(), run.part().event("kept"), "Looked at and kept public 复核后保留");
        } else {
            log.add(
                    review.number(),
                    text.decider(),
                    "text-published",
                    "Published 已发布: " + run.part().words());
        }
    }

    void hide(Run run) {
        Review review = reviews.lock(run.reviewNumber());
        ReviewText text = text(run);
        if (run.part() == Part.REVIEW) {
            reviews.hide(review.number(), text.hideCode(), text.judgedBy(), clock.instant());
        }
        flags.close(review.number(), run.part(), clock.instant());
        log.add(
                review.number(),
                text.decider(),
                "text-hidden",
                "Hidden 已屏蔽: " + run.part().words() + ", " + HideCode.wordsOf(text.hideCode()));
    }

    void restore(Run run) {
        Review review = reviews.lock(run.reviewNumber());
        ReviewText text = text(run);
        texts.publish(text.textNo(), clock.instant());
        if (run.part() == Part.REVIEW) {
            reviews.hide(review.number(), null, null, null);
        }
        log.add(
                review.number(),
                text.decider(),
                run.part().event("restored"),
                "Restored 已恢复: " + run.part().words());
    }

    void withdraw(Run run) {
        log.add(
                run.reviewNumber(),
                "buyer",
                "review-withdrawn",
                "Withdrawn 已撤回: " + run.part().words());
    }

    void escalate(Run run) {
        log.add(run.reviewNumber(), "deadline", "moderation-escalated", "Supervisors may decide too 已升级主管");
    }

    /** The text that a run is about. */
    ReviewText text(Run run) {
        return texts.latest(run.reviewNumber(), run.part()).orElseThrow();
    }

    /** {@code RV-<year>-<8 digits>}: the year in the market's zone, the digits from one sequence with gaps allowed. */
    String nextNumber() {
        return "RV-%d-%08d".formatted(clock.instant().atZone(zone).getYear(), reviews.nextNumber());
    }

    private static Review review(String number, Ground ground, Integer stars, Instant now) {
        return new Review(
                number,
                ground.order().merchantId(),
                ground.order().orderId(),
                ground.line().lineId(),
                ground.line().sku(),
                ground.line().title(),
                ground.order().buyerId(),
                stars == null ? Review.NOT_RATED : "SCANNING",
                null,
                stars,
                0,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
