package io.aftersale.cases;

import java.util.Optional;

/** What the case sheet shows of a repair. The room that repairs implements it. */
public interface RepairOfCase {
    /** Empty for a case about which nothing is repaired. */
    Optional<CaseSheet.RepairView> repair(String caseNumber);
}
