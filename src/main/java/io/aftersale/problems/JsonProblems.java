package io.aftersale.problems;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Says in a sentence why a JSON document could not be read. It never repeats a value, which might be a secret. */
public final class JsonProblems {
    /** How the name of every amount in minor units ends. */
    private static final String AMOUNT = "Minor";

    /** How Jackson begins to say that a field is there twice. */
    private static final String TWICE = "Duplicate field";

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
                return new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + path(unknown) + "' is not known here.")
                        .with("field", path(unknown));
            }
            if (cause instanceof StorableStrings.UnstorableException unstorable) {
                return FreeText.unstorable(path(unstorable));
            }
            JsonParseException broken = cause(cause, JsonParseException.class);
            if (broken != null) {
                return notJson(broken);
            }
            if (cause instanceof JsonMappingException mapping
                    && !mapping.getPath().isEmpty()) {
                String field = path(mapping);
                if (cause(mapping, InputCoercionException.class) != null) {
                    return new Problem(
                                    field.endsWith(AMOUNT) ? ProblemCode.AMOUNT_INVALID : ProblemCode.MALFORMED_REQUEST,
                                    "The number in the field '" + field + "' is too large.")
                            .with("field", field);
                }
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
            if (cause instanceof MismatchedInputException) {
                return new Problem(ProblemCode.MALFORMED_REQUEST, "The body must be a JSON object.");
            }
            if (cause instanceof JsonProcessingException) {
                return new Problem(ProblemCode.MALFORMED_REQUEST, "The body is not valid JSON.");
            }
        }
        return new Problem(ProblemCode.MALFORMED_REQUEST, "The body is missing or cannot be read.");
    }

    private static Problem notJson(JsonParseException broken) {
        boolean isTwice = broken.getOriginalMessage() != null
                && broken.getOriginalMessage().startsWith(TWICE)
                && broken.getProcessor() != null;
        if (!isTwice) {
            return new Problem(ProblemCode.MALFORMED_REQUEST, "The body is not valid JSON.");
        }
        String field = path(broken.getProcessor());
        return new Problem(ProblemCode.MALFORMED_REQUEST, "The field '" + field + "' is given twice.")
                .with("field", field);
    }

    private static <T extends Throwable> T cause(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    private static String path(JsonParser parser) {
        var path = new StringBuilder();
        for (JsonStreamContext here = parser.getParsingContext(); here != null; here = here.getParent()) {
            if (here.inObject() && here.getCurrentName() != null) {
                path.insert(0, "." + here.getCurrentName());
            } else if (here.inArray()) {
                path.insert(0, "[" + here.getCurrentIndex() + "]");
            }
        }
        return path.toString().replaceFirst("^\\.", "");
    }

    private static String path(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
