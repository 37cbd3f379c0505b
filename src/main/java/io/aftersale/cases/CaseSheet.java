package io.aftersale.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A case as the shop sees it, and through it the buyer. Amounts in minor units, times with the merchant's offset; null =
 * not yet. {@code lines}, {@code rulings}, {@code next}, {@code payouts}, {@code sentParcels} and {@code timeline} are always there.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CaseSheet(
        String number,
        Kind kind,
        String convertedTo,
        String status,
        String orderId,
        String buyerId,
        String merchantId,
        String currency,
        Reason reason,
        String description,
        int applicationNo,
        OffsetDateTime appliedAt,
        OffsetDateTime closedAt,
        List<Line> lines,
        long requestedMinor,
        long refundableMinor,
        Long approvedMinor,
        long paidMinor,
        String outcome,
        Verdict verdict,
        List<Said> rulings,
        Rejection rejection,
        Liability liability,
        PayToView payTo,
        List<String> evidence,
        List<Next> next,
        ParcelView parcel,
        List<SentParcel> sentParcels,
        List<PayoutLine> payouts,
        List<Event> timeline) {

    @Schema(name = "CaseLine")
    public record Line(
            String lineId,
            int quantity,
            long refundableMinor,
            String verdict,
            Integer receivedQuantity,
            Integer acceptedQuantity) {}

    /** Goods on their way back and what is offered for them; null where none are. */
    public record ParcelView(
            String authorization,
            String address,
            String carrier,
            String trackingNumber,
            OffsetDateTime shippedAt,
            OffsetDateTime receivedAt,
            Long offeredMinor,
            String lastSeen,
            OffsetDateTime lastSeenAt) {}

    /** A parcel to the buyer: refused goods, a replacement, or repaired goods. */
    @Schema(name = "CaseSentParcel")
    public record SentParcel(
            String purpose,
            String lineId,
            int quantity,
            String trackingNumber,
            OffsetDateTime sentAt,
            String lastSeen,
            OffsetDateTime lastSeenAt) {}

    /** Why the application was rejected last; null unless it was. */
    @Schema(name = "CaseRejection")
    public record Rejection(String reasonCode, String decidedBy, OffsetDateTime at) {}

    /** Who bears the loss after a dispute, in per cent that sum to 100. */
    @Schema(name = "CaseLiability")
    public record Liability(int buyer, int seller, int platform, int carrier) {}

    /** Where the money goes; a card shows its last four digits only. */
    @Schema(name = "CasePayTo")
    public record PayToView(String method, String card) {}

    /** What a table said: which version and which rule of it; {@code lineId} is null where the whole case was asked. */
    record Said(OffsetDateTime at, String table, int version, String rule, String lineId) {}

    /** Who owes the next step, by when, and what happens otherwise. */
    @Schema(name = "CaseNext")
    public record Next(String owner, String action, OffsetDateTime dueAt, String consequence) {}

    @Schema(name = "CaseEvent")
    public record Event(OffsetDateTime at, String actor, String event, String text) {}
}
