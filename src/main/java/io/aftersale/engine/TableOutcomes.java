package io.aftersale.engine;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;

/**
 * Looks at what the rows of a table answer: words that flows know, numbers within their bounds, times that can be lived
 * by, and a person where the table knows nothing. What is known is what the packaged table lists, not what a candidate
 * says of itself.
 */
final class TableOutcomes {
    private static final String DURATION = "duration";
    private static final Set<String> DURATIONS = Set.of(DURATION, "remindAfter", "escalateAfter");
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** The greatest number of some outputs; none is below 0. */
    private static final Map<String, Integer> NUMBERS =
            Map.of("approvals", 2, "priority", 1_000, "allowancePerMille", 1_000, "deductionPerMille", 1_000);

    /** Answers with which a table gives the case to a person. */
    private static final Set<String> TO_A_PERSON = Set.of("AUDIT", "MANUAL", "MODERATE", "ESCALATE");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    private TableOutcomes() {}

    /** @param known the packaged table of this name, or the same table where it is the owner's own */
    static void check(ModelFile file, DecisionTable table, DecisionTable known) {
        Map<String, Output> promised = known.getOutputs().stream()
                .collect(Collectors.toMap(Output::getName, output -> output, (first, second) -> first));
        Set<String> open = openOutputs(known);
        List<String> names = table.getOutputs().stream().map(Output::getName).toList();
        int number = 0;
        for (Rule row : table.getRules()) {
            String place = "row " + ++number + " (" + row.getId() + ")";
            Map<String, String> cells = cells(names, row);
            cells.forEach((name, cell) -> {
                checkWord(file, place, name, cell, promised.get(name), open.contains(name));
                checkNumber(file, place, name, cell);
                checkDuration(file, place, name, cell);
            });
            checkOrder(file, place, cells);
        }
        checkLast(file, "row " + number, cells(names, last(table)), cells(namesOf(known), last(known)));
    }

    private static void checkWord(ModelFile file, String row, String name, String cell, Output known, boolean isOpen) {
        var allowed = known == null || known.getOutputValues() == null
                ? Set.<String>of()
                : words(text(known.getOutputValues()));
        var word = WORD.matcher(cell);
        boolean isKnown = word.matches() ? allowed.contains(word.group(1)) : isOpen && cell.isEmpty();
        if (!allowed.isEmpty() && !isKnown) {
            throw file.refuse(
                    row,
                    "gives %s '%s'".formatted(name, word.matches() ? word.group(1) : cell),
                    "choose one of " + String.join(", ", allowed));
        }
    }

    private static void checkNumber(ModelFile file, String row, String name, String cell) {
        Integer most = NUMBERS.get(name);
        if (most != null && !(cell.matches("[0-9]{1,4}") && Integer.parseInt(cell) <= most)) {
            throw file.refuse(row, "gives %s '%s'".formatted(name, cell), "write a whole number from 0 to " + most);
        }
    }

    private static void checkDuration(ModelFile file, String row, String name, String cell) {
        if (!DURATIONS.contains(name) || cell.isEmpty() && !name.equals(DURATION)) {
            return;
        }
        Duration lasts = duration(cell);
        if (lasts == null) {
            throw file.refuse(
                    row,
                    "gives %s '%s', which is no duration".formatted(name, cell.replace("\"", "")),
                    "write days as P7D, hours as PT48H, minutes as PT30M");
        }
        if (lasts.isZero() || lasts.compareTo(LONGEST) > 0) {
            throw file.refuse(
                    row,
                    "gives %s '%s', which nobody can wait".formatted(name, cell.replace("\"", "")),
                    "write some time up to P" + LONGEST.toDays() + "D");
        }
    }

    private static void checkOrder(ModelFile file, String row, Map<String, String> cells) {
        Duration whole = duration(cells.getOrDefault(DURATION, ""));
        for (String earlier : List.of("remindAfter", "escalateAfter")) {
            Duration after = duration(cells.getOrDefault(earlier, ""));
            if (whole != null && after != null && after.compareTo(whole) > 0) {
                throw file.refuse(
                        row,
                        "gives %s %s, when the wait of %s is over".formatted(earlier, cells.get(earlier), whole),
                        "write a shorter time, or leave it empty");
            }
        }
    }

    /** What a table does not know goes to a person, whatever else an owner changes. */
    private static void checkLast(ModelFile file, String row, Map<String, String> cells, Map<String, String> known) {
        known.forEach((name, cell) -> {
            var word = WORD.matcher(cell);
            if (word.matches() && TO_A_PERSON.contains(word.group(1)) && !cell.equals(cells.get(name))) {
                throw file.refuse(
                        row,
                        "answers for all that the table does not know, with %s %s".formatted(name, cells.get(name)),
                        "let it give the case to a person: " + cell);
            }
        });
    }

    /** The outputs that the packaged table itself leaves empty somewhere. */
    private static Set<String> openOutputs(DecisionTable table) {
        var names = namesOf(table);
        return table.getRules().stream()
                .flatMap(row -> cells(names, row).entrySet().stream())
                .filter(cell -> cell.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<String> namesOf(DecisionTable table) {
        return table.getOutputs().stream().map(Output::getName).toList();
    }

    private static Rule last(DecisionTable table) {
        var rows = new ArrayList<>(table.getRules());
        return rows.get(rows.size() - 1);
    }

    private static Map<String, String> cells(List<String> names, Rule row) {
        var texts = row.getOutputEntries().stream().map(TableOutcomes::text).toList();
        var cells = new HashMap<String, String>();
        for (int i = 0; i < Math.min(names.size(), texts.size()); i++) {
            cells.put(String.valueOf(names.get(i)), texts.get(i));
        }
        return cells;
    }

    /** A duration that is written out as a word; null for anything else. */
    private static Duration duration(String cell) {
        var word = WORD.matcher(cell);
        try {
            Duration lasts = word.matches() ? Duration.parse(word.group(1)) : null;
            return lasts == null || lasts.isNegative() ? null : lasts;
        } catch (DateTimeParseException odd) {
            return null;
        }
    }

    /** The words that stand in quotes, in their order. */
    static Set<String> words(String text) {
        return WORD.matcher(text).results().map(it -> it.group(1)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The words of a cell or a column's head: those of its text and not of its language. */
    static String text(DmnElement cell) {
        return cell == null || cell.getTextContent() == null
                ? ""
                : cell.getTextContent().strip();
    }
}
