package io.aftersale.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the case sheet shows of another article that goes out. The room that exchanges implements it. */
public interface ReplacementOfCase {
    Optional<Replacement> of(String caseNumber);

    /**
     * Another article for what comes back; what is not known yet is null. Amounts are in minor units.
     *
     * @param lineIds the lines of the order under which it can come back later
     * @param quantity how many are set aside, and after the settlement how many go out; null before
     * @param stock ASKED, RESERVED, NONE, TAKEN or RELEASED; null before the approval
     * @param differenceMinor above 0 it is owed by the buyer, below 0 it is paid out
     */
    record Replacement(
            String sku,
            Integer quantity,
            List<String> lineIds,
            String stock,
            Long priceMinor,
            Long creditMinor,
            Long differenceMinor,
            String paymentReference,
            String trackingNumber,
            Instant shippedAt,
            Instant deliveredAt) {}
}
