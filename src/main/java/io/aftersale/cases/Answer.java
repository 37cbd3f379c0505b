package io.aftersale.cases;

import io.aftersale.engine.TaskAnswer;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the fields of a task's answer: null, blank and absent are alike, and a field that is not asked for is refused. */
public final class Answer {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final TaskAnswer given;

    public Answer(TaskAnswer given, Set<String> allowed) {
        this.given = given;
        for (String field : given.fields().keySet()) {
            if (!allowed.contains(field)) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + field + "' is not part of this answer.")
                        .with("field", field);
            }
        }
    }

    public Optional<String> text(String field) {
        return Optional.ofNullable(given.fields().get(field))
                .map(Object::toString)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** @throws Problem FIELD_MISSING, FIELD_INVALID */
    public String oneOf(String field, String... allowed) {
        String value = text(field).orElseThrow(() -> Problem.missing(field));
        if (!Arrays.asList(allowed).contains(value)) {
            throw Problem.invalid(field, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** Free text of at most 2,000 characters with card numbers masked; null when there is none. */
    public String remark() {
        return FreeText.check("remark", text("remark").orElse(null), Application.MOST_TEXT);
    }

    /**
     * A whole number of minor units or per cent, given as a number or as digits and nothing else: who writes 30.00 means
     * thirty yuan, not thirty fen.
     *
     * @throws Problem AMOUNT_INVALID
     */
    public Optional<Long> wholeNumber(String field) {
        return text(field).map(text -> {
            try {
                if (raw(field) instanceof Number || DIGITS.matcher(text).matches()) {
                    return whole(field, text);
                }
            } catch (NumberFormatException | ArithmeticException odd) {
                throw notWhole(field);
            }
            throw notWhole(field);
        });
    }

    private static Problem notWhole(String field) {
        return new Problem(ProblemCode.AMOUNT_INVALID, "The field '" + field + "' must be a whole number, in digits.")
                .with("field", field);
    }

    private static long whole(String field, String text) {
        var number = new BigDecimal(text);
        if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new Problem(ProblemCode.AMOUNT_INVALID, "The number in the field '" + field + "' is too large.")
                    .with("field", field);
        }
        return number.longValueExact();
    }

    /**
     * Yes or no, given as a flag or as its word; empty when nothing was said.
     *
     * @throws Problem FIELD_INVALID
     */
    public Optional<Boolean> flag(String field) {
        return text(field).map(text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw Problem.invalid(field, "must be true or false");
            }
            return text.equals("true");
        });
    }

    public Object raw(String field) {
        return given.fields().get(field);
    }
}
