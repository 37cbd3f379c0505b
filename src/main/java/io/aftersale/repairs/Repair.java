package io.aftersale.repairs;

import java.time.Instant;
import java.util.List;

/**
 * A thing in the technicians' hands, from its arrival to the way back. What has not happened is null. Amounts are in
 * minor units of the order's currency. {@code terms} is what {@code repair-terms} said last, {@code remedies} what the
 * law leaves open to the buyer.
 */
record Repair(
        String caseNumber,
        String merchantId,
        String orderId,
        String lineId,
        Instant receivedAt,
        Diagnosis diagnosis,
        Boolean inStock,
        String terms,
        List<String> remedies,
        Quote quote,
        Work work,
        Instant sentAt,
        Instant deliveredAt) {

    static final String REPAIRED = "REPAIRED";
    static final String NOT_REPAIRABLE = "NOT_REPAIRABLE";

    /** What was found; {@code days} is how long a repair would take, null like the cost where nothing can be done. */
    record Diagnosis(
            String cause, boolean misuse, boolean repairable, Long costMinor, Integer days, Instant at, String by) {}

    /** What the repair would cost the buyer, and what the buyer said and paid. */
    record Quote(
            long amountMinor, String answer, Instant answeredAt, String reference, Long paidMinor, Instant paidAt) {
        boolean isToBePaid() {
            return "ACCEPTED".equals(answer) && paidAt == null;
        }
    }

    /** The work itself; {@code overdueAt} says since when it takes too long. */
    record Work(
            Instant startedAt,
            Instant dueAt,
            Instant overdueAt,
            Instant finishedAt,
            String by,
            String result,
            List<Part> parts) {}

    boolean isRepaired() {
        return work != null && REPAIRED.equals(work.result());
    }

    /** Somebody is at work on it. */
    boolean isUnderRepair() {
        return work != null && work.result() == null;
    }

    boolean isOverdue() {
        return work != null && work.overdueAt() != null;
    }

    /** What the buyer paid for a repair that was not done after all. */
    long owedBackMinor() {
        boolean isDone = isRepaired() || isUnderRepair();
        return quote == null || quote.paidMinor() == null || isDone ? 0 : quote.paidMinor();
    }
}
