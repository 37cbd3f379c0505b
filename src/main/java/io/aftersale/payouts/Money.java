package io.aftersale.payouts;

import java.math.BigDecimal;
import java.util.Currency;

/** An amount in words people read, such as {@code CNY 30.00}. Never calculates. */
final class Money {
    private Money() {}

    static String text(long amountMinor, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return currency + " " + BigDecimal.valueOf(amountMinor, digits).toPlainString();
    }
}
