package io.aftersale.payouts;

/** How far a payout has come, as it stands on the case sheet. */
enum PayoutStatus {
    /** Set aside in the ledger; the provider has booked nothing. */
    RESERVED,
    /** A send is under way, or was when something broke. */
    SENDING,
    /** The provider has booked it and will decide. */
    PENDING,
    /** We do not know whether the provider has booked it. */
    UNKNOWN,
    /** Paid, by the provider or outside with a reference. Never changes again. */
    SETTLED,
    /** Declined by the provider in so many words. */
    FAILED,
    /** Given up by finance; nothing was and nothing will be paid. Never changes again. */
    CANCELLED;

    boolean isFinal() {
        return this == SETTLED || this == CANCELLED;
    }
}
