package io.aftersale.exchanges;

import io.aftersale.logistics.Reservation;

/**
 * Units that the stock system was asked to set aside. {@code attempts} are calls whose outcome is not on record; at 0
 * nobody outside can know more than {@code state} says.
 */
record StockHold(Reservation reservation, State state, int attempts) {
    enum State {
        ASKED,
        RESERVED,
        NONE,
        TAKEN,
        RELEASED
    }
}
