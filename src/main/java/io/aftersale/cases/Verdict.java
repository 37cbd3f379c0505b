package io.aftersale.cases;

/** What the rules say of an application as a whole: APPROVE, AUDIT or REJECT, why, and which rule of which table. */
public record Verdict(String value, String reasonCode, String legalBasis, String table, int version, String rule) {
    static final String APPROVE = "APPROVE";
    static final String AUDIT = "AUDIT";
    static final String REJECT = "REJECT";
}
