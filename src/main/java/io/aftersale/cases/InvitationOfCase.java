package io.aftersale.cases;

import java.time.Instant;
import java.util.Optional;

/** What the case sheet shows of the invitation that a closed case makes. The room that asks buyers implements it. */
public interface InvitationOfCase {
    /** Empty while the case is open, and where the buyer left it. */
    Optional<Invited> of(String caseNumber);

    /** The buyer's answer is null until it is given; {@code feedback} is the number of what came of a low one. */
    record Invited(Instant offeredAt, Integer satisfaction, Instant answeredAt, String feedback) {}
}
