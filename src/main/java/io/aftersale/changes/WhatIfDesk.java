package io.aftersale.changes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.access.Caller;
import io.aftersale.cases.PastRuling;
import io.aftersale.cases.PastRulings;
import io.aftersale.engine.Candidate;
import io.aftersale.engine.DeployedTable;
import io.aftersale.engine.GuardedTables;
import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.engine.TableRow;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Tries a table that is not deployed on what was decided before: asks it anew with the very inputs that are kept on the
 * cases, and says where another answer comes out. It reads and compares; it changes no case, no table and no flow.
 */
@Service
class WhatIfDesk {
    static final int MOST_CASES = 10_000;

    /** Replays at the same moment; each keeps a processor busy. */
    private static final int AT_ONCE = 2;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Rules rules;
    private final GuardedTables guard;
    private final List<PastRulings> archives;
    private final ObjectMapper json;
    private final ZoneId zone;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    WhatIfDesk(
            Rules rules,
            GuardedTables guard,
            List<PastRulings> archives,
            ObjectMapper json,
            @Value("${aftersale.zone}") ZoneId zone) {
        this.rules = rules;
        this.guard = guard;
        this.archives = archives;
        this.json = json;
        this.zone = zone;
    }

    /** A table, and on how many decisions a candidate for it can be tried. */
    record TryableTable(DeployedTable deployed, long decisions) {}

    List<TryableTable> tables(Caller caller) {
        var counts = new HashMap<String, Long>();
        archives.forEach(archive ->
                archive.count(caller.merchants()).forEach((table, answers) -> counts.merge(table, answers, Long::sum)));
        return rules.deployed().stream()
                .map(table -> new TryableTable(table, counts.getOrDefault(table.key(), 0L)))
                .toList();
    }

    /** @throws Problem TABLE_NOT_FOUND */
    byte[] file(String table) {
        return rules.file(table);
    }

    /**
     * Replays the decisions of the newest cases of the caller's merchants.
     *
     * @param last at most so many cases, from 1 to {@value #MOST_CASES}
     * @throws Problem TABLE_NOT_FOUND, FIELD_INVALID, WHAT_IF_BUSY, and whatever is wrong with the candidate
     */
    WhatIf replay(Caller caller, String table, byte[] file, int last) {
        if (last < 1 || last > MOST_CASES) {
            throw Problem.invalid("last", "is a number from 1 to " + MOST_CASES);
        }
        DeployedTable deployed = rules.deployed(table);
        Candidate candidate = rules.read(table, file);
        if (!turns.tryAcquire()) {
            throw new Problem(
                    ProblemCode.WHAT_IF_BUSY, "Others are trying out tables at this moment; please try again.");
        }
        try {
            return replay(
                    deployed, candidate, guard.refusal(table, file).orElse(null), newest(table, caller, last), last);
        } finally {
            turns.release();
        }
    }

    /** Of cases, reviews and feedback alike the newest, by when the table was asked about them last. */
    private List<PastRuling> newest(String table, Caller caller, int last) {
        var byCase = new LinkedHashMap<String, List<PastRuling>>();
        archives.stream()
                .flatMap(archive -> archive.ofNewestCases(table, caller.merchants(), last).stream())
                .forEach(it -> byCase.computeIfAbsent(it.caseNumber(), any -> new ArrayList<>())
                        .add(it));
        return byCase.values().stream()
                .sorted(Comparator.comparing(
                                (List<PastRuling> it) -> it.get(it.size() - 1).ruledAt())
                        .reversed())
                .limit(last)
                .flatMap(List::stream)
                .toList();
    }

    private WhatIf replay(
            DeployedTable deployed, Candidate candidate, String refusal, List<PastRuling> past, int last) {
        long begun = System.nanoTime();
        var comparison = new Comparison(candidate, json, zone);
        for (PastRuling ruling : past) {
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new Problem(
                        ProblemCode.CANDIDATE_TOO_SLOW,
                        "The replay took more than " + LONGEST.toSeconds() + " s; please ask for fewer cases.");
            }
            replay(candidate, ruling, comparison);
        }
        var rows = new Rows(deployed.key());
        var now = rules.read(deployed.key(), rules.file(deployed.key())).outputs();
        return new WhatIf(
                deployed.key(),
                deployed.version(),
                last,
                replayed(past, comparison),
                comparison.changed(),
                comparison.same(),
                comparison.notReplayed(),
                without(candidate.outputs(), now),
                without(now, candidate.outputs()),
                refusal,
                comparison.groups(rows::of),
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private void replay(Candidate candidate, PastRuling past, Comparison comparison) {
        if (past.inputs() == null || past.outputs() == null) {
            comparison.fail(past, "The record of its inputs cannot be read any more.");
            return;
        }
        var missing = new TreeSet<>(candidate.inputs());
        missing.removeAll(past.inputs().keySet());
        if (!missing.isEmpty()) {
            comparison.fail(
                    past,
                    "The candidate looks at '" + String.join("', '", missing)
                            + "', which nobody told the table at that time.");
            return;
        }
        Ruling now;
        try {
            now = rules.tryOut(candidate, past.inputs());
        } catch (Problem odd) {
            comparison.fail(past, odd.detail());
            return;
        }
        comparison.add(past, now);
    }

    private WhatIf.Replayed replayed(List<PastRuling> past, Comparison comparison) {
        var times = past.stream().map(PastRuling::ruledAt).sorted().toList();
        int cases = new HashSet<>(past.stream().map(PastRuling::caseNumber).toList()).size();
        return new WhatIf.Replayed(
                cases,
                comparison.decisions(),
                times.isEmpty() ? null : comparison.at(times.get(0)),
                times.isEmpty() ? null : comparison.at(times.get(times.size() - 1)));
    }

    private static List<String> without(Set<String> these, Set<String> those) {
        return these.stream().filter(it -> !those.contains(it)).toList();
    }

    /** The rows of the versions that decided then, each read once. */
    private final class Rows {
        private final String table;
        private final Map<Integer, Map<String, WhatIf.Row>> byVersion = new HashMap<>();

        Rows(String table) {
            this.table = table;
        }

        Map<String, WhatIf.Row> of(int version) {
            return byVersion.computeIfAbsent(
                    version,
                    any -> rules.rows(table, version).values().stream()
                            .collect(Collectors.toMap(TableRow::rule, Comparison::row)));
        }
    }
}
