package io.aftersale.payouts;

import io.aftersale.access.CardDetails;
import java.time.Instant;

/**
 * The part of an approved refund that goes back to one tender. {@code id} names it for good and is the provider's
 * idempotency key, whatever is tried how often.
 *
 * @param method ORIGINAL, or BANK_CARD with a {@code cardToken}
 * @param amountMinor above 0, in minor units of {@code currency}
 * @param contradiction what the provider said that cannot be right; null when all fits
 * @param providerRef the provider's own name for the refund, null until told
 * @param outsideReference how finance paid it outside, null otherwise
 * @param checks how often the outcome was waited for since the last decision of a person
 * @param fence grows with every hold on the payout; a result of an older hold is not written
 * @param waitStage the stage of the deadline it waits under now; null when it waits for nothing
 * @param isHeld somebody is talking with the provider about it right now
 */
record Payout(
        String id,
        String caseNumber,
        String merchantId,
        String orderId,
        String tenderId,
        String tenderMethod,
        String method,
        String cardToken,
        long amountMinor,
        String currency,
        PayoutStatus status,
        String declineReason,
        String contradiction,
        String providerRef,
        String outsideReference,
        String financeDecision,
        Instant stoppedAt,
        int checks,
        long fence,
        String waitStage,
        Instant waitUntil,
        boolean isHeld,
        int attempts) {

    static final String ORIGINAL = "ORIGINAL";
    static final String BANK_CARD = "BANK_CARD";

    boolean isFinal() {
        return status.isFinal();
    }

    boolean isToBankCard() {
        return BANK_CARD.equals(method);
    }

    /** Declined, or told something that cannot be: waiting longer does not help, a person has to look. */
    boolean isRefused() {
        return status == PayoutStatus.FAILED || contradiction != null;
    }

    /** Settled in any case; refused only while the process still waits for the provider, and not for finance. */
    boolean isNews() {
        return isFinal() || (isRefused() && !PayoutDesk.FINANCE.equals(waitStage));
    }

    RefundOrder order(CardDetails card) {
        return new RefundOrder(id, merchantId, orderId, tenderId, tenderMethod, amountMinor, currency, card);
    }
}
