package io.aftersale.cases;

/** What a buyer may answer to an offer; which of them are open is said by the room that made the offer. */
public enum OfferChoice {
    /** Takes what is offered. */
    ACCEPT,
    /** Does not agree; an arbitrator decides. */
    DISPUTE,
    /** Wants the money. */
    REFUND,
    /** Wants to wait for the goods. */
    WAIT
}
