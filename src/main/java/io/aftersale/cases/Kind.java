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

    /** Whether a technician looks at what comes in, and not the warehouse. */
    public boolean isDiagnosed() {
        return this == REPAIR;
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
