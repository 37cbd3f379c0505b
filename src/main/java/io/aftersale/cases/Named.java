package io.aftersale.cases;

import io.aftersale.problems.Problem;
import java.util.Arrays;

/** Reads a constant by its name as people send it. */
final class Named {
    private Named() {}

    /** @throws Problem FIELD_MISSING, FIELD_INVALID (which lists what is allowed) */
    static <E extends Enum<E>> E parse(Class<E> type, String field, String text) {
        if (text == null || text.isBlank()) {
            throw Problem.missing(field);
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        field,
                        "must be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(type.getEnumConstants())
                                                .map(Enum::name)
                                                .toList())));
    }
}
