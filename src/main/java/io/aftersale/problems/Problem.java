package io.aftersale.problems;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A refusal that the caller can understand and mend. Thrown by any room, turned into {@code application/problem+json}
 * at the door. It never carries a card number, and whoever throws it has changed nothing or is rolled back.
 */
public final class Problem extends RuntimeException {
    /** What the caller sent is repeated so far that it is known again. */
    private static final Pattern LONG_QUOTE = Pattern.compile("(?<![^\\s(])'([^']{80})[^']+'");

    private final ProblemCode code;
    private final transient Map<String, Object> extras = new LinkedHashMap<>();

    /** @param detail one sentence that says what is wrong with this very request */
    public Problem(ProblemCode code, String detail) {
        super(shortened(detail));
        this.code = code;
    }

    /** Adds a member of its own to the answer, such as {@code field}. */
    public Problem with(String name, Object value) {
        extras.put(name, value);
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return getMessage();
    }

    /** The members of the answer, see RFC 9457. */
    public Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/problems/" + code.code());
        body.put("title", code.title());
        body.put("status", code.status());
        body.put("detail", detail());
        body.put("code", code.code());
        body.putAll(extras);
        return body;
    }

    private static String shortened(String detail) {
        return LONG_QUOTE.matcher(detail).replaceAll("'$1…'");
    }

    /** A field is absent that the request cannot do without. */
    public static Problem missing(String field) {
        return new Problem(ProblemCode.FIELD_MISSING, "The field '" + field + "' is required.").with("field", field);
    }

    /** A field has a value outside what it may be. */
    public static Problem invalid(String field, String why) {
        return new Problem(ProblemCode.FIELD_INVALID, "The field '" + field + "' " + why + ".").with("field", field);
    }
}
