package io.aftersale.cases;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application as it comes in, whichever the door. Amounts in minor units. Everything may be absent here; {@link
 * Application} says what must be there.
 */
@Schema(name = "Application", example = """
                {"kind":"REFUND","orderId":"O-1","buyerId":"B-1","lines":[{"lineId":"1","quantity":1}],
                 "reason":"DAMAGED","description":"杯子碎了","amountMinor":3000,"includeShipping":false,
                 "payTo":{"method":"ORIGINAL"},"evidence":[]}""")
record ApplicationBody(
        String kind,
        String merchantId,
        String orderId,
        String buyerId,
        List<LineBody> lines,
        String reason,
        String description,
        Long amountMinor,
        Boolean includeShipping,
        PayToBody payTo,
        List<String> evidence,
        String wantedSku,
        Long wantedPriceMinor,
        Map<String, String> address,
        String fault) {

    @Schema(name = "ApplicationLine", example = "{\"lineId\":\"1\",\"quantity\":1}")
    record LineBody(String lineId, Integer quantity) {}

    @Schema(name = "PayTo", example = "{\"method\":\"ORIGINAL\"}")
    record PayToBody(String method, String cardToken, String cardNumber, String holder, String bank) {
        /** The first field that says something of a card. */
        Optional<String> cardField() {
            return cardToken != null
                    ? Optional.of("cardToken")
                    : cardNumber != null
                            ? Optional.of("cardNumber")
                            : holder != null
                                    ? Optional.of("holder")
                                    : Optional.ofNullable(bank == null ? null : "bank");
        }

        /** A card number never shows in a log line or an error. */
        @Override
        public String toString() {
            return "PayTo[" + method + "]";
        }
    }

    /** The same application with no more of a card number than its last four digits. */
    ApplicationBody withCardMasked() {
        if (payTo == null || payTo.cardNumber == null) {
            return this;
        }
        String number = payTo.cardNumber;
        String masked = number.substring(Math.max(0, number.length() - 4));
        return new ApplicationBody(
                kind,
                merchantId,
                orderId,
                buyerId,
                lines,
                reason,
                description,
                amountMinor,
                includeShipping,
                new PayToBody(payTo.method, payTo.cardToken, masked, payTo.holder, payTo.bank),
                evidence,
                wantedSku,
                wantedPriceMinor,
                address,
                fault);
    }

    /** The same application with what an amendment changes. */
    ApplicationBody amendedBy(ApplicationBody change) {
        return new ApplicationBody(
                kind,
                merchantId,
                orderId,
                buyerId,
                or(change.lines, lines),
                or(change.reason, reason),
                or(change.description, description),
                change.amountMinor == null && change.lines != null ? null : or(change.amountMinor, amountMinor),
                or(change.includeShipping, includeShipping),
                or(change.payTo, payTo),
                or(change.evidence, evidence),
                or(change.wantedSku, wantedSku),
                change.wantedPriceMinor == null && change.wantedSku != null
                        ? null
                        : or(change.wantedPriceMinor, wantedPriceMinor),
                or(change.address, address),
                or(change.fault, fault));
    }

    private static <T> T or(T changed, T kept) {
        return changed == null ? kept : changed;
    }
}
