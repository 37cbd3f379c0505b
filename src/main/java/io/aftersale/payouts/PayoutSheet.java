package io.aftersale.payouts;

import io.aftersale.cases.PayoutLine;
import io.aftersale.cases.PayoutsOfCase;
import java.util.List;
import org.springframework.stereotype.Component;

/** Shows the payouts of a case on its sheet. */
@Component
class PayoutSheet implements PayoutsOfCase {
    private final Payouts payouts;

    PayoutSheet(Payouts payouts) {
        this.payouts = payouts;
    }

    @Override
    public List<PayoutLine> of(String caseNumber) {
        return payouts.of(caseNumber).stream()
                .map(payout -> new PayoutLine(
                        payout.id(),
                        payout.method(),
                        payout.tenderId(),
                        payout.amountMinor(),
                        payout.status().name(),
                        payout.attempts()))
                .toList();
    }
}
