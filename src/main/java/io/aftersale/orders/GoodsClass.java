package io.aftersale.orders;

/** What kind of goods a line is, as far as the right to return without a reason asks (Consumer Rights Law art. 25). */
public enum GoodsClass {
    ORDINARY,
    MADE_TO_ORDER,
    PERISHABLE,
    DIGITAL,
    PERIODICAL
}
