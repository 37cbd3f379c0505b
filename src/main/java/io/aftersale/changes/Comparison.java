package io.aftersale.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.cases.PastRuling;
import io.aftersale.engine.Candidate;
import io.aftersale.engine.Ruling;
import io.aftersale.engine.TableRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Gathers how the answers of a candidate differ from those that were given. An answer differs when one of its outputs
 * does; an output that only the candidate has is no difference, since nobody reads it. It asks nobody anything.
 */
class Comparison {
    private static final TypeReference<Map<String, Object>> PLAIN = new TypeReference<>() {};
    private static final int MOST_EXAMPLES = 10;

    private final Candidate candidate;
    private final ObjectMapper json;
    private final ZoneId zone;
    private final Map<Pair, Group> groups = new LinkedHashMap<>();
    private final Map<String, Failed> failed = new TreeMap<>();
    private final Money money = new Money();
    private int decisions;
    private int same;
    private int otherRule;

    Comparison(Candidate candidate, ObjectMapper json, ZoneId zone) {
        this.candidate = candidate;
        this.json = json;
        this.zone = zone;
    }

    void add(PastRuling past, Ruling now) {
        decisions++;
        Map<String, Object> outputs = plain(now.outputs());
        var differences = differences(past.outputs(), outputs, now.isMatched() && past.rule() != null);
        if (differences.isEmpty()) {
            same++;
            otherRule += Objects.equals(past.rule(), now.rule()) ? 0 : 1;
            return;
        }
        money.add(past);
        groups.computeIfAbsent(new Pair(past.rule(), now.rule()), any -> new Group())
                .add(past, differences, item(past, now.rule(), outputs));
    }

    void fail(PastRuling past, String reason) {
        failed.computeIfAbsent(reason, any -> new Failed()).add(past.caseNumber());
    }

    int decisions() {
        return decisions;
    }

    WhatIf.Sum changed() {
        return money.sum();
    }

    WhatIf.Same same() {
        return new WhatIf.Same(same, otherRule);
    }

    WhatIf.NotReplayed notReplayed() {
        return new WhatIf.NotReplayed(
                failed.values().stream().mapToInt(it -> it.decisions).sum(),
                failed.entrySet().stream()
                        .map(it -> new WhatIf.Reason(
                                it.getKey(), it.getValue().decisions, List.copyOf(it.getValue().cases)))
                        .toList());
    }

    /** @param rows the rows of a version of the table by rule id, to describe what matched then */
    List<WhatIf.Group> groups(IntFunction<Map<String, WhatIf.Row>> rows) {
        return groups.entrySet().stream()
                .map(it -> it.getValue().described(it.getKey(), rows))
                .sorted(Comparator.comparingInt((WhatIf.Group it) -> it.sum().cases())
                        .thenComparingInt(it -> it.sum().decisions())
                        .reversed())
                .toList();
    }

    private Map<String, Value> differences(Map<String, Object> old, Map<String, Object> now, boolean both) {
        var names = new LinkedHashSet<>(old.keySet());
        if (!both) {
            names.addAll(now.keySet());
        }
        var differences = new LinkedHashMap<String, Value>();
        for (String name : names) {
            if (!Objects.equals(old.get(name), now.get(name))) {
                differences.put(name, new Value(name, old.get(name), now.get(name)));
            }
        }
        return differences;
    }

    /** In the shape in which answers are kept, so that a number equals itself. */
    private Map<String, Object> plain(Map<String, Object> outputs) {
        try {
            return json.readerFor(PLAIN)
                    .with(DeserializationFeature.USE_LONG_FOR_INTS)
                    .readValue(json.writeValueAsString(outputs));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A table's plain values cannot be written", impossible);
        }
    }

    private WhatIf.Item item(PastRuling past, String rule, Map<String, Object> outputs) {
        return new WhatIf.Item(
                past.caseNumber(),
                past.kind(),
                past.status(),
                past.applicationNo(),
                past.lineId(),
                at(past.ruledAt()),
                past.currency(),
                past.requestedMinor(),
                new WhatIf.Answer(past.rule(), past.version(), past.outputs()),
                new WhatIf.Answer(rule, null, outputs));
    }

    OffsetDateTime at(Instant instant) {
        return instant.atZone(zone).toOffsetDateTime();
    }

    private record Pair(String from, String to) {}

    private record Value(String output, Object from, Object to) {}

    /** Counts cases once, however many of their decisions differ. */
    private static final class Money {
        private final Set<String> cases = new HashSet<>();
        private final Map<String, long[]> byCurrency = new TreeMap<>();
        private int decisions;

        void add(PastRuling past) {
            decisions++;
            if (cases.add(past.caseNumber()) && past.currency() != null) {
                long[] sum = byCurrency.computeIfAbsent(past.currency(), any -> new long[2]);
                sum[0]++;
                sum[1] = Math.addExact(sum[1], past.requestedMinor());
            }
        }

        WhatIf.Sum sum() {
            return new WhatIf.Sum(
                    decisions,
                    cases.size(),
                    byCurrency.entrySet().stream()
                            .map(it -> new WhatIf.Money(it.getKey(), (int) it.getValue()[0], it.getValue()[1]))
                            .toList());
        }
    }

    private final class Group {
        private final Money money = new Money();
        private final Map<Value, Integer> differences = new LinkedHashMap<>();
        private final List<WhatIf.Item> items = new ArrayList<>();

        void add(PastRuling past, Map<String, Value> found, WhatIf.Item item) {
            money.add(past);
            found.values().forEach(value -> differences.merge(value, 1, Integer::sum));
            items.add(item);
        }

        WhatIf.Group described(Pair pair, IntFunction<Map<String, WhatIf.Row>> rows) {
            int version = items.get(0).old().version();
            var to = candidate.rows().get(pair.to());
            return new WhatIf.Group(
                    rows.apply(version).getOrDefault(pair.from(), new WhatIf.Row(pair.from(), null, null)),
                    to == null ? new WhatIf.Row(pair.to(), null, null) : row(to),
                    money.sum(),
                    differences.entrySet().stream()
                            .sorted(Map.Entry.<Value, Integer>comparingByValue().reversed())
                            .map(it -> new WhatIf.Difference(
                                    it.getKey().output(),
                                    it.getKey().from(),
                                    it.getKey().to(),
                                    it.getValue()))
                            .toList(),
                    items);
        }
    }

    static WhatIf.Row row(TableRow row) {
        return new WhatIf.Row(row.rule(), row.number(), row.note());
    }

    private static final class Failed {
        private final Set<String> cases = new TreeSet<>(Comparator.reverseOrder());
        private int decisions;

        void add(String caseNumber) {
            decisions++;
            if (cases.size() < MOST_EXAMPLES) {
                cases.add(caseNumber);
            }
        }
    }
}
