package io.aftersale.cases;

import java.util.Set;

/** Offers that a buyer answers over {@code /offer-answer}. A room that makes such offers implements it. */
public interface OffersOfCase {
    /** What may be answered now; empty when this room waits for no answer on the case. Changes nothing. */
    Set<OfferChoice> open(CaseFile file);

    /** Takes an answer that is open, within the buyer's transaction. */
    void answer(CaseFile file, OfferChoice choice);
}
