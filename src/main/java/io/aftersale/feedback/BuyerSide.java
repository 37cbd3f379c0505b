package io.aftersale.feedback;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseSheet;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the buyer's side does: give a feedback, rate the answer, rate a closed case. The shop speaks for its buyer, so
 * every call names the buyer and a wrong one finds nothing. It passes facts to the process and never chooses the next
 * step.
 */
@Service
class BuyerSide {
    private final Feedbacks feedbacks;
    private final FeedbackDesk desk;
    private final FeedbackProcess process;
    private final FeedbackRequests requests;
    private final FeedbackSheets sheets;
    private final Invitations invitations;
    private final CaseFiles cases;
    private final TransactionTemplate transaction;

    BuyerSide(
            Feedbacks feedbacks,
            FeedbackDesk desk,
            FeedbackProcess process,
            FeedbackRequests requests,
            FeedbackSheets sheets,
            Invitations invitations,
            CaseFiles cases,
            TransactionTemplate transaction) {
        this.feedbacks = feedbacks;
        this.desk = desk;
        this.process = process;
        this.requests = requests;
        this.sheets = sheets;
        this.invitations = invitations;
        this.cases = cases;
        this.transaction = transaction;
    }

    /** @throws Problem whatever is wrong with it; nothing is left of it then */
    FeedbackSheet give(String merchantId, FeedbackBody body) {
        return transaction.execute(status -> sheets.of(process.start(requests.read(body, merchantId))));
    }

    /** @param buyerId an optional filter */
    FeedbackSheet read(String merchantId, String number, String buyerId) {
        return feedbacks
                .find(number)
                .filter(it -> it.merchantId().equals(merchantId)
                        && (buyerId == null || it.buyerId().equals(buyerId)))
                .map(sheets::of)
                .orElseThrow(() -> FeedbackSheets.notFound(number));
    }

    /** @throws Problem ALREADY_RATED the second time, WRONG_STATE before the answer or after its time */
    FeedbackSheet rate(String merchantId, String number, String buyerId, Integer satisfaction) {
        requireRating(buyerId, satisfaction);
        return transaction.execute(status -> {
            read(merchantId, number, null);
            Feedback it = feedbacks.lock(number);
            if (!it.buyerId().equals(buyerId)) {
                throw new Problem(
                        ProblemCode.BUYER_NOT_FOUND,
                        "The feedback " + number + " is not one of buyer '" + buyerId + "'.");
            }
            if (it.satisfaction() == null && !it.status().equals("ANSWERED")) {
                throw FeedbackProcess.wrongState(it);
            }
            desk.rate(it, satisfaction);
            process.tellSatisfaction(it);
            return sheets.of(number);
        });
    }

    /**
     * Keeps how satisfied the buyer is with a closed case, once; where that is little, a feedback begins with its
     * follow-up.
     *
     * @throws Problem ALREADY_RATED the second time, WRONG_STATE while the case is open or when it was left
     */
    CaseSheet rateCase(String merchantId, String caseNumber, String buyerId, Integer satisfaction) {
        requireRating(buyerId, satisfaction);
        return transaction.execute(status -> {
            CaseFile file = cases.lockOfBuyer(merchantId, caseNumber, buyerId);
            if (invitations.find(caseNumber).isEmpty()) {
                throw cases.wrongState(file);
            }
            invitations.requireOpen(caseNumber, merchantId, buyerId);
            String number = desk.isFollowedUp(satisfaction) ? process.start(complaint(file, satisfaction)) : null;
            invitations.takeUp(caseNumber, satisfaction, number);
            return cases.sheet(caseNumber);
        });
    }

    List<Invitation> openInvitations(String merchantId, String orderId, String buyerId) {
        return invitations.open(merchantId, orderId, buyerId);
    }

    private static FeedbackRequest complaint(CaseFile file, int satisfaction) {
        return new FeedbackRequest(
                file.merchantId(),
                file.buyerId(),
                file.orderId(),
                file.number(),
                Topic.SERVICE,
                "Rated the handling of " + file.number() + " " + satisfaction + "/5 对售后处理的满意度",
                satisfaction,
                null);
    }

    private static void requireRating(String buyerId, Integer satisfaction) {
        if (buyerId == null || buyerId.isBlank()) {
            throw Problem.missing("buyerId");
        }
        if (satisfaction == null) {
            throw Problem.missing("satisfaction");
        }
        if (satisfaction < 1 || satisfaction > 5) {
            throw Problem.invalid("satisfaction", "must be a whole number from 1 to 5");
        }
    }
}
