package io.aftersale.payouts;

import io.aftersale.engine.OwnAuthority;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/**
 * What we tell the process: that a payout it waits for has an outcome. The message only wakes it; the process reads the
 * outcome from the record.
 */
@Component
class PayoutProcess {
    static final String PAYOUT_SETTLED = "payout-settled";

    private final RuntimeService runtime;
    private final OwnAuthority authority;

    PayoutProcess(RuntimeService runtime, OwnAuthority authority) {
        this.runtime = runtime;
        this.authority = authority;
    }

    /** @return false when the process does not wait for it, and will see the record when it comes to it */
    boolean wake(Payout payout) {
        return authority.call(() -> !runtime.createMessageCorrelation(PAYOUT_SETTLED)
                .processInstanceBusinessKey(payout.caseNumber())
                .localVariableEquals("payoutId", payout.id())
                .correlateAllWithResult()
                .isEmpty());
    }
}
