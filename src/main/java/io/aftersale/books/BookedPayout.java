package io.aftersale.books;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * A payout as our record has it.
 *
 * @param outsideReference how finance paid it outside; null where the provider was to pay
 */
record BookedPayout(
        String id,
        String caseNumber,
        String merchantId,
        String orderId,
        String tenderId,
        long amountMinor,
        String currency,
        String status,
        String outsideReference) {
    private static final String SETTLED = "SETTLED";
    private static final String CANCELLED = "CANCELLED";
    private static final int MINOR_DIGITS = 2;

    boolean isCancelled() {
        return CANCELLED.equals(status);
    }

    boolean isSettled() {
        return SETTLED.equals(status);
    }

    boolean isSame(Booking booking) {
        return amountMinor == booking.amountMinor()
                && currency.equals(booking.currency())
                && tenderId.equals(booking.tenderId())
                && orderId.equals(booking.orderId())
                && merchantId.equals(booking.merchantId());
    }

    String text() {
        return status + ": " + amount(amountMinor, currency) + " to " + tenderId + " of the order " + orderId
                + (outsideReference == null ? "" : ", paid outside as " + outsideReference);
    }

    /** In whole units of a currency that is known, else in hundredths. */
    static String amount(long minor, String code) {
        int digits = Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(code))
                .findFirst()
                .map(Currency::getDefaultFractionDigits)
                .orElse(MINOR_DIGITS);
        return BigDecimal.valueOf(minor, Math.max(0, digits)).toPlainString() + " " + code;
    }
}
