package io.aftersale.access;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.Set;

/** Who makes a call, in which groups, and for which merchants it may act. */
public record Caller(String userId, Set<String> groups, Set<String> merchants) {
    public boolean isSystem() {
        return groups.contains("systems");
    }

    /**
     * The merchant that this call is about.
     *
     * @param asked the merchant a body names; null means the caller's own
     * @throws Problem FOREIGN_MERCHANT when the caller does not act for it, or acts for several and names none
     */
    public String merchant(String asked) {
        if (asked == null && merchants.size() == 1) {
            return merchants.iterator().next();
        }
        if (asked == null || !merchants.contains(asked)) {
            throw new Problem(ProblemCode.FOREIGN_MERCHANT, "You do not act for this merchant.");
        }
        return asked;
    }
}
