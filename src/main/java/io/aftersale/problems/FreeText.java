package io.aftersale.problems;

import java.util.regex.Pattern;

/**
 * What people may write. Keeps emoji and line breaks, refuses control characters, and hides card numbers before
 * anything is stored: a run of 13 to 19 digits (blanks and hyphens between them allowed) that passes the Luhn check.
 */
public final class FreeText {
    private static final Pattern DIGIT_RUN = Pattern.compile("(?<!\\d)\\d(?:[ \\-]?\\d){12,18}(?!\\d)");

    private FreeText() {}

    /**
     * Checks a text and returns the form to store.
     *
     * @param max the greatest length in UTF-16 units
     * @return the text with card numbers masked to their last four digits; null stays null
     * @throws Problem TEXT_INVALID
     */
    public static String check(String field, String text, int max) {
        if (text == null) {
            return null;
        }
        if (text.length() > max) {
            throw refuse(field, "has more than " + max + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                throw refuse(field, "has a control character");
            }
        }
        if (!isStorable(text)) {
            throw refuse(field, "has half of a character");
        }
        return mask(text);
    }

    /** Whether every database keeps the text as it is: it has no NUL and no half of a character. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** The refusal of a text that {@link #isStorable} says no to. */
    public static Problem unstorable(String field) {
        return refuse(field, "has a character that cannot be kept");
    }

    /** Hides every card number but its last four digits. */
    public static String mask(String text) {
        return DIGIT_RUN
                .matcher(text)
                .replaceAll(found -> passesLuhn(found.group()) ? "**** " + lastFour(found.group()) : found.group());
    }

    public static boolean hasCardNumber(String text) {
        return DIGIT_RUN.matcher(text).results().anyMatch(found -> passesLuhn(found.group()));
    }

    /** The check digit rule of ISO/IEC 7812-1, over the digits of the text. */
    public static boolean passesLuhn(String text) {
        String digits = digitsOf(text);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return !digits.isEmpty() && sum % 10 == 0;
    }

    private static String lastFour(String run) {
        String digits = digitsOf(run);
        return digits.substring(digits.length() - 4);
    }

    private static String digitsOf(String run) {
        return run.replaceAll("\\D", "");
    }

    private static Problem refuse(String field, String why) {
        return new Problem(ProblemCode.TEXT_INVALID, "The text '" + field + "' " + why + ".").with("field", field);
    }
}
