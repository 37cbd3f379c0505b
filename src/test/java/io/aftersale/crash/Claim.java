package io.aftersale.crash;

import java.util.Map;

/**
 * What the driver asked for and was promised, in its own words and from its own memory: the campaign's model of one
 * case and of how it must end.
 *
 * @param tale how the case goes
 * @param end the status that it must come to
 * @param paid what the buyer paid by each tender, in minor units
 * @param due what must come back to each tender; nothing where it is missing
 * @param moved how many units must have gone where, by purpose
 * @param handedOut how many units of the wanted article must have left the shelf
 */
record Claim(
        Tale tale,
        String orderId,
        String number,
        String end,
        Map<String, Long> paid,
        Map<String, Long> due,
        Map<String, Integer> moved,
        int handedOut) {

    long dueMinor() {
        return due.values().stream().mapToLong(Long::longValue).sum();
    }

    long paidMinor() {
        return paid.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Its flow must have come to an end; else the case waits for somebody. */
    boolean isClosed() {
        return !end.equals("AUDITING") && !end.equals("REJECTED");
    }
}
