package io.aftersale.payouts;

import io.aftersale.access.Caller;
import io.aftersale.cases.Timeline;
import io.aftersale.engine.Account;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * An operator's hand on money that is under way. It only has the flow do now what it would do later anyway, so nothing can
 * be paid twice by it; and the reason stays on the timeline.
 */
@Service
class OpenPayoutDesk {
    private static final int MOST_SHOWN = 200;
    private static final int MOST_REASON = 2_000;

    private final Payouts payouts;
    private final PayoutProcess process;
    private final Timeline timeline;

    OpenPayoutDesk(Payouts payouts, PayoutProcess process, Timeline timeline) {
        this.payouts = payouts;
        this.process = process;
        this.timeline = timeline;
    }

    List<Payout> all(Caller caller) {
        return payouts.open(isAdministrator(caller), caller.merchants(), MOST_SHOWN);
    }

    /** @throws Problem PAYOUT_NOT_FOUND, FIELD_MISSING without a reason, WRONG_STATE where nothing is to be asked */
    @Transactional
    public void query(Caller caller, String id, String reason) {
        hasten(caller, id, "refund-asked-for", "We ask for your refund again 已再次查询退款", reason, process::askNow);
    }

    /** @throws Problem PAYOUT_NOT_FOUND, FIELD_MISSING without a reason, WRONG_STATE where finance has it already */
    @Transactional
    public void refer(Caller caller, String id, String reason) {
        hasten(
                caller,
                id,
                "refund-brought-to-finance",
                "Our finance team is looking after your refund 财务人员正在处理您的退款",
                reason,
                process::referNow);
    }

    private void hasten(
            Caller caller, String id, String event, String text, String reason, Predicate<Payout> inTheFlow) {
        Payout payout = payouts.lock(id)
                .filter(it -> isFor(caller, it))
                .orElseThrow(() -> new Problem(ProblemCode.PAYOUT_NOT_FOUND, "There is no such payout."));
        String why = FreeText.check("reason", reason, MOST_REASON);
        if (why == null || why.isBlank()) {
            throw Problem.missing("reason");
        }
        if (!inTheFlow.test(payout)) {
            throw new Problem(
                            ProblemCode.WRONG_STATE,
                            "The payout does not wait for the provider; it is with finance, or done with.")
                    .with("currentStatus", payout.status().name());
        }
        timeline.add(payout.caseNumber(), caller.userId(), event, text, payout.id() + ": " + why);
    }

    private static boolean isFor(Caller caller, Payout payout) {
        return isAdministrator(caller) || caller.merchants().contains(payout.merchantId());
    }

    private static boolean isAdministrator(Caller caller) {
        return caller.groups().contains(Account.ADMINISTRATORS);
    }
}
