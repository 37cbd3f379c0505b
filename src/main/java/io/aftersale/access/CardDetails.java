package io.aftersale.access;

/**
 * A bank card in clear. It lives only while a card is taken in and while a payment provider is told of it, and shows
 * its last four digits to whoever prints it.
 *
 * @param number the digits alone
 */
public record CardDetails(String number, String holder, String bank) {
    /** How a card is shown to people. */
    public String masked() {
        return masked(number.substring(number.length() - 4));
    }

    static String masked(String lastFour) {
        return "**** " + lastFour;
    }

    @Override
    public String toString() {
        return masked();
    }
}
