package io.aftersale.changes;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * What would have come out differently, had a candidate been the table. Amounts are what the cases ask for, in minor
 * units, each case counted once wherever it is summed up.
 *
 * @param table the table that was tried
 * @param deployedVersion the version that is asked now
 * @param last how many cases were asked for at most
 * @param replayed what was asked anew
 * @param changed what has other outputs now
 * @param same what has the same outputs, {@code otherRule} of them by another row
 * @param notReplayed what could not be asked anew, and why
 * @param outputsAdded outputs that the candidate has and the deployed version does not; nobody reads them yet
 * @param outputsRemoved outputs that the deployed version has and the candidate does not
 * @param refusal why the candidate would not be taken when it is deployed; null when it would be
 * @param groups the differences, the greatest number of cases first
 */
record WhatIf(
        String table,
        int deployedVersion,
        int last,
        Replayed replayed,
        Sum changed,
        Same same,
        NotReplayed notReplayed,
        List<String> outputsAdded,
        List<String> outputsRemoved,
        String refusal,
        List<Group> groups,
        long tookMillis) {

    record Replayed(int cases, int decisions, OffsetDateTime from, OffsetDateTime to) {}

    record Sum(int decisions, int cases, List<Money> money) {}

    record Money(String currency, int cases, long amountMinor) {}

    record Same(int decisions, int otherRule) {}

    record NotReplayed(int decisions, List<Reason> reasons) {}

    /** Why decisions could not be asked anew, with some of their cases. */
    record Reason(String reason, int decisions, List<String> cases) {}

    /** Decisions that went from one row to another. */
    record Group(Row from, Row to, Sum sum, List<Difference> differences, List<Item> items) {}

    /** A row of a version of the table; {@code rule} is null where none matched, {@code number} where it is unknown. */
    record Row(String rule, Integer number, String note) {}

    /** How an output differs, in so many decisions. */
    record Difference(String output, Object from, Object to, int decisions) {}

    record Item(
            String caseNumber,
            String kind,
            String status,
            int applicationNo,
            String lineId,
            OffsetDateTime decidedAt,
            String currency,
            long requestedMinor,
            Answer old,
            Answer candidate) {}

    /** An answer; {@code version} is null for the candidate's, which has none. */
    record Answer(String rule, Integer version, Map<String, Object> outputs) {}
}
