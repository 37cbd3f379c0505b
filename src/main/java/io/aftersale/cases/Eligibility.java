package io.aftersale.cases;

import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.orders.Order;
import io.aftersale.orders.OrderLine;
import io.aftersale.orders.UnitShare;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Whether an application is entitled: asks the table {@code eligibility} line by line, for flow and preview alike. All
 * lines alike give that verdict, a mixture is audited. It works out the facts that tables decide on and changes
 * nothing.
 */
@Component
class Eligibility {
    private static final String TABLE = "eligibility";
    private static final String CAREFUL_REASON = "INPUT_MISSING";
    private static final String MIXED_REASON = "MIXED_VERDICTS";

    private final Rules rules;
    private final Clock clock;

    Eligibility(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * What the rules look at. {@code amountMinor} is what is asked for over all lines; {@code casesOfBuyer30d} counts
     * this case too, and {@code standings} say how the units of each line stand.
     */
    record Facts(
            Kind kind,
            Basis basis,
            Order order,
            Map<String, Warranty.Standing> standings,
            long amountMinor,
            int casesOfBuyer30d) {}

    /** What a table was asked and what it said; {@code lineId} is null where the whole case was asked. */
    record Asked(String lineId, Map<String, Object> inputs, Ruling ruling) {}

    record Judged(Verdict verdict, Map<String, String> verdictByLine, List<Asked> asked) {}

    /** @param restLines the lines of which a unit already gave back a part of its money, by line id */
    Judged judge(Facts facts, Map<String, Boolean> restLines) {
        List<Asked> asked = restLines.entrySet().stream()
                .map(line -> ask(facts, facts.order().requireLine(line.getKey()), line.getValue()))
                .toList();
        var byLine = new HashMap<String, String>();
        asked.forEach(line -> byLine.put(line.lineId(), verdictOf(line.ruling()).value()));
        Verdict first = verdictOf(asked.get(0).ruling());
        boolean alike = byLine.values().stream().distinct().count() == 1;
        Verdict whole = alike
                ? first
                : new Verdict(
                        Verdict.AUDIT, MIXED_REASON, first.legalBasis(), first.table(), first.version(), first.rule());
        return new Judged(whole, byLine, asked);
    }

    /** Whether the shipping goes back too, by the table {@code refund-components}. */
    Asked shipping(Kind kind, Basis basis, boolean wholeOrder) {
        var inputs = new HashMap<String, Object>();
        inputs.put("kind", kind.name());
        inputs.put("basis", basis.name());
        inputs.put("wholeOrder", wholeOrder);
        return new Asked(null, inputs, rules.ask("refund-components", inputs));
    }

    static boolean coversWholeOrder(Order order, List<UnitShare> units) {
        return units.size()
                == order.lines().stream().mapToInt(OrderLine::quantity).sum();
    }

    private Asked ask(Facts facts, OrderLine line, boolean isRest) {
        var inputs = inputs(facts, line);
        inputs.put("partlyRefunded", isRest);
        return new Asked(line.lineId(), inputs, rules.ask(TABLE, inputs));
    }

    private Map<String, Object> inputs(Facts facts, OrderLine line) {
        Order order = facts.order();
        Instant now = clock.instant();
        var inputs = new HashMap<String, Object>();
        inputs.put("kind", facts.kind().name());
        inputs.put("basis", facts.basis().name());
        inputs.put("goodsClass", line.goodsClass().name());
        inputs.put("exclusionConfirmed", line.noReasonExcluded());
        // Nobody looks at the goods before they are back.
        inputs.put("intactness", "NOT_SEEN");
        Instant delivered = order.deliveredAt(line);
        inputs.put("shipped", order.isShipped());
        inputs.put("delivered", delivered != null);
        inputs.put("minutesSincePaid", Duration.between(order.paidAt(), now).toMinutes());
        var standing = facts.standings().get(line.lineId());
        inputs.put("dayNo", standing.dayNo());
        inputs.put("inWarranty", standing.inWarranty());
        inputs.put("failedRepairs", (long) standing.failedRepairs());
        inputs.put("amountMinor", facts.amountMinor());
        inputs.put("casesOfBuyer30d", (long) facts.casesOfBuyer30d());
        return inputs;
    }

    private static Verdict verdictOf(Ruling ruling) {
        return new Verdict(
                ruling.text("verdict", Verdict.AUDIT),
                ruling.text("reasonCode", CAREFUL_REASON),
                ruling.text("legalBasis", "No rule fits, so a person looks at it."),
                ruling.table(),
                ruling.version(),
                ruling.rule());
    }
}
