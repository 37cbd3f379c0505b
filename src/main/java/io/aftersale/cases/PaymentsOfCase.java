package io.aftersale.cases;

import io.aftersale.problems.Problem;
import java.util.OptionalLong;

/** What buyers owe for their cases and pay to their shop. A room that asks for money implements it. */
public interface PaymentsOfCase {
    /** What is owed for the case now, in minor units; empty when this room asks for nothing. Changes nothing. */
    OptionalLong owedMinor(CaseFile file);

    /** Whether this room knows a payment of the merchant by this reference. */
    boolean knows(String merchantId, String reference);

    /**
     * Takes note of a payment of exactly what is owed, within the shop's transaction.
     *
     * @throws Problem WRONG_STATE when it comes too late after all
     */
    void pay(CaseFile file, Payment payment);
}
