package io.aftersale.exchanges;

/** How an exchange was settled; the word that the diagram's gateways read. */
enum Outcome {
    /** The article costs what is payable. */
    EVEN,
    /** It costs less; the rest is paid out. */
    CHEAPER,
    /** It costs more; nothing is booked before the buyer has paid the rest. */
    DEARER,
    /** No article goes out, the money goes back. */
    REFUND,
    /** Nothing was accepted. */
    NOTHING,
    /** The goods never came. */
    NOT_RETURNED;

    boolean isReplaced() {
        return this == EVEN || this == CHEAPER || this == DEARER;
    }
}
