package io.aftersale.cases;

import io.aftersale.engine.StatusBoard;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps the status of a case as the diagram declares it, and clears up when it is one that ends the case. */
@Component
class CaseBoard implements StatusBoard {
    static final Set<String> FINAL = Set.of("COMPLETED", "CLOSED", "WITHDRAWN", "EXPIRED");

    private final Cases cases;
    private final CaseDesk desk;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final List<AfterCase> followers;

    CaseBoard(Cases cases, CaseDesk desk, Deadlines deadlines, Timeline timeline, List<AfterCase> followers) {
        this.cases = cases;
        this.desk = desk;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.followers = followers;
    }

    @Override
    public boolean knows(String businessKey) {
        return businessKey != null && cases.exists(businessKey);
    }

    @Override
    public void entered(String businessKey, String elementId, String status, String outcome) {
        cases.enter(businessKey, status, outcome);
        if (FINAL.contains(status)) {
            deadlines.closeAll(businessKey);
            desk.close(businessKey);
            timeline.add(businessKey, "rules", "case-closed", BuyerWords.closed(outcome == null ? status : outcome));
            followers.forEach(follower -> follower.closed(businessKey));
        }
    }
}
