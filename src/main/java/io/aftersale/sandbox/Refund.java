package io.aftersale.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refund as the provider has booked it, under the key that its sender gave. {@code revision} counts the changes,
 * {@code paidTo} is ORIGINAL or the last four digits of a card, {@code fingerprint} tells whether the same key came
 * with another body. The full card number is never kept.
 */
record Refund(
        String refundId,
        String key,
        int revision,
        Status status,
        Mishap mishap,
        String merchantId,
        String orderId,
        String tenderId,
        String tenderMethod,
        String paidTo,
        long amountMinor,
        String currency,
        String reason,
        String fingerprint,
        Instant bookedAt,
        Instant changedAt) {

    enum Status {
        PENDING,
        SETTLED,
        DECLINED,
        CANCELLED
    }

    Refund become(Status next, String why, Instant now) {
        return new Refund(
                refundId,
                key,
                revision + 1,
                next,
                mishap,
                merchantId,
                orderId,
                tenderId,
                tenderMethod,
                paidTo,
                amountMinor,
                currency,
                why,
                fingerprint,
                bookedAt,
                now);
    }

    @JsonIgnore
    boolean isDecided() {
        return status != Status.PENDING;
    }

    /** What the provider says of it, to whoever asks. */
    Map<String, Object> answer() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("key", key);
        answer.put("refundId", refundId);
        answer.put("status", status.name());
        answer.put("tenderId", tenderId);
        answer.put("amountMinor", mishap == Mishap.WRONG ? amountMinor + 1 : amountMinor);
        answer.put("currency", currency);
        answer.put("reason", reason);
        answer.put("changedAt", changedAt.toString());
        return answer;
    }

    /** The line of the provider's own journal, always with the amount that was really booked. */
    Map<String, Object> journalEntry() {
        var entry = new LinkedHashMap<>(answer());
        entry.put("amountMinor", amountMinor);
        entry.put("merchantId", merchantId);
        entry.put("orderId", orderId);
        entry.put("tenderMethod", tenderMethod);
        entry.put("paidTo", paidTo);
        entry.put("bookedAt", bookedAt.toString());
        return entry;
    }
}
