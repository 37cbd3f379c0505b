package io.aftersale.cases;

import io.aftersale.orders.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * What the room that pays may know of a case: its approval, and nothing is paid without one. The approved amount is
 * spread over the units in their order, then the shipping, so that what an audit cut stays with the last ones.
 */
@Service
public class ApprovedRefunds {
    private final Cases cases;
    private final CaseLines lines;
    private final Audits audits;

    ApprovedRefunds(Cases cases, CaseLines lines, Audits audits) {
        this.cases = cases;
        this.lines = lines;
        this.audits = audits;
    }

    /** @throws IllegalStateException when the case has no approved row, whoever moved the process here */
    public ApprovedRefund of(String caseNumber) {
        Case it = cases.find(caseNumber)
                .orElseThrow(() -> new IllegalStateException("There is no case " + caseNumber + " to pay for"));
        long amount = audits.approvedMinor(caseNumber)
                .orElseThrow(() -> new IllegalStateException("The case " + caseNumber + " was never approved"));
        return new ApprovedRefund(
                caseNumber,
                it.merchantId(),
                it.orderId(),
                it.buyerId(),
                it.currency(),
                amount,
                it.payToMethod(),
                it.cardToken(),
                spread(amount, lines.units(caseNumber), it.shippingMinor()),
                approvers(caseNumber));
    }

    /** Adds what was paid to the case. The caller makes sure that each payout is counted once. */
    public void paid(String caseNumber, long amountMinor) {
        cases.addPaid(caseNumber, amountMinor);
    }

    private Set<String> approvers(String caseNumber) {
        return audits.of(caseNumber).stream()
                .filter(it -> Set.of("AUDIT", "CONFIRM", "ARBITRATE").contains(it.step()))
                .filter(it -> Set.of("APPROVE", "OVERTURN").contains(it.decision()))
                .map(Audits.Decision::by)
                .collect(Collectors.toSet());
    }

    static List<Component> spread(long amountMinor, List<CaseUnit> units, long shippingMinor) {
        var components = new ArrayList<Component>();
        long left = amountMinor;
        for (CaseUnit unit : units) {
            long part = Math.min(left, unit.refundableMinor());
            if (part > 0) {
                components.add(Component.unit(unit.lineId(), unit.unitNo(), part));
            }
            left -= part;
        }
        if (left > shippingMinor) {
            throw new IllegalStateException("More was approved than the units and the shipping can give back");
        }
        if (left > 0) {
            components.add(Component.shipping(left));
        }
        return components;
    }
}
