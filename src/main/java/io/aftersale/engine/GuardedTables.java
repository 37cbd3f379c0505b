package io.aftersale.engine;

import io.aftersale.problems.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/**
 * Reads a table before it is deployed: whether it can be asked, answers whatever is asked, keeps the names by which the
 * application asks it, and gives buyers at least what the law does. It deploys nothing.
 */
@Component
public class GuardedTables implements ModelGuard {
    private static final Set<String> DURATIONS = Set.of("duration", "remindAfter", "escalateAfter");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    private final Rules rules;
    private final StatutoryMinimum minimum;
    private final ResourceLoader packaged;

    GuardedTables(Rules rules, StatutoryMinimum minimum, ResourceLoader packaged) {
        this.rules = rules;
        this.minimum = minimum;
        this.packaged = packaged;
    }

    @Override
    public boolean reads(ModelFile file) {
        return file.isTable();
    }

    /** The sentence with which a deployment of this file would be refused; empty when it would be taken. */
    public Optional<String> refusal(String table, byte[] content) {
        try {
            check(new ModelFile(table + ".dmn", content));
            return Optional.empty();
        } catch (Problem refused) {
            return Optional.of(refused.detail());
        }
    }

    @Override
    public void check(ModelFile file, Neighbours others) {
        check(file);
    }

    private void check(ModelFile file) {
        Decision decision = decision(file);
        Candidate candidate = candidate(file, decision.getId());
        var table = (DecisionTable) decision.getExpression();
        if (isBlank(decision.getCamundaHistoryTimeToLiveString())) {
            throw file.refuse(
                    decision.getId(),
                    "does not say how long its history is kept",
                    "set History time to live to P1200D, as in the other tables");
        }
        checkLastRow(file, table);
        checkNames(file, decision.getId(), candidate);
        checkOutcomes(file, table);
        minimum.check(file, decision.getId(), candidate);
    }

    private static Decision decision(ModelFile file) {
        try {
            var decisions = List.copyOf(Dmn.readModelFromStream(file.open()).getModelElementsByType(Decision.class));
            if (decisions.size() != 1) {
                throw file.refuse(
                        "has " + decisions.size() + " decisions", "keep one table to a file, each with its own id");
            }
            return decisions.get(0);
        } catch (ModelException odd) {
            throw file.refuse(
                    "is XML, but not the DMN that Modeler saves (" + CandidateReader.plain(odd) + ")",
                    "save it in Modeler and deploy it again");
        }
    }

    private Candidate candidate(ModelFile file, String table) {
        try {
            return rules.read(table, file.content());
        } catch (Problem odd) {
            throw file.refuse(odd);
        }
    }

    private static void checkLastRow(ModelFile file, DecisionTable table) {
        var rows = new ArrayList<>(table.getRules());
        if (rows.isEmpty()) {
            throw file.refuse("has no row", "add one, and at the end a row that leaves every input empty");
        }
        boolean catchesAll =
                rows.get(rows.size() - 1).getInputEntries().stream().allMatch(cell -> isAny(text(cell)));
        if (!catchesAll) {
            throw file.refuse(
                    "row " + rows.size(),
                    "is the last one and does not catch all that is left",
                    "end the table with a row that leaves every input empty and gives the case to a person");
        }
    }

    /** Cases ask with certain facts and read certain outputs: those of the packaged table. */
    private void checkNames(ModelFile file, String table, Candidate candidate) {
        var contract = contract(table);
        if (contract.isEmpty()) {
            return;
        }
        Candidate known = contract.get();
        for (String output : known.outputs()) {
            if (!candidate.outputs().contains(output)) {
                throw file.refuse(
                        "has no output '" + output + "', which every case reads", "put the column back under its name");
            }
        }
        for (String input : candidate.inputs()) {
            if (!known.inputs().contains(input)) {
                throw file.refuse(
                        "asks for the fact '" + input + "', which nobody tells this table",
                        "use one of " + String.join(", ", known.inputs()));
            }
        }
    }

    /** What the packaged table of this name asks and answers; empty for a table that is the owner's own. */
    private Optional<Candidate> contract(String table) {
        Resource file = packaged.getResource("classpath:bpmn/decisions/" + table + ".dmn");
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(rules.read(table, file.getContentAsByteArray()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Words that the table itself lists for a column, and times that can be read: a typing error decides nothing. */
    private static void checkOutcomes(ModelFile file, DecisionTable table) {
        var outputs = new ArrayList<>(table.getOutputs());
        int number = 0;
        for (Rule row : table.getRules()) {
            number++;
            var cells = new ArrayList<>(row.getOutputEntries());
            for (int i = 0; i < Math.min(outputs.size(), cells.size()); i++) {
                checkOutcome(file, outputs.get(i), text(cells.get(i)), "row " + number + " (" + row.getId() + ")");
            }
        }
    }

    private static void checkOutcome(ModelFile file, Output output, String cell, String row) {
        var word = WORD.matcher(cell);
        if (!word.matches()) {
            return;
        }
        var allowed = output.getOutputValues() == null ? Set.<String>of() : words(text(output.getOutputValues()));
        if (!allowed.isEmpty() && !allowed.contains(word.group(1))) {
            throw file.refuse(
                    row,
                    "gives " + output.getName() + " '" + word.group(1) + "'",
                    "choose one of " + String.join(", ", allowed));
        }
        if (DURATIONS.contains(output.getName()) && !isDuration(word.group(1))) {
            throw file.refuse(
                    row,
                    "gives " + output.getName() + " '" + word.group(1) + "', which is no duration",
                    "write days as P7D, hours as PT48H, minutes as PT30M");
        }
    }

    /** The words that the rows of a table name for an input, such as the stages of {@code deadlines}. */
    static Set<String> wordsOf(DmnModelInstance model, String input) {
        var words = new TreeSet<String>();
        for (DecisionTable table : model.getModelElementsByType(DecisionTable.class)) {
            var columns = table.getInputs().stream()
                    .map(column -> text(column.getInputExpression()))
                    .toList();
            int column = columns.indexOf(input);
            if (column >= 0) {
                table.getRules()
                        .forEach(row -> words.addAll(words(text(new ArrayList<>(row.getInputEntries()).get(column)))));
            }
        }
        return words;
    }

    private static Set<String> words(String text) {
        var words = new LinkedHashMap<String, Boolean>();
        WORD.matcher(text).results().map((MatchResult it) -> it.group(1)).forEach(it -> words.put(it, true));
        return words.keySet();
    }

    private static boolean isDuration(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeParseException odd) {
            return false;
        }
    }

    private static boolean isAny(String cell) {
        return cell.isEmpty() || cell.equals("-");
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** The words of a cell or a column's head: those of its text and not of its language. */
    private static String text(DmnElement cell) {
        return cell == null || cell.getTextContent() == null
                ? ""
                : cell.getTextContent().strip();
    }
}
