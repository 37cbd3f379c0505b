package io.aftersale.cases;

import io.aftersale.orders.Component;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * What of an approval is payable, by unit and shipping. An approved amount is spread over the units in their order, then
 * the shipping, so that what an audit cut stays with the last ones; an inspection may leave less of each, never more. It
 * is fixed once and nothing is paid before.
 */
@Service
public class Payables {
    private final Cases cases;
    private final CaseLines lines;
    private final Audits audits;

    Payables(Cases cases, CaseLines lines, Audits audits) {
        this.cases = cases;
        this.lines = lines;
        this.audits = audits;
    }

    /**
     * What the approval covers, by unit and shipping.
     *
     * @throws IllegalStateException when the case has no approved row, whoever moved the process here
     */
    public List<Component> approved(String caseNumber) {
        long amount = audits.approvedMinor(caseNumber)
                .orElseThrow(() -> new IllegalStateException("The case " + caseNumber + " was never approved"));
        long shipping = cases.find(caseNumber).orElseThrow().shippingMinor();
        return spread(amount, lines.units(caseNumber), shipping);
    }

    /**
     * Fixes what is payable. A unit or shipping that is not named is not payable.
     *
     * @throws IllegalStateException when it was fixed before, or exceeds what the approval covers anywhere
     */
    public void fix(String caseNumber, List<Component> payable) {
        var covered = approved(caseNumber);
        for (Component part : payable) {
            boolean isCovered = covered.stream()
                    .anyMatch(cover -> cover.isSameAs(part) && part.amountMinor() <= cover.amountMinor());
            if (!isCovered) {
                throw new IllegalStateException("More is payable for " + part + " than " + caseNumber + " approves");
            }
        }
        long total = payable.stream().mapToLong(Component::amountMinor).sum();
        long shipping = payable.stream()
                .filter(Component::isShipping)
                .mapToLong(Component::amountMinor)
                .sum();
        if (!audits.fixPayable(caseNumber, total, shipping)) {
            throw new IllegalStateException("What is payable of " + caseNumber + " was fixed before");
        }
        payable.stream()
                .filter(part -> !part.isShipping())
                .forEach(part -> lines.fixPayable(caseNumber, part.lineId(), part.unitNo(), part.amountMinor()));
    }

    /** Whether it is fixed what is payable of a case. */
    public boolean isFixed(String caseNumber) {
        return audits.payableShippingMinor(caseNumber).isPresent();
    }

    /**
     * Leaves less payable than was fixed, since a part of it was given in goods. A unit or shipping that is not named is
     * not payable any more. The caller makes sure that nothing of it was paid.
     *
     * @throws IllegalStateException when nothing was fixed, or more is named anywhere than was
     */
    public void lower(String caseNumber, List<Component> payable) {
        var fixed = fixed(caseNumber);
        for (Component part : payable) {
            if (fixed.stream()
                    .noneMatch(before -> before.isSameAs(part) && part.amountMinor() <= before.amountMinor())) {
                throw new IllegalStateException("More is payable for " + part + " than was fixed of " + caseNumber);
            }
        }
        long total = payable.stream().mapToLong(Component::amountMinor).sum();
        long shipping = payable.stream()
                .filter(Component::isShipping)
                .mapToLong(Component::amountMinor)
                .sum();
        if (!audits.lowerPayable(caseNumber, total, shipping)) {
            throw new IllegalStateException("What is payable of " + caseNumber + " cannot become " + total);
        }
        for (CaseUnit unit : lines.units(caseNumber)) {
            long left = payable.stream()
                    .filter(part -> part.isSameAs(Component.unit(unit.lineId(), unit.unitNo(), 0)))
                    .mapToLong(Component::amountMinor)
                    .sum();
            lines.fixPayable(caseNumber, unit.lineId(), unit.unitNo(), left);
        }
    }

    /**
     * What is to be paid.
     *
     * @throws IllegalStateException until it is fixed
     */
    public List<Component> fixed(String caseNumber) {
        long shipping = audits.payableShippingMinor(caseNumber)
                .orElseThrow(() -> new IllegalStateException("Nothing of " + caseNumber + " is payable yet"));
        var payable = new ArrayList<Component>();
        for (CaseUnit unit : lines.units(caseNumber)) {
            if (unit.payableMinor() != null && unit.payableMinor() > 0) {
                payable.add(Component.unit(unit.lineId(), unit.unitNo(), unit.payableMinor()));
            }
        }
        if (shipping > 0) {
            payable.add(Component.shipping(shipping));
        }
        return payable;
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
