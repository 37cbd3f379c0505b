package io.aftersale.cases;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the case sheet shows of goods on their way back. The room that moves goods implements it. */
public interface GoodsOfCase {
    Optional<Parcel> parcel(String caseNumber);

    /** What was counted, by line id; empty before the inspection. */
    Map<String, Counted> counted(String caseNumber);

    /**
     * A return and its parcel; what is not known yet is null. {@code offeredMinor} is in minor units; {@code lastSeen} is
     * the furthest that carrier or warehouse told.
     */
    record Parcel(
            String authorization,
            String address,
            String carrier,
            String trackingNumber,
            Instant shippedAt,
            Instant receivedAt,
            Long offeredMinor,
            String lastSeen,
            Instant lastSeenAt) {}

    /** Units that came back, and units that are paid for. */
    record Counted(int received, int accepted) {}
}
