package io.aftersale.logistics;

import java.time.Instant;

/**
 * A parcel that was told of and that nobody knew. {@code caseNumber} is set once somebody found where it belongs; what
 * the senders did not say is null.
 */
record StrayParcel(
        String number,
        String trackingNumber,
        String carrier,
        String authorization,
        State state,
        String caseNumber,
        Instant openedAt) {

    enum State {
        OPEN,
        ASSIGNED,
        ASIDE
    }

    /** What a parcel is known by: its tracking number, or else the authorization that lay in it. */
    static String keyOf(ParcelEvent event) {
        return event.trackingNumber() != null ? event.trackingNumber() : event.authorization();
    }
}
