package io.aftersale.cases;

/** What a case may become instead of what it was applied for as; its kind stays. */
public enum Conversion {
    /** Money back for what came back. */
    REFUND,
    /** Goods back and money back. */
    RETURN,
    /** Another article for what came back. */
    EXCHANGE,
    /** The buyer keeps the goods and gets a part of the money. */
    ALLOWANCE
}
