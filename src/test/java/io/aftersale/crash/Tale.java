package io.aftersale.crash;

import java.util.Random;

/** How a case goes, as its buyer and the people at their desks mean it to. */
enum Tale {
    FAST(4, "COMPLETED"),
    APPROVED(4, "COMPLETED"),
    APPROVED_IN_PART(3, "COMPLETED"),
    APPROVED_BY_TWO(2, "COMPLETED"),
    APPROVED_ON_EVIDENCE(1, "COMPLETED"),
    REJECTED(2, "REJECTED"),
    WITHDRAWN(2, "WITHDRAWN"),
    DISPUTE_LOST(2, "CLOSED"),
    DISPUTE_WON(2, "COMPLETED"),
    RETURNED(5, "COMPLETED"),
    RETURNED_IN_PART(4, "COMPLETED"),
    EXCHANGED(13, "COMPLETED"),
    CANCELLED_BY_FINANCE(1, "CLOSED"),
    RETRIED_BY_FINANCE(1, "COMPLETED"),
    CONTRADICTED(1, "COMPLETED"),
    LEFT_WAITING(1, "AUDITING");

    private final int weight;
    final String end;

    Tale(int weight, String end) {
        this.weight = weight;
        this.end = end;
    }

    static Tale any(Random chance) {
        int all = 0;
        for (Tale tale : values()) {
            all += tale.weight;
        }
        int left = chance.nextInt(all);
        for (Tale tale : values()) {
            left -= tale.weight;
            if (left < 0) {
                return tale;
            }
        }
        throw new IllegalStateException();
    }

    boolean bringsGoodsBack() {
        return this == RETURNED || this == RETURNED_IN_PART || this == EXCHANGED;
    }
}
