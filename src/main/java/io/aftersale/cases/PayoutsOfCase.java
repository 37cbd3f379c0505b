package io.aftersale.cases;

import java.util.List;

/** What the case sheet shows of a case's payouts. The room that pays implements it. */
public interface PayoutsOfCase {
    List<PayoutLine> of(String caseNumber);
}
