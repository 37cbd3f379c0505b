package io.aftersale.goods;

import io.aftersale.engine.OwnAuthority;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** What we tell the process: that goods were sent or are in, and what the buyer said to an offer. */
@Component
class GoodsProcess {
    private final RuntimeService runtime;
    private final OwnAuthority authority;

    GoodsProcess(RuntimeService runtime, OwnAuthority authority) {
        this.runtime = runtime;
        this.authority = authority;
    }

    /** @return false when the case does not wait for it */
    boolean tellShipped(String caseNumber) {
        return tell("goods-shipped", caseNumber, Map.of());
    }

    /** @return false when the case does not wait for it */
    boolean tellReceived(String caseNumber) {
        return tell("goods-received", caseNumber, Map.of());
    }

    /** @return false when the case does not wait for it */
    boolean tellOfferAnswered(String caseNumber, String answer) {
        return tell("offer-answered", caseNumber, Map.of("offerAnswer", answer));
    }

    /** @return false when the case does not wait for it */
    boolean tellAllowanceAgreed(String caseNumber) {
        return tell("allowance-agreed", caseNumber, Map.of());
    }

    private boolean tell(String message, String caseNumber, Map<String, Object> facts) {
        var correlation = runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(caseNumber)
                .setVariables(facts);
        try {
            authority.run(correlation::correlate);
            return true;
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException tooLate) {
            return false;
        }
    }
}
