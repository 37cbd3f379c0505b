package io.aftersale.exchanges;

import io.aftersale.engine.OwnAuthority;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** What we tell the process: what the buyer chose or paid, and that a replacement has arrived. */
@Component
class ExchangeProcess {
    private final RuntimeService runtime;
    private final OwnAuthority authority;

    ExchangeProcess(RuntimeService runtime, OwnAuthority authority) {
        this.runtime = runtime;
        this.authority = authority;
    }

    /** @return false when the case does not wait for it */
    boolean tellOfferAnswered(String caseNumber, String choice) {
        return tell("offer-answered", caseNumber, Map.of("stockChoice", choice));
    }

    /** @return false when the case does not run any more */
    boolean tellConverted(String caseNumber) {
        return tell("case-converted", caseNumber, Map.of());
    }

    /** @return false when the case does not wait for it */
    boolean tellDifferencePaid(String caseNumber) {
        return tell("difference-paid", caseNumber, Map.of());
    }

    /** @return false when the case does not wait for it */
    boolean tellDelivered(String caseNumber) {
        return tell("replacement-delivered", caseNumber, Map.of());
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
