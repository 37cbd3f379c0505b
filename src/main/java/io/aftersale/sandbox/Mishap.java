package io.aftersale.sandbox;

import java.util.Arrays;
import java.util.Optional;

/**
 * What goes wrong on request. A refund asks for a mishap by the prefix of its tender id ({@code CUT-T1}) or, when it
 * goes to a bank card, by one of the test cards; never by its amount. A mishap of the road strikes the first send of a
 * key only, so that whoever asks again finds out what really happened.
 */
enum Mishap {
    /** Booked and settled at once. */
    NONE(null),
    /** Declined, again at every send. */
    DECLINE("6200000000000013"),
    /** Declined at the first send, settled at the next. */
    RELUCTANT("6200000000000021"),
    /** Booked as pending, settled after a while, told by callback. */
    PENDING("6200000000000039"),
    /** Booked as pending, settled after a while, and no callback says so. */
    SILENT("6200000000000047"),
    /** Booked as pending until somebody decides it over the control address. */
    STUCK("6200000000000054"),
    /** Booked as pending, declined after a while, told by callback. */
    BOUNCE("6200000000000062"),
    /** Booked and settled, but the answer does not come in time. */
    TIMEOUT("6200000000000070"),
    /** The connection is cut before anything is booked. */
    UNKNOWN("6200000000000088"),
    /** Booked and settled, and the connection is cut before the answer. */
    CUT("6200000000000096"),
    /** Answered with 500 before anything is booked. */
    ERROR("6200000000000104"),
    /** Booked and settled, and answered with 500. */
    BROKEN("6200000000000112"),
    /** Answered with 503 at every send and every question; nothing is booked. */
    DOWN("6200000000000120"),
    /** Answered with 429 before anything is booked. */
    BUSY("6200000000000138"),
    /** Booked and settled; half of the answer arrives. */
    HALF("6200000000000146"),
    /** Booked and settled; the answer is not JSON. */
    GARBLED("6200000000000153"),
    /** Booked and settled with the right amount, but every answer names another one. */
    WRONG("6200000000000161"),
    /** Pending; the callback comes twice under one event id and once more under another. */
    DOUBLE("6200000000000179"),
    /** Pending; settled, and the callback delivered, before the first answer is given. */
    EARLY("6200000000000187"),
    /** Pending; the callback of the settlement comes first, then the stale one that says pending. */
    REORDERED("6200000000000195");

    private final String testCard;

    Mishap(String testCard) {
        this.testCard = testCard;
    }

    /** The card number that asks for it; null for {@link #NONE}. */
    String testCard() {
        return testCard;
    }

    /** @param cardNumber null when the refund goes to the original payment */
    static Mishap askedBy(String tenderId, String cardNumber) {
        return Arrays.stream(values())
                .filter(mishap -> mishap.isNamedBy(tenderId) || mishap.isCard(cardNumber))
                .findFirst()
                .orElse(NONE);
    }

    private boolean isNamedBy(String tenderId) {
        return this != NONE && tenderId.startsWith(name() + "-");
    }

    private boolean isCard(String cardNumber) {
        return testCard != null && testCard.equals(cardNumber);
    }

    /** What a fresh booking says at first. */
    Refund.Status firstStatus(boolean isFirstSend) {
        return switch (this) {
            case DECLINE -> Refund.Status.DECLINED;
            case RELUCTANT -> isFirstSend ? Refund.Status.DECLINED : Refund.Status.SETTLED;
            case PENDING, SILENT, STUCK, BOUNCE, DOUBLE, EARLY, REORDERED -> Refund.Status.PENDING;
            default -> Refund.Status.SETTLED;
        };
    }

    /** What a pending booking becomes by itself after a while; empty when it waits for the control address. */
    Optional<Refund.Status> laterStatus() {
        return switch (this) {
            case PENDING, SILENT, DOUBLE, EARLY, REORDERED -> Optional.of(Refund.Status.SETTLED);
            case BOUNCE -> Optional.of(Refund.Status.DECLINED);
            default -> Optional.empty();
        };
    }
}
