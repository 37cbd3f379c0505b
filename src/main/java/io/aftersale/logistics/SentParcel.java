package io.aftersale.logistics;

import java.time.Instant;

/** A parcel that the carrier took over for a buyer; {@code purpose} is one of the parcels of {@link Movement}. */
public record SentParcel(
        String caseNumber, String lineId, String purpose, int quantity, String trackingNumber, Instant sentAt) {}
