package io.aftersale.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * A case as the shop sees it, and through it the buyer. Amounts in minor units, times with the merchant's offset; null =
 * not yet. {@code freightOut} and {@code freightBack} say who pays the way to the buyer and back, as in the preview:
 * SELLER, BUYER, NONE or MANUAL; {@code address} is where goods go to the buyer. {@code lines}, {@code rulings}, {@code next}, {@code payouts}, {@code sentParcels} and {@code timeline} are always there.
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
        long shippingMinor,
        String freightOut,
        String freightBack,
        Long approvedMinor,
        long paidMinor,
        String outcome,
        Verdict verdict,
        List<Said> rulings,
        Rejection rejection,
        Liability liability,
        PayToView payTo,
        Map<String, String> address,
        List<String> evidence,
        List<Next> next,
        ParcelView parcel,
        List<SentParcel> sentParcels,
        RepairView repair,
        ReplacementView replacement,
        List<PayoutLine> payouts,
        InvitationView invitation,
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

    /**
     * What the buyer of a closed case is invited to say, once: a review of these lines, and how satisfied they are with
     * the handling. Null where nobody is invited; {@code feedback} is the number of what came of a low answer.
     */
    @Schema(name = "CaseInvitation")
    public record InvitationView(
            OffsetDateTime offeredAt,
            List<String> reviewLines,
            Integer satisfaction,
            OffsetDateTime answeredAt,
            String feedback) {}

    /**
     * A repair from the fault to the way back; what has not happened is null. {@code terms} is REPAIR, QUOTE, EXCHANGE,
     * RETURN, REFUSE or MANUAL, {@code remedies} are what the law leaves open to the buyer now: RETURN, EXCHANGE, REPAIR.
     */
    public record RepairView(
            String fault,
            Map<String, String> address,
            OffsetDateTime receivedAt,
            DiagnosisView diagnosis,
            String terms,
            List<String> remedies,
            QuoteView quote,
            WorkView work,
            ReturnTripView sentBack) {}

    /** What a technician found; {@code days} is how long a repair would take. */
    public record DiagnosisView(
            String cause, boolean misuse, boolean repairable, Long costMinor, Integer days, OffsetDateTime at) {}

    /**
     * What a repair would cost the buyer. {@code answer} is ACCEPTED, DECLINED or LAPSED; {@code owedBackMinor} was paid
     * for a repair that could not be done.
     */
    public record QuoteView(
            long amountMinor,
            String answer,
            OffsetDateTime answeredAt,
            Long paidMinor,
            String reference,
            OffsetDateTime paidAt,
            Long owedBackMinor) {}

    /** {@code result} is REPAIRED or NOT_REPAIRABLE. */
    public record WorkView(
            OffsetDateTime startedAt,
            OffsetDateTime dueAt,
            boolean overdue,
            OffsetDateTime finishedAt,
            String result,
            List<PartView> parts,
            long partsMinor,
            long labourMinor) {}

    /** What went into a repair, for all of its pieces together. */
    public record PartView(String name, int quantity, long costMinor, long labourMinor) {}

    /** {@code purpose} is REPAIRED or RETURN_TO_BUYER. */
    public record ReturnTripView(
            String purpose, String trackingNumber, OffsetDateTime sentAt, OffsetDateTime deliveredAt) {}

    /**
     * Another article that goes out, null where none does. {@code differenceMinor} above 0 is owed by the buyer, below 0 it
     * is paid out; {@code lineIds} are the lines of the order under which it can come back later.
     */
    @Schema(name = "CaseReplacement")
    public record ReplacementView(
            String sku,
            Integer quantity,
            List<String> lineIds,
            String stock,
            Long priceMinor,
            Long creditMinor,
            Long differenceMinor,
            String paymentReference,
            String trackingNumber,
            OffsetDateTime shippedAt,
            OffsetDateTime deliveredAt) {}

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

    /** Who owes the next step, by when, what happens otherwise, and which version and rule of the table says so. */
    @Schema(name = "CaseNext")
    public record Next(String owner, String action, OffsetDateTime dueAt, String consequence, String rule) {}

    @Schema(name = "CaseEvent")
    public record Event(OffsetDateTime at, String actor, String event, String text) {}
}
