package io.aftersale.reviews;

import io.aftersale.orders.Order;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.aftersale.reviews.ReviewRuns.Run;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What buyers, the merchant and readers do with reviews: write, edit, follow up, reply, withdraw, flag. The shop vouches
 * for who it is. It passes facts to the process and never chooses the next step; whatever does not fit the state of the
 * review is refused with that state.
 */
@Service
class AuthorDesk {
    private static final int MOST_TEXT = 2_000;

    private final Reviews reviews;
    private final ReviewTexts texts;
    private final ReviewRuns runs;
    private final ReviewFlags flags;
    private final ReviewLog log;
    private final ReviewDesk desk;
    private final ReviewRules rules;
    private final ReviewProcess process;
    private final ReviewSheets sheets;
    private final Scanner scanner;
    private final OrderBook orders;
    private final TransactionTemplate transaction;

    AuthorDesk(
            Reviews reviews,
            ReviewTexts texts,
            ReviewRuns runs,
            ReviewFlags flags,
            ReviewLog log,
            ReviewDesk desk,
            ReviewRules rules,
            ReviewProcess process,
            ReviewSheets sheets,
            Scanner scanner,
            OrderBook orders,
            TransactionTemplate transaction) {
        this.reviews = reviews;
        this.texts = texts;
        this.runs = runs;
        this.flags = flags;
        this.log = log;
        this.desk = desk;
        this.rules = rules;
        this.process = process;
        this.sheets = sheets;
        this.scanner = scanner;
        this.orders = orders;
        this.transaction = transaction;
    }

    /**
     * Takes a review; an invitation that still waits becomes it, and so does one that closed before its time.
     *
     * @throws Problem whatever is wrong with the review; nothing is left of it then
     */
    ReviewSheet write(String merchantId, ReviewBody body) {
        Draft draft = Draft.of(body, merchantId);
        scanner.awaitReady();
        return transaction.execute(status -> {
            var order = orders.lock(merchantId, draft.orderId());
            var ground = desk.check(order, draft);
            var invitation = ground.there().flatMap(it -> runs.open(it.number(), Part.REVIEW));
            if (invitation.isEmpty()) {
                return sheets.of(process.start(draft));
            }
            Review invited = ground.there().get();
            desk.answer(invited.number(), draft, ground);
            process.tell(invited, invitation.get(), "review-written");
            return sheets.of(invited.number());
        });
    }

    /** A new revision, which is scanned like the first. What is absent stays as it was. */
    ReviewSheet edit(String merchantId, String number, ReviewBody change) {
        scanner.awaitReady();
        return change(merchantId, number, change.buyerId(), it -> {
            requireSame("orderId", it.orderId(), change.orderId());
            requireSame("lineId", it.lineId(), change.lineId());
            ReviewText before = texts.latest(number, Part.REVIEW).orElseThrow(() -> ReviewProcess.wrongState(it));
            Draft draft = Draft.edit(it, before, change.stars(), change.content(), change.evidence());
            var run = runs.open(number, Part.REVIEW);
            if (it.status().equals(Review.AWAITING_EDIT) && run.isPresent()) {
                desk.add(number, draft);
                process.tell(it, run.get(), "review-edited");
            } else if (it.isPublished() && run.isEmpty()) {
                process.start(draft);
            } else {
                throw ReviewProcess.wrongState(it);
            }
        });
    }

    /** @throws Problem ALREADY_FOLLOWED_UP, FOLLOW_UP_WINDOW_OVER, WRONG_STATE */
    ReviewSheet followUp(String merchantId, String number, String buyerId, String content, List<String> evidence) {
        scanner.awaitReady();
        return change(merchantId, number, buyerId, it -> {
            Draft draft = Draft.later(it, Part.FOLLOW_UP, content, evidence, it.buyerId());
            if (isToBeEdited(number, Part.FOLLOW_UP)) {
                editLater(it, draft);
                return;
            }
            var there = texts.latest(number, Part.FOLLOW_UP);
            if (there.isPresent()) {
                throw new Problem(ProblemCode.ALREADY_FOLLOWED_UP, "The review " + number + " was followed up already.")
                        .with("currentStatus", there.get().status());
            }
            if (!it.isPublished()) {
                throw ReviewProcess.wrongState(it);
            }
            var rule = rules.mayFollowUp(orders.find(merchantId, it.orderId()), it.publishedOn(), false)
                    .required();
            log.keep(number, null, rule.inputs(), rule.ruling());
            process.start(draft);
        });
    }

    /** @throws Problem ALREADY_REPLIED, WRONG_STATE */
    ReviewSheet reply(String merchantId, String number, String content, String userId) {
        scanner.awaitReady();
        return change(merchantId, number, it -> {
            Draft draft = Draft.later(it, Part.REPLY, content, List.of(), userId);
            if (isToBeEdited(number, Part.REPLY)) {
                editLater(it, draft);
                return;
            }
            var there = texts.latest(number, Part.REPLY);
            if (there.isPresent()) {
                throw new Problem(ProblemCode.ALREADY_REPLIED, "The review " + number + " was replied to already.")
                        .with("currentStatus", there.get().status());
            }
            if (!it.isPublished()) {
                throw ReviewProcess.wrongState(it);
            }
            process.start(draft);
        });
    }

    /** The author may withdraw whatever has been written, for good; whoever works on it stops. */
    ReviewSheet withdraw(String merchantId, String number, String buyerId) {
        return change(merchantId, number, buyerId, it -> {
            if (it.stars() == null || it.status().equals(Review.WITHDRAWN)) {
                throw ReviewProcess.wrongState(it);
            }
            var open = runs.open(number);
            open.forEach(run -> process.tell(it, run, "review-withdrawn"));
            if (open.stream().noneMatch(run -> run.part() == Part.REVIEW)) {
                process.begin(it, "review-withdrawn");
            }
        });
    }

    /** A reader objects, once. Somebody looks at it; it stays public until they have. */
    ReviewSheet flag(String merchantId, String number, String part, String readerId, String reason, String text) {
        Part flagged = Part.parse(part);
        HideCode why = HideCode.parse("reason", reason);
        String words = FreeText.check("text", text, MOST_TEXT);
        if (readerId == null || readerId.isBlank()) {
            throw Problem.missing("readerId");
        }
        if (readerId.length() > 64) {
            throw Problem.invalid("readerId", "has more than 64 characters");
        }
        try {
            return change(merchantId, number, it -> {
                if (flags.exists(number, readerId)) {
                    throw alreadyFlagged(number);
                }
                if (!it.isPublished() || !texts.isPublished(number, flagged)) {
                    throw ReviewProcess.wrongState(it);
                }
                flags.add(it, flagged, readerId, why, words);
                log.add(
                        number,
                        "reader",
                        flagged.event("flagged"),
                        "Flagged by a reader 被读者举报: " + HideCode.wordsOf(why.name()));
                if (runs.open(number, flagged).isEmpty()) {
                    process.begin(it, flagged, "review-flagged");
                }
            });
        } catch (DuplicateKeyException twice) {
            throw alreadyFlagged(number);
        }
    }

    /** Asks a buyer for a review of what they bought; an order line is asked for once. */
    ReviewSheet invite(String merchantId, String orderId, String lineId) {
        return transaction.execute(status -> {
            var order = orders.lock(merchantId, orderId);
            order.requireLine(lineId);
            var there = reviews.findOfLine(merchantId, orderId, lineId);
            if (there.isPresent()) {
                throw new Problem(
                                ProblemCode.ALREADY_REVIEWED,
                                "The line '" + lineId + "' of order " + orderId + " was asked for or reviewed already.")
                        .with("number", there.get().number())
                        .with("currentStatus", there.get().status());
            }
            rules.mayReview(order, false).required();
            return sheets.of(invite(order, lineId));
        });
    }

    /** Makes the invitation of an order line that may be reviewed and was not asked for. */
    String invite(Order locked, String lineId) {
        String number = desk.invite(locked, locked.requireLine(lineId));
        process.begin(reviews.find(number).orElseThrow(), "review-invited");
        return number;
    }

    /** The same where there may be nothing to ask for. */
    void inviteIfPossible(Order locked, String lineId) {
        boolean isNew = reviews.findOfLine(locked.merchantId(), locked.orderId(), lineId)
                .isEmpty();
        if (isNew && rules.mayReview(locked, false).isAllowed()) {
            invite(locked, lineId);
        }
    }

    private boolean isToBeEdited(String number, Part part) {
        return texts.latest(number, part)
                .map(text -> text.status().equals(Review.AWAITING_EDIT))
                .orElse(false);
    }

    private void editLater(Review it, Draft draft) {
        Run run = runs.open(it.number(), draft.part()).orElseThrow(() -> ReviewProcess.wrongState(it));
        desk.add(it.number(), draft);
        process.tell(it, run, "review-edited");
    }

    private ReviewSheet change(String merchantId, String number, String buyerId, Consumer<Review> step) {
        if (buyerId == null || buyerId.isBlank()) {
            throw Problem.missing("buyerId");
        }
        return change(merchantId, number, it -> {
            if (!it.buyerId().equals(buyerId)) {
                throw new Problem(
                        ProblemCode.BUYER_NOT_FOUND,
                        "The review " + number + " is not one of buyer '" + buyerId + "'.");
            }
            step.accept(it);
        });
    }

    private ReviewSheet change(String merchantId, String number, Consumer<Review> step) {
        return transaction.execute(status -> {
            if (reviews.find(merchantId, number).isEmpty()) {
                throw notFound(number);
            }
            step.accept(reviews.lock(number));
            return sheets.of(number);
        });
    }

    private static void requireSame(String field, String now, String asked) {
        if (asked != null && !asked.equals(now)) {
            throw Problem.invalid(field, "cannot be changed; it stays " + now);
        }
    }

    static Problem notFound(String number) {
        return new Problem(ProblemCode.REVIEW_NOT_FOUND, "There is no review '" + number + "'.");
    }

    private static Problem alreadyFlagged(String number) {
        return new Problem(ProblemCode.ALREADY_FLAGGED, "This reader has flagged the review " + number + " already.");
    }
}
