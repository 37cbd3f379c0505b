package io.aftersale.repairs;

import io.aftersale.engine.OwnAuthority;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** What we tell the process: what the buyer said and paid, what it is to become, and that the parcel has arrived. */
@Component
class RepairProcess {
    private final RuntimeService runtime;
    private final OwnAuthority authority;

    RepairProcess(RuntimeService runtime, OwnAuthority authority) {
        this.runtime = runtime;
        this.authority = authority;
    }

    /** @return false when the case does not wait for it */
    boolean tellQuoteAnswered(String caseNumber, String answer) {
        return tell("quote-answered", caseNumber, Map.of("quoteAnswer", answer));
    }

    /** @return false when the case does not wait for it */
    boolean tellPaid(String caseNumber) {
        return tell("difference-paid", caseNumber, Map.of());
    }

    /**
     * @param terms EXCHANGE or RETURN, which the buyer has chosen
     * @return false when the case does not wait for it
     */
    boolean tellConverted(String caseNumber, String terms) {
        return tell("case-converted", caseNumber, Map.of("repairTerms", terms));
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
