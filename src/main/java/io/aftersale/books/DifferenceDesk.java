package io.aftersale.books;

import io.aftersale.cases.ApprovedRefunds;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Timeline;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what differs, gives it to finance and writes down what finance found out. It changes neither a payout nor the
 * ledger: who moves money acts at the provider or on the payout's own task.
 */
@Service
class DifferenceDesk {
    static final String EXPLAINED = "EXPLAINED";
    static final String CORRECTED = "CORRECTED";
    private static final Logger LOG = LoggerFactory.getLogger(DifferenceDesk.class);
    private static final String ACTOR = "reconciliation";

    private final Books books;
    private final DifferenceProcess process;
    private final Deadlines deadlines;
    private final ApprovedRefunds approvals;
    private final Timeline timeline;
    private final Clock clock;
    private final ZoneId zone;
    private final TransactionTemplate transaction;

    DifferenceDesk(
            Books books,
            DifferenceProcess process,
            Deadlines deadlines,
            ApprovedRefunds approvals,
            Timeline timeline,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone,
            PlatformTransactionManager transactions) {
        this.books = books;
        this.process = process;
        this.deadlines = deadlines;
        this.approvals = approvals;
        this.timeline = timeline;
        this.clock = clock;
        this.zone = zone;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Row, timeline and task together or not at all; the same difference of the same payout is noted once, for ever. */
    void find(LocalDate day, Difference.Kind kind, BookedPayout ours, Booking theirs) {
        String key = ours == null ? theirs.key() : ours.id();
        if (books.isKnown(key, kind)) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> open(day, kind, key, ours, theirs));
        } catch (DuplicateKeyException other) {
            LOG.debug("Another node has noted {} of {}", kind, key);
        }
    }

    private void open(LocalDate day, Difference.Kind kind, String key, BookedPayout ours, Booking theirs) {
        Instant now = clock.instant();
        var difference = new Difference(
                "BD-%d-%08d".formatted(now.atZone(zone).getYear(), books.nextNumber()),
                day,
                kind,
                key,
                ours == null ? theirs.merchantId() : ours.merchantId(),
                ours == null ? null : ours.caseNumber(),
                ours == null ? null : ours.text(),
                theirs == null ? null : theirs.text(),
                now);
        books.add(difference);
        LOG.error("The books differ, {}: {} of {}", difference.number(), kind, key);
        if (ours != null) {
            timeline.add(
                    ours.caseNumber(),
                    ACTOR,
                    "books-differ",
                    "Our finance team compares the books of your refund 财务人员正在核对您的退款",
                    difference.number() + ", " + kind + ": ours " + difference.ours() + "; theirs "
                            + difference.theirs());
        }
        if (books.isMerchant(difference.merchantId())) {
            process.start(difference.merchantId(), difference.number());
        } else {
            process.start(difference.number());
        }
    }

    /** Until when finance should have an answer. */
    Instant request() {
        return deadlines.promise("REFUND", "finance").due().dueAt();
    }

    /**
     * Keeps the answer, also on the timeline of the case.
     *
     * @throws Problem SAME_PERSON where they approved the refund that it is about
     */
    void answer(String number, String decision, String reference, String remark, String who) {
        var difference = books.find(number);
        String caseNumber = difference.caseNumber();
        if (caseNumber != null && approvals.of(caseNumber).approvers().contains(who)) {
            throw new Problem(
                    ProblemCode.SAME_PERSON, "You approved this refund, so somebody else must look at its books.");
        }
        if (!books.answer(number, decision, reference, remark, who)) {
            throw new IllegalStateException(number + " was answered before");
        }
        if (caseNumber != null) {
            timeline.add(
                    caseNumber,
                    who,
                    "books-explained",
                    "Our finance team has compared the books of your refund 财务人员已核对您的退款",
                    number + ", " + decision + (reference == null ? "" : " " + reference) + ": " + remark);
        }
    }
}
