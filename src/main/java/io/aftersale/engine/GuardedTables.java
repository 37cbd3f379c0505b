package io.aftersale.engine;

import io.aftersale.problems.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
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
        file.checkKey("table", decision.getId());
        Candidate candidate = candidate(file, decision.getId());
        var table = (DecisionTable) decision.getExpression();
        KeptHistory.check(file, decision.getId(), decision.getCamundaHistoryTimeToLiveString());
        checkLastRow(file, table);
        var packagedTable = packagedTable(decision.getId());
        packagedTable.ifPresent(known -> checkNames(file, decision.getId(), candidate, known));
        TableOutcomes.check(file, table, packagedTable.map(GuardedTables::table).orElse(table));
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

    private static DecisionTable table(byte[] file) {
        return Dmn.readModelFromStream(new ByteArrayInputStream(file))
                .getModelElementsByType(DecisionTable.class)
                .iterator()
                .next();
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
                rows.get(rows.size() - 1).getInputEntries().stream().allMatch(cell -> isAny(TableOutcomes.text(cell)));
        if (!catchesAll) {
            throw file.refuse(
                    "row " + rows.size(),
                    "is the last one and does not catch all that is left",
                    "end the table with a row that leaves every input empty and gives the case to a person");
        }
    }

    /** Cases ask with certain facts and read certain outputs: those of the packaged table. */
    private void checkNames(ModelFile file, String table, Candidate candidate, byte[] packagedTable) {
        Candidate known = rules.read(table, packagedTable);
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

    /** The table of this name that comes with the application; empty for a table that is the owner's own. */
    private Optional<byte[]> packagedTable(String table) {
        Resource file = packaged.getResource("classpath:bpmn/decisions/" + table + ".dmn");
        try {
            return file.exists() ? Optional.of(file.getContentAsByteArray()) : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The words that the rows of a table name for an input, such as the stages of {@code deadlines}. */
    static Set<String> wordsOf(DmnModelInstance model, String input) {
        var words = new TreeSet<String>();
        for (DecisionTable table : model.getModelElementsByType(DecisionTable.class)) {
            var columns = table.getInputs().stream()
                    .map(column -> TableOutcomes.text(column.getInputExpression()))
                    .toList();
            int column = columns.indexOf(input);
            if (column >= 0) {
                table.getRules()
                        .forEach(row -> words.addAll(TableOutcomes.words(
                                TableOutcomes.text(new ArrayList<>(row.getInputEntries()).get(column)))));
            }
        }
        return words;
    }

    private static boolean isAny(String cell) {
        return cell.isEmpty() || cell.equals("-");
    }
}
