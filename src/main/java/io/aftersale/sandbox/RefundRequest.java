package io.aftersale.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/** What a sender asks for. {@code cardNumber} is null when the money goes back to the original payment. */
record RefundRequest(
        String merchantId,
        String orderId,
        String tenderId,
        String tenderMethod,
        long amountMinor,
        String currency,
        String cardNumber) {

    /** @throws IllegalArgumentException with a sentence for the sender when the body is not one of a refund */
    static RefundRequest read(JsonNode body) {
        JsonNode amount = body.path("amountMinor");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong() || amount.longValue() <= 0) {
            throw new IllegalArgumentException("amountMinor must be a positive whole number");
        }
        JsonNode payTo = body.path("payTo");
        boolean isCard = "BANK_CARD".equals(payTo.path("method").textValue());
        return new RefundRequest(
                text(body, "merchantId"),
                text(body, "orderId"),
                text(body, "tenderId"),
                text(body, "tenderMethod"),
                amount.longValue(),
                text(body, "currency"),
                isCard ? text(payTo, "cardNumber") : null);
    }

    private static String text(JsonNode body, String field) {
        String text = body.path(field).textValue();
        if (text == null || text.isBlank() || text.length() > 200) {
            throw new IllegalArgumentException(field + " must be a text");
        }
        return text;
    }

    Mishap mishap() {
        return Mishap.askedBy(tenderId, cardNumber);
    }

    String paidTo() {
        return cardNumber == null ? "ORIGINAL" : "**** " + cardNumber.substring(Math.max(0, cardNumber.length() - 4));
    }

    /** Names no card number, whoever prints it. */
    @Override
    public String toString() {
        return tenderId + " " + amountMinor + " " + currency + " to " + paidTo();
    }
}
