package io.aftersale.reviews;

import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.orders.Order;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks the tables of reviews: who may write now, and what becomes of a text. Calendar days are counted here, in the
 * market's zone; the numbers stand in the tables. Keeps nothing.
 */
@Component
class ReviewRules {
    private static final String ALLOW = "ALLOW";
    private static final int MOST_DAYS = 400;

    private final Rules rules;
    private final Clock clock;
    private final ZoneId zone;

    ReviewRules(Rules rules, Clock clock, @Value("${aftersale.zone}") ZoneId zone) {
        this.rules = rules;
        this.clock = clock;
        this.zone = zone;
    }

    /** What a table was asked and what it said. */
    record Asked(Map<String, Object> inputs, Ruling ruling) {
        boolean isAllowed() {
            return ALLOW.equals(ruling.text("verdict", ""));
        }

        /** @throws Problem the code that the table gives, with its reason and legal basis */
        Asked required() {
            if (isAllowed()) {
                return this;
            }
            String reason = ruling.text("reasonCode", "INPUT_MISSING");
            ProblemCode code = Arrays.stream(ProblemCode.values())
                    .filter(it -> it.name().equals(reason))
                    .findFirst()
                    .orElse(ProblemCode.REVIEW_NOT_ALLOWED);
            throw new Problem(code, "The rules do not allow it: " + ruling.text("legalBasis", reason) + ".")
                    .with("reasonCode", reason)
                    .with("legalBasis", ruling.text("legalBasis", ""))
                    .with("table", ruling.table())
                    .with("version", ruling.version())
                    .with("rule", ruling.rule());
        }
    }

    /** Whether the buyer of this order may write a review now. */
    Asked mayReview(Order order, boolean already) {
        return mayReview(order, already, today());
    }

    /** Whether a review may be followed up now. */
    Asked mayFollowUp(Order order, LocalDate first, boolean already) {
        var inputs = inputs(order, already, today());
        inputs.put("isFollowUp", true);
        inputs.put("daysSinceFirst", first == null ? null : ChronoUnit.DAYS.between(first, today()));
        return ask(inputs);
    }

    /** When the buyer's time to write a review is over, as the table has it now. */
    Instant endOfWindow(Order order) {
        LocalDate day = today();
        for (int n = 0; n < MOST_DAYS && mayReview(order, false, day).isAllowed(); n++) {
            day = day.plusDays(1);
        }
        return day.atStartOfDay(zone).toInstant();
    }

    /** What becomes of a text. There is no way to tell this table the stars. */
    Asked moderate(Scan scan, boolean verified) {
        var inputs = new HashMap<String, Object>();
        inputs.put("severity", scan.severity().name());
        inputs.put("contactInfo", scan.contactInfo());
        inputs.put("nearDuplicate", scan.nearDuplicate());
        inputs.put("verified", verified);
        inputs.put("starOnly", scan.starOnly());
        inputs.put("ratePerHour", scan.ratePerHour());
        return new Asked(inputs, rules.ask("review-moderation", inputs));
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private Asked mayReview(Order order, boolean already, LocalDate day) {
        var inputs = inputs(order, already, day);
        inputs.put("isFollowUp", false);
        inputs.put("daysSinceFirst", null);
        return ask(inputs);
    }

    private HashMap<String, Object> inputs(Order order, boolean already, LocalDate day) {
        var inputs = new HashMap<String, Object>();
        inputs.put("orderState", order.isDelivered() ? "COMPLETED" : "OPEN");
        inputs.put(
                "daysSinceDone",
                order.isDelivered()
                        ? ChronoUnit.DAYS.between(LocalDate.ofInstant(order.deliveredAt(), zone), day)
                        : null);
        inputs.put("already", already);
        return inputs;
    }

    private Asked ask(Map<String, Object> inputs) {
        return new Asked(inputs, rules.ask("review-eligibility", inputs));
    }
}
