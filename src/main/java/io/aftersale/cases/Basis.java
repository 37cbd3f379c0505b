package io.aftersale.cases;

/** On what ground a buyer asks; the decision tables decide by it. */
public enum Basis {
    NO_REASON,
    QUALITY,
    UNSHIPPED,
    SERVICE
}
