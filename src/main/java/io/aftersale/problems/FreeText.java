package io.aftersale.problems;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people may write. Keeps emoji and line breaks, refuses control characters, and hides card numbers before
 * anything is stored: a run of 13 to 19 digits (blanks and dashes between them allowed) that passes the Luhn check.
 */
public final class FreeText {
    private static final int LEAST_DIGITS = 13;
    private static final int MOST_DIGITS = 19;
    private static final Pattern DIGITS = Pattern.compile("\\p{Nd}+");

    /** What people put between the groups of a number: blanks and dashes, wide ones too. */
    private static final Pattern GAP = Pattern.compile("[\\p{Zs}\\p{Pd}]{1,3}");

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
        var masked = new StringBuilder();
        int from = 0;
        for (Card card : cardsIn(text)) {
            masked.append(text, from, card.start()).append("**** ").append(card.lastFour());
            from = card.end();
        }
        return masked.append(text, from, text.length()).toString();
    }

    public static boolean hasCardNumber(String text) {
        return !cardsIn(text).isEmpty();
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

    /** A card number in a text, from its first digit to behind its last. */
    private record Card(int start, int end, String lastFour) {}

    /**
     * Card numbers from left to right. Digits come in groups, and a number is any row of whole groups: what stands before
     * or behind it, such as a quantity or the date on the card, does not hide it.
     */
    private static List<Card> cardsIn(String text) {
        List<MatchResult> groups = DIGITS.matcher(text).results().toList();
        var cards = new ArrayList<Card>();
        int first = 0;
        while (first < groups.size()) {
            int last = lastGroupOfCard(text, groups, first);
            if (last >= first) {
                int start = groups.get(first).start();
                int end = groups.get(last).end();
                String digits = digitsOf(text.substring(start, end));
                cards.add(new Card(start, end, digits.substring(digits.length() - 4)));
            }
            first = Math.max(first, last) + 1;
        }
        return cards;
    }

    /** Where the longest card number ends that begins with this group; -1 when none does. */
    private static int lastGroupOfCard(String text, List<MatchResult> groups, int first) {
        int found = -1;
        int start = groups.get(first).start();
        for (int last = first; last < groups.size(); last++) {
            boolean isApart = last > first
                    && !GAP.matcher(text.substring(
                                    groups.get(last - 1).end(), groups.get(last).start()))
                            .matches();
            String digits = digitsOf(text.substring(start, groups.get(last).end()));
            if (isApart || digits.length() > MOST_DIGITS) {
                break;
            }
            if (digits.length() >= LEAST_DIGITS && passesLuhn(digits)) {
                found = last;
            }
        }
        return found;
    }

    /** The digits of a text, in whatever script or width, as 0 to 9. */
    private static String digitsOf(String text) {
        return text.codePoints()
                .filter(Character::isDigit)
                .map(digit -> Character.digit(digit, 10))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining());
    }

    private static Problem refuse(String field, String why) {
        return new Problem(ProblemCode.TEXT_INVALID, "The text '" + field + "' " + why + ".").with("field", field);
    }
}
