package io.aftersale.cases;

import io.aftersale.problems.Problem;
import java.util.Locale;

/** What a buyer may ask for after a purchase. Each kind is a flow of its own, whose process id is its key. */
public enum Kind {
    REFUND,
    RETURN,
    EXCHANGE,
    REPAIR;

    /** Whether an approved amount is payable at once; otherwise the goods come back and are inspected first. */
    boolean paysAtApproval() {
        return this == REFUND;
    }

    /** Whether the buyer asks for money and may say how much; otherwise it is about the goods. */
    boolean asksForMoney() {
        return this == REFUND || this == RETURN;
    }

    /** Whether a technician looks at what comes in, and not the warehouse. */
    public boolean isDiagnosed() {
        return this == REPAIR;
    }

    /** What the buyer reads when nobody had to look at the application. */
    String approvedAtOnce() {
        return switch (this) {
            case REFUND -> "Approved at once 极速退款已通过";
            case RETURN -> "Approved at once 退货申请已直接通过";
            case EXCHANGE -> "Approved at once 换货申请已直接通过";
            case REPAIR -> "Approved at once 维修申请已直接通过";
        };
    }

    /** The process id, the file name and the word in the API. */
    String processKey() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind ofProcess(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** @throws Problem FIELD_MISSING, FIELD_INVALID */
    static Kind parse(String text) {
        return Named.parse(Kind.class, "kind", text);
    }
}
