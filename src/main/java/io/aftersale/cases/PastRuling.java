package io.aftersale.cases;

import java.time.Instant;
import java.util.Map;

/**
 * An answer that a table once gave on a case, with the case as it stands now.
 *
 * @param lineId null where the whole case was asked
 * @param version the version of the table that answered
 * @param rule the rule that matched; null when none did
 * @param inputs what the table was asked with; null when the record of it cannot be read any more
 * @param requestedMinor what the case asks for, in minor units of its currency
 */
public record PastRuling(
        String caseNumber,
        String kind,
        String status,
        int applicationNo,
        String lineId,
        Instant ruledAt,
        int version,
        String rule,
        Map<String, Object> inputs,
        Map<String, Object> outputs,
        String currency,
        long requestedMinor) {}
