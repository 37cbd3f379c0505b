package io.aftersale.cases;

import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Money that a shop took from its buyer for a case and tells us of; we never take it ourselves. {@code method} is CARD,
 * WALLET or BALANCE.
 */
public record Payment(String reference, long amountMinor, String method) {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Set<String> METHODS = Set.of("CARD", "WALLET", "BALANCE");

    /** @throws Problem FIELD_MISSING, FIELD_INVALID, AMOUNT_INVALID */
    static Payment of(String reference, Long amountMinor, String method) {
        if (reference == null || reference.isBlank()) {
            throw Problem.missing("reference");
        }
        if (!REFERENCE.matcher(reference).matches() || FreeText.hasCardNumber(reference)) {
            throw Problem.invalid("reference", "must be 1 to 64 letters, digits or any of . _ : -, and no card number");
        }
        if (amountMinor == null) {
            throw Problem.missing("amountMinor");
        }
        if (amountMinor <= 0) {
            throw new Problem(ProblemCode.AMOUNT_INVALID, "The amount must be above 0, in whole minor units.")
                    .with("field", "amountMinor");
        }
        if (method != null && !METHODS.contains(method)) {
            throw Problem.invalid("method", "must be CARD, WALLET or BALANCE");
        }
        return new Payment(reference, amountMinor, method == null ? "CARD" : method);
    }
}
