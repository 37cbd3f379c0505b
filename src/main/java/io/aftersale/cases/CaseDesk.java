package io.aftersale.cases;

import io.aftersale.orders.Ledger;
import io.aftersale.orders.Order;
import io.aftersale.orders.OrderBook;
import io.aftersale.orders.UnitShare;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Takes applications and judges them by the rules, for the flow and for previews. It holds an application against its
 * order: whether the buyer bought it, which units it is about, and what of them can be refunded. It moves no process
 * and pays nothing.
 */
@Service
class CaseDesk {
    static final int MOST_APPLICATIONS = 5;
    private static final Duration BUYER_WINDOW = Duration.ofDays(30);

    private final Cases cases;
    private final CaseLines lines;
    private final Wishes wishes;
    private final OrderBook orders;
    private final Ledger ledger;
    private final Eligibility eligibility;
    private final Warranty warranty;
    private final Rulings rulings;
    private final Timeline timeline;
    private final Evidence evidence;
    private final Clock clock;
    private final ZoneId zone;

    CaseDesk(
            Cases cases,
            CaseLines lines,
            Wishes wishes,
            OrderBook orders,
            Ledger ledger,
            Eligibility eligibility,
            Warranty warranty,
            Rulings rulings,
            Timeline timeline,
            Evidence evidence,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.cases = cases;
        this.lines = lines;
        this.wishes = wishes;
        this.orders = orders;
        this.ledger = ledger;
        this.eligibility = eligibility;
        this.warranty = warranty;
        this.rulings = rulings;
        this.timeline = timeline;
        this.evidence = evidence;
        this.clock = clock;
        this.zone = zone;
    }

    /** What of an application can be refunded, before any rule says whether it is. */
    record Assessed(
            Order order,
            Basis basis,
            List<UnitShare> units,
            long requestedMinor,
            long refundableMinor,
            long shippingMinor,
            Eligibility.Asked shippingRule) {}

    /**
     * Holds an application against its order, which is locked, and changes nothing.
     *
     * @throws Problem whatever is wrong with it
     */
    void check(Application application, String merchantId) {
        Order order = requireOrder(orders.lock(merchantId, application.orderId()), application);
        assess(application, order, ledger.pick(order, application.quantities()));
        evidence.check(merchantId, application.evidence());
    }

    /**
     * Makes a case of an application.
     *
     * @param given the number it was given before, or null for the next one
     * @param actor who brought it in, for the timeline
     * @return the case number
     * @throws Problem whatever is wrong with it; the caller's transaction rolls back and nothing is left
     */
    String register(String given, Application application, String merchantId, String actor) {
        Order order = requireOrder(orders.lock(merchantId, application.orderId()), application);
        String number = given == null ? nextNumber() : given;
        var assessed = assess(application, order, ledger.claim(order, number, application.quantities()));
        Case it = toCase(number, application, assessed, 1, clock.instant());
        cases.insert(it);
        keepUnits(it, application, assessed);
        evidence.attach(merchantId, number, application.evidence());
        timeline.add(number, actor, "application-registered", "Application received 已收到申请");
        return number;
    }

    /** Replaces what a case asks for; the units of the former application are free for it again. */
    void amend(String number, Application application) {
        Case old = cases.lock(number);
        Order order = requireOrder(orders.lock(old.merchantId(), application.orderId()), application);
        ledger.release(number);
        var assessed = assess(application, order, ledger.claim(order, number, application.quantities()));
        Case it = toCase(number, application, assessed, old.applicationNo() + 1, old.appliedAt());
        cases.amend(it);
        keepUnits(it, application, assessed);
        evidence.attach(old.merchantId(), number, application.evidence());
    }

    /** Asks the rules about a case and keeps what they said. */
    Verdict judge(String number) {
        Case it = cases.lock(number);
        Order order = orders.find(it.merchantId(), it.orderId());
        var judged = eligibility.judge(
                new Eligibility.Facts(
                        it.kind(),
                        it.basis(),
                        order,
                        warranty.of(order, lines.named(number)),
                        it.requestedMinor(),
                        casesOfBuyer(it)),
                restLines(number));
        judged.asked().forEach(asked -> rulings.keep(it, asked));
        judged.verdictByLine().forEach((lineId, verdict) -> lines.judge(number, lineId, verdict));
        rulings.keep(number, judged.verdict());
        return judged.verdict();
    }

    /** What the rules would say of an application now. */
    record Preview(Assessed assessed, Eligibility.Judged judged) {}

    /** Changes nothing and leaves no trace. */
    Preview preview(Application application, String merchantId) {
        Order order = requireOrder(orders.find(merchantId, application.orderId()), application);
        var assessed = assess(application, order, ledger.pick(order, application.quantities()));
        evidence.check(merchantId, application.evidence());
        var rest = new LinkedHashMap<String, Boolean>();
        assessed.units().forEach(unit -> rest.merge(unit.lineId(), unit.isTouched(), Boolean::logicalOr));
        var units = assessed.units().stream()
                .map(unit -> new CaseFile.Unit(unit.lineId(), unit.unitNo()))
                .toList();
        int count = cases.countOfBuyerSince(merchantId, application.buyerId(), buyerWindow()) + 1;
        return new Preview(
                assessed,
                eligibility.judge(
                        new Eligibility.Facts(
                                application.kind(),
                                assessed.basis(),
                                order,
                                warranty.of(order, units),
                                assessed.requestedMinor(),
                                count),
                        rest));
    }

    /** The cases of this buyer in the last 30 days, this one included. */
    int casesOfBuyer(Case it) {
        return cases.countOfBuyerSince(it.merchantId(), it.buyerId(), buyerWindow());
    }

    /** The case was left for good: its units are free for another one. */
    void close(String number) {
        ledger.release(number);
        cases.close(number, clock.instant());
    }

    private Instant buyerWindow() {
        return clock.instant().minus(BUYER_WINDOW);
    }

    private static Order requireOrder(Order order, Application application) {
        if (!order.buyerId().equals(application.buyerId())) {
            throw new Problem(
                    ProblemCode.BUYER_NOT_FOUND,
                    "The order " + order.orderId() + " is not one of buyer '" + application.buyerId() + "'.");
        }
        if (!order.isPaid()) {
            throw new Problem(ProblemCode.ORDER_NOT_PAID, "The order " + order.orderId() + " has not been paid.");
        }
        return order;
    }

    private Assessed assess(Application application, Order order, List<UnitShare> units) {
        Basis basis = application.reason().basisFor(order);
        long goods = units.stream().mapToLong(UnitShare::restMinor).sum();
        var rule = eligibility.shipping(application.kind(), basis, Eligibility.coversWholeOrder(order, units));
        long shipping = application.includeShipping() && rule.ruling().isTrue("shippingRefunded")
                ? ledger.shippingRestMinor(order)
                : 0;
        long refundable = goods + shipping;
        if (refundable == 0) {
            throw new Problem(ProblemCode.NOTHING_TO_REFUND, "Nothing was paid for these units.");
        }
        long requested = application.amountMinor() == null ? refundable : application.amountMinor();
        if (requested > refundable) {
            throw new Problem(
                            ProblemCode.AMOUNT_EXCEEDS_REFUNDABLE,
                            "At most " + refundable + " can be refunded, not " + requested + ".")
                    .with("field", "amountMinor")
                    .with("refundableMinor", refundable);
        }
        return new Assessed(order, basis, units, requested, refundable, shipping, rule);
    }

    private Case toCase(
            String number, Application application, Assessed assessed, int applicationNo, Instant appliedAt) {
        Order order = assessed.order();
        return new Case(
                number,
                order.merchantId(),
                application.kind(),
                null,
                order.orderId(),
                order.buyerId(),
                order.currency(),
                "SUBMITTED",
                null,
                application.reason(),
                assessed.basis(),
                application.description(),
                application.includeShipping(),
                application.payTo().method(),
                application.payTo().cardToken(),
                assessed.requestedMinor(),
                assessed.refundableMinor(),
                assessed.shippingMinor(),
                0,
                applicationNo,
                null,
                appliedAt,
                null);
    }

    private void keepUnits(Case it, Application application, Assessed assessed) {
        lines.replace(
                it.number(),
                application.quantities(),
                assessed.units().stream()
                        .map(unit ->
                                new CaseUnit(unit.lineId(), unit.unitNo(), unit.restMinor(), unit.isTouched(), null))
                        .toList());
        wishes.replace(it.number(), application.wish());
        rulings.keep(it, assessed.shippingRule());
    }

    private Map<String, Boolean> restLines(String number) {
        var rest = new LinkedHashMap<String, Boolean>();
        lines.units(number).forEach(unit -> rest.merge(unit.lineId(), unit.isRest(), Boolean::logicalOr));
        return rest;
    }

    /** {@code AS-<year>-<8 digits>}: the year in the market's zone, the digits from one sequence with gaps allowed. */
    String nextNumber() {
        return "AS-%d-%08d".formatted(clock.instant().atZone(zone).getYear(), cases.nextNumber());
    }
}
