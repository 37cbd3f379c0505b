package io.aftersale.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;

/**
 * An answer that a table once gave on a case, with the case as it stands now.
 *
 * @param lineId null where the whole case was asked
 * @param version the version of the table that answered
 * @param rule the rule that matched; null when none did
 * @param inputs what the table was asked with; null when the record of it cannot be read any more
 * @param currency null where no money is asked for, as on a review
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
        long requestedMinor) {
    private static final TypeReference<Map<String, Object>> PLAIN = new TypeReference<>() {};

    /** What was kept of a table's inputs or outputs; null when it cannot be read any more. */
    public static Map<String, Object> values(ObjectMapper json, String kept) {
        try {
            return json.readerFor(PLAIN)
                    .with(DeserializationFeature.USE_LONG_FOR_INTS)
                    .readValue(kept);
        } catch (JsonProcessingException unreadable) {
            return null;
        }
    }
}
