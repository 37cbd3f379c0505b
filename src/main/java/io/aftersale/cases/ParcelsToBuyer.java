package io.aftersale.cases;

import java.time.Instant;
import java.util.List;

/** What the case sheet shows of parcels on their way to the buyer. The room that sends them implements it. */
public interface ParcelsToBuyer {
    /** In the order in which they were sent. */
    List<Sent> sent(String caseNumber);

    /** {@code lastSeen} is the furthest that the carrier told; null until it has told anything. */
    record Sent(
            String purpose,
            String lineId,
            int quantity,
            String trackingNumber,
            Instant sentAt,
            String lastSeen,
            Instant lastSeenAt) {}
}
