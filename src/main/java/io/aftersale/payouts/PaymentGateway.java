package io.aftersale.payouts;

/**
 * The way to the payment provider, seen from here. Whoever implements it answers within a deadline and never throws
 * because of what the provider or the road to it does: what is not known for sure is {@link Answer.Unknown}.
 */
interface PaymentGateway {
    /** Asks for a refund; asking again with the same order is harmless. */
    Answer refund(RefundOrder order);

    /** Asks what became of a refund; changes nothing. */
    Answer query(RefundOrder order);

    /** Makes sure that this refund will never be booked, unless it is settled already. */
    Answer stop(RefundOrder order);

    /** What the provider says. Amount, currency and tender of an answer that reaches this type are the right ones. */
    sealed interface Answer {
        /** Paid. */
        record Settled(String providerRef) implements Answer {}

        /** Booked; the provider will decide and tell. */
        record Pending(String providerRef) implements Answer {}

        /** An explicit no: nothing was paid and nothing will be, unless it is sent again. */
        record Declined(String reason) implements Answer {}

        /** The provider itself says that it has booked nothing under this key. */
        record NotBooked() implements Answer {}

        /** Nothing was booked and nothing ever will be under this key. */
        record Stopped() implements Answer {}

        /** An answer that cannot be right, such as another amount. Never believed; a person has to look. */
        record Contradicted(String what) implements Answer {}

        /** No answer, or none that says what happened: it may be booked, it may not. */
        record Unknown(String why) implements Answer {}
    }
}
