package io.aftersale.logistics;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the carrier or the warehouse told of a parcel, or a person did who identified it. It may come twice, late, or
 * before what it follows from. What was not said is null. Its order is the one in which things happen.
 *
 * @param eventId the sender's own id of it
 * @param trackingNumber the carrier's number; null where the warehouse named an authorization only
 * @param carrier the carrier's name, seldom said
 * @param authorization the number of the return authorization that lay in the parcel
 * @param caseNumber the case that a person found to be its own
 * @param type what happened
 * @param at when it happened, as the sender says
 * @param evidence pictures of the parcel
 */
public record ParcelEvent(
        String eventId,
        String trackingNumber,
        String carrier,
        String authorization,
        String caseNumber,
        Type type,
        Instant at,
        List<String> evidence)
        implements Comparable<ParcelEvent> {

    /** In the order in which they happen to a parcel. */
    public enum Type {
        PICKED_UP,
        IN_TRANSIT,
        DELIVERED,
        RECEIVED;

        /** The parcel has come to where it was sent. */
        public boolean isArrival() {
            return this == DELIVERED || this == RECEIVED;
        }
    }

    @Override
    public int compareTo(ParcelEvent other) {
        return Comparator.comparing(ParcelEvent::type)
                .thenComparing(ParcelEvent::at)
                .thenComparing(ParcelEvent::eventId)
                .compare(this, other);
    }

    ParcelEvent of(String foundCaseNumber) {
        return new ParcelEvent(eventId, trackingNumber, carrier, authorization, foundCaseNumber, type, at, evidence);
    }

    /** Ids that were written one after another with commas. */
    static List<String> ids(String list) {
        return Stream.of(list.split(",")).filter(id -> !id.isBlank()).toList();
    }
}
