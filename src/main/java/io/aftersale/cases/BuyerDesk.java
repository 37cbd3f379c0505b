package io.aftersale.cases;

import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the buyer's side does: apply, look ahead, withdraw, add evidence, dispute, amend. The shop speaks for its buyer,
 * so every call names the buyer and a wrong one finds nothing. It passes facts to the process and never chooses the
 * next step; whatever does not fit the state of the case is refused with that state.
 */
@Service
class BuyerDesk {
    private static final String BUYER = "buyer";

    private final Cases cases;
    private final CaseLines lines;
    private final Wishes wishes;
    private final CaseDesk desk;
    private final CaseProcess process;
    private final CaseSheets sheets;
    private final Applications applications;
    private final KeyedAnswers answers;
    private final Evidence evidence;
    private final Timeline timeline;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BuyerDesk(
            Cases cases,
            CaseLines lines,
            Wishes wishes,
            CaseDesk desk,
            CaseProcess process,
            CaseSheets sheets,
            Applications applications,
            KeyedAnswers answers,
            Evidence evidence,
            Timeline timeline,
            TransactionTemplate transaction,
            Clock clock) {
        this.cases = cases;
        this.lines = lines;
        this.wishes = wishes;
        this.desk = desk;
        this.process = process;
        this.sheets = sheets;
        this.applications = applications;
        this.answers = answers;
        this.evidence = evidence;
        this.timeline = timeline;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Takes an application once for each key.
     *
     * @return the case sheet as it was when the application was first answered
     * @throws Problem whatever is wrong with the application; nothing is left of it then
     */
    CaseSheet apply(String merchantId, String key, ApplicationBody body) {
        return answers.answer(merchantId, key, body.withCardMasked(), CaseSheet.class, () -> {
            Kind kind = process.requireOffered(body.kind());
            String number = process.start(applications.read(body, kind, merchantId));
            return new KeyedAnswers.Made<>(number, sheets.of(number));
        });
    }

    /** What would be decided, and how much could be refunded; rolled back, so that it leaves no trace. */
    CasePreview preview(String merchantId, ApplicationBody body) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            var application = applications.read(body, process.requireOffered(body.kind()), merchantId);
            return sheets.preview(application, desk.preview(application, merchantId));
        });
    }

    /** @throws Problem WRONG_STATE once goods or money have moved, or when the case has ended */
    CaseSheet withdraw(String merchantId, String number, String buyerId, String reason) {
        String text = FreeText.check("reason", reason, Application.MOST_TEXT);
        return change(merchantId, number, buyerId, it -> {
            timeline.add(
                    number,
                    BUYER,
                    "application-withdrawn",
                    "Withdrawn 已撤回" + (text == null || text.isBlank() ? "" : ": " + text));
            process.withdraw(it);
        });
    }

    /** Evidence is kept whenever it comes; only a case that waits for it goes on. */
    CaseSheet addEvidence(String merchantId, String number, String buyerId, List<String> ids) {
        if (ids == null || ids.isEmpty()) {
            throw Problem.missing("evidence");
        }
        return change(merchantId, number, buyerId, it -> {
            if (it.isClosed()) {
                throw CaseProcess.wrongState(it);
            }
            evidence.attach(merchantId, number, ids);
            timeline.add(number, BUYER, "evidence-added", "Evidence added 已补充凭证");
            if (it.status().equals("AWAITING_EVIDENCE")) {
                process.addEvidence(it);
            } else {
                process.showChanges(number);
            }
        });
    }

    /** @throws Problem ALREADY_DISPUTED the second time, WRONG_STATE when nothing was rejected or it is too late */
    CaseSheet dispute(String merchantId, String number, String buyerId, String text, List<String> ids) {
        if (text == null || text.isBlank()) {
            throw Problem.missing("text");
        }
        String words = FreeText.check("text", text, Application.MOST_TEXT);
        return change(merchantId, number, buyerId, it -> {
            if (it.disputedAt() != null) {
                throw new Problem(ProblemCode.ALREADY_DISPUTED, "The case " + number + " was disputed once already.")
                        .with("currentStatus", it.status());
            }
            evidence.attach(merchantId, number, ids == null ? List.of() : ids);
            cases.dispute(number, clock.instant());
            timeline.add(number, BUYER, "decision-disputed", words);
            process.dispute(it);
        });
    }

    /** @throws Problem APPLICATIONS_USED_UP after five, WRONG_STATE when nothing was rejected or it is too late */
    CaseSheet amend(String merchantId, String number, String buyerId, ApplicationBody change) {
        return change(merchantId, number, buyerId, it -> {
            requireSame("kind", it.kind().name(), change.kind());
            requireSame("orderId", it.orderId(), change.orderId());
            if (it.applicationNo() >= CaseDesk.MOST_APPLICATIONS) {
                throw new Problem(
                                ProblemCode.APPLICATIONS_USED_UP,
                                "A case takes at most " + CaseDesk.MOST_APPLICATIONS + " applications.")
                        .with("currentStatus", it.status());
            }
            timeline.add(number, BUYER, "application-amended", "Application amended 已修改申请");
            process.amend(it, amended(it, change));
        });
    }

    private static void requireSame(String field, String now, String asked) {
        if (asked != null && !asked.equals(now)) {
            throw Problem.invalid(field, "cannot be amended; it stays " + now);
        }
    }

    private Application amended(Case it, ApplicationBody change) {
        boolean askedForAll = it.requestedMinor() == it.refundableMinor();
        Wish wish = wishes.of(it.number());
        var before = new ApplicationBody(
                it.kind().name(),
                it.merchantId(),
                it.orderId(),
                it.buyerId(),
                lines.of(it.number()).stream()
                        .map(line -> new ApplicationBody.LineBody(line.lineId(), line.quantity()))
                        .toList(),
                it.reason().name(),
                it.description(),
                askedForAll ? null : it.requestedMinor(),
                it.includeShipping(),
                new ApplicationBody.PayToBody(it.payToMethod(), it.cardToken(), null, null, null),
                List.of(),
                wish.sku(),
                wish.priceMinor(),
                wish.address(),
                wish.fault());
        return applications.read(before.amendedBy(change), it.kind(), it.merchantId());
    }

    private CaseSheet change(String merchantId, String number, String buyerId, Consumer<Case> step) {
        if (buyerId == null || buyerId.isBlank()) {
            throw Problem.missing("buyerId");
        }
        return transaction.execute(status -> {
            if (cases.find(merchantId, number).isEmpty()) {
                throw notFound(number);
            }
            Case it = cases.lock(number);
            if (!it.buyerId().equals(buyerId)) {
                throw new Problem(
                        ProblemCode.BUYER_NOT_FOUND, "The case " + number + " is not one of buyer '" + buyerId + "'.");
            }
            step.accept(it);
            return sheets.of(number);
        });
    }

    static Problem notFound(String number) {
        return new Problem(ProblemCode.CASE_NOT_FOUND, "There is no case '" + number + "'.");
    }

    /** The same application gives the same hash; a card counts by its last four digits, its number is never hashed. */
}
