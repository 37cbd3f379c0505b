package io.aftersale.orders;

/** How a part of an order was paid. The constants stand in the order in which money goes back. */
public enum TenderMethod {
    CARD,
    WALLET,
    BALANCE,
    POINTS,
    COUPON;

    /** Points and coupons go back in kind, in proportion; the rest is money. */
    public boolean isInKind() {
        return this == POINTS || this == COUPON;
    }
}
