package io.aftersale.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Says in a sentence why a JSON document could not be read. It never repeats a value, which might be a secret. */
public final class JsonProblems {
    /** How the name of every amount in minor units ends. */
    private static final String AMOUNT = "Minor";

    private JsonProblems() {}

    /** @param failure what Jackson threw, or anything that has it as a cause; null when there was no body at all */
    public static Problem explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return new Problem(
                                ProblemCode.FIELD_UNKNOWN,
                                "The field '" + unknown.getPropertyName() + "' is not known here.")
                        .with("field", unknown.getPropertyName());
            }
            if (cause instanceof StorableStrings.UnstorableException unstorable) {
                return FreeText.unstorable(path(unstorable));
            }
            if (cause instanceof JsonMappingException mapping
                    && !mapping.getPath().isEmpty()) {
                String field = path(mapping);
                if (field.endsWith(AMOUNT)) {
                    return new Problem(
                                    ProblemCode.AMOUNT_INVALID,
                                    "The field '" + field + "' must be a whole number of minor units.")
                            .with("field", field);
                }
                return new Problem(
                                ProblemCode.MALFORMED_REQUEST,
                                "The field '" + field + "' has a value of the wrong type.")
                        .with("field", field);
            }
            if (cause instanceof JsonProcessingException) {
                return new Problem(ProblemCode.MALFORMED_REQUEST, "The body is not valid JSON.");
            }
        }
        return new Problem(ProblemCode.MALFORMED_REQUEST, "The body is missing or cannot be read.");
    }

    private static String path(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
