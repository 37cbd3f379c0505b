package io.aftersale.reviews;

import io.aftersale.access.Caller;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What moderators do without a task: hide what is published, for a legal reason, and undo a hiding. A shop can do
 * neither: whoever sells does not choose which opinions are read (E-Commerce Law art. 39).
 */
@Service
class ModerationDesk {
    private static final Set<String> MODERATORS = Set.of("moderators", "supervisors");
    private static final int MOST_REMARK = 2_000;

    private final Reviews reviews;
    private final ReviewTexts texts;
    private final ReviewRuns runs;
    private final ReviewLog log;
    private final ReviewProcess process;
    private final ReviewSheets sheets;
    private final TransactionTemplate transaction;

    ModerationDesk(
            Reviews reviews,
            ReviewTexts texts,
            ReviewRuns runs,
            ReviewLog log,
            ReviewProcess process,
            ReviewSheets sheets,
            TransactionTemplate transaction) {
        this.reviews = reviews;
        this.texts = texts;
        this.runs = runs;
        this.log = log;
        this.process = process;
        this.sheets = sheets;
        this.transaction = transaction;
    }

    /**
     * Hides one part; the review itself takes its follow-up and its reply with it.
     *
     * @throws Problem NOT_ALLOWED, REVIEW_NOT_FOUND, FIELD_INVALID, WRONG_STATE when it is not published or has a task
     */
    ReviewSheet hide(Caller caller, String number, String part, String reasonCode, String remark) {
        Part its = Part.parse(part);
        HideCode code = HideCode.parse("reasonCode", reasonCode);
        String words = FreeText.check("remark", remark, MOST_REMARK);
        return transaction.execute(status -> {
            Review it = lock(caller, number);
            ReviewText text = require(it, its, Review.PUBLISHED);
            texts.judge(text.textNo(), caller.userId(), code.name(), null);
            log.add(number, caller.userId(), "hiding-ordered", "To be hidden 决定屏蔽: " + its.words(), words);
            process.begin(it, its, "hiding-ordered");
            return sheets.of(number);
        });
    }

    /** @throws Problem NOT_ALLOWED, REVIEW_NOT_FOUND, WRONG_STATE when it is not hidden */
    ReviewSheet restore(Caller caller, String number, String part, String remark) {
        Part its = Part.parse(part);
        String words = FreeText.check("remark", remark, MOST_REMARK);
        return transaction.execute(status -> {
            Review it = lock(caller, number);
            ReviewText text = require(it, its, Review.HIDDEN);
            texts.judge(text.textNo(), caller.userId(), text.hideCode(), null);
            log.add(number, caller.userId(), "restoration-ordered", "To be restored 决定恢复: " + its.words(), words);
            process.begin(it, its, "restoration-ordered");
            return sheets.of(number);
        });
    }

    /** A part that is as it must be, and that nobody is working on. Nothing happens to what was withdrawn. */
    private ReviewText require(Review it, Part part, String status) {
        return texts.latest(it.number(), part)
                .filter(text -> text.status().equals(status) && !it.status().equals(Review.WITHDRAWN))
                .filter(text -> runs.open(it.number(), part).isEmpty())
                .orElseThrow(() -> ReviewProcess.wrongState(it));
    }

    private Review lock(Caller caller, String number) {
        if (caller.groups().stream().noneMatch(MODERATORS::contains)) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "Only a moderator may hide and restore reviews.");
        }
        if (reviews.find(number)
                .filter(it -> caller.merchants().contains(it.merchantId()))
                .isEmpty()) {
            throw AuthorDesk.notFound(number);
        }
        return reviews.lock(number);
    }
}
