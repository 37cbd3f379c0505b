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

    /** @throws Problem NOT_ALLOWED, REVIEW_NOT_FOUND, FIELD_INVALID, WRONG_STATE when it is not published or has a task */
    ReviewSheet hide(Caller caller, String number, String reasonCode, String remark) {
        HideCode code = HideCode.parse("reasonCode", reasonCode);
        String words = FreeText.check("remark", remark, MOST_REMARK);
        return transaction.execute(status -> {
            Review it = lock(caller, number);
            if (!it.isPublished() || runs.open(number, Part.REVIEW).isPresent()) {
                throw ReviewProcess.wrongState(it);
            }
            judge(it, caller, code.name());
            log.add(number, caller.userId(), "hiding-ordered", "To be hidden 决定屏蔽", words);
            process.begin(it, "hiding-ordered");
            return sheets.of(number);
        });
    }

    /** @throws Problem NOT_ALLOWED, REVIEW_NOT_FOUND, WRONG_STATE when it is not hidden */
    ReviewSheet restore(Caller caller, String number, String remark) {
        String words = FreeText.check("remark", remark, MOST_REMARK);
        return transaction.execute(status -> {
            Review it = lock(caller, number);
            if (!it.status().equals(Review.HIDDEN)) {
                throw ReviewProcess.wrongState(it);
            }
            judge(it, caller, it.hideCode());
            log.add(number, caller.userId(), "restoration-ordered", "To be restored 决定恢复", words);
            process.begin(it, "restoration-ordered");
            return sheets.of(number);
        });
    }

    private void judge(Review it, Caller caller, String code) {
        ReviewText text = texts.latest(it.number(), Part.REVIEW).orElseThrow();
        texts.judge(text.textNo(), caller.userId(), code, null);
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
