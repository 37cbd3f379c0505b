package io.aftersale.cases;

import io.aftersale.orders.Component;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** What the room that pays may know of a case: its approval and what of it is payable. Nothing is paid without. */
@Service
public class ApprovedRefunds {
    private final Cases cases;
    private final Payables payables;
    private final Audits audits;

    ApprovedRefunds(Cases cases, Payables payables, Audits audits) {
        this.cases = cases;
        this.payables = payables;
        this.audits = audits;
    }

    /** @throws IllegalStateException when the case has no approved row or nothing is payable yet, whoever moved the process here */
    public ApprovedRefund of(String caseNumber) {
        Case it = cases.find(caseNumber)
                .orElseThrow(() -> new IllegalStateException("There is no case " + caseNumber + " to pay for"));
        var components = payables.fixed(caseNumber);
        return new ApprovedRefund(
                caseNumber,
                it.merchantId(),
                it.orderId(),
                it.buyerId(),
                it.currency(),
                components.stream().mapToLong(Component::amountMinor).sum(),
                it.payToMethod(),
                it.cardToken(),
                components,
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
}
