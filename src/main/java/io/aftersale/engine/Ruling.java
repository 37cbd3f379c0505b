package io.aftersale.engine;

import java.util.Map;

/**
 * What a decision table said: which version, which rule, and the outputs by name. {@code rule} is null when no rule
 * matched or the table could not be evaluated; the outputs are empty then and the asker takes its careful way.
 */
public record Ruling(String table, int version, String rule, Map<String, Object> outputs) {
    public boolean isMatched() {
        return rule != null;
    }

    /** An output as text, or {@code fallback} when there is none. */
    public String text(String output, String fallback) {
        return outputs.get(output) == null ? fallback : outputs.get(output).toString();
    }

    /** A whole number, or {@code fallback} when there is none. */
    public long number(String output, long fallback) {
        return outputs.get(output) instanceof Number number ? number.longValue() : fallback;
    }

    /** True only when the output says so. */
    public boolean isTrue(String output) {
        return Boolean.TRUE.equals(outputs.get(output));
    }
}
