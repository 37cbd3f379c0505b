package io.aftersale.engine;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.dmn.instance.UnaryTests;
import org.camunda.bpm.model.xml.ModelException;
import org.xml.sax.SAXException;

/**
 * Reads a table that somebody brings, and trusts nothing in it: first that it is plain XML, then that it is the table
 * it should be, then each cell. Only then the decision engine sees it. It deploys nothing.
 */
class CandidateReader {
    /** How the model's reader says where a file is not what its schema asks for. */
    private static final Pattern FAULT_IN_XML = Pattern.compile("(?s).*?Line=(\\d+): (?:cvc-[^:]*: )?(.*)");

    private final DmnEngine tables;
    private final TableLanguage language;

    CandidateReader(DmnEngine tables, TableLanguage language) {
        this.tables = tables;
        this.language = language;
    }

    /** @throws Problem CANDIDATE_NOT_XML, CANDIDATE_UNREADABLE, CANDIDATE_OTHER_TABLE, CANDIDATE_NOT_SUPPORTED */
    Candidate read(String table, byte[] file) {
        PlainXml.fault(file).ifPresent(fault -> {
            throw new Problem(ProblemCode.CANDIDATE_NOT_XML, fault);
        });
        DmnModelInstance model = model(new ByteArrayInputStream(file));
        Decision decision = decision(model, table);
        if (!(decision.getExpression() instanceof DecisionTable rules)) {
            throw unsupported("The decision '" + table + "' is not a table.");
        }
        if (!decision.getInformationRequirements().isEmpty()
                || !decision.getKnowledgeRequirements().isEmpty()) {
            throw unsupported("The table '" + table + "' rests on other decisions, which tables here do not.");
        }
        if (rules.getHitPolicy() != HitPolicy.FIRST) {
            throw unsupported(
                    "The hit policy is " + rules.getHitPolicy() + "; set it to FIRST, as all tables here are.");
        }
        Map<String, TableRow> rows = rows(rules);
        Set<String> inputs = checkCells(model, rules);
        var outputs = new TreeSet<String>();
        rules.getOutputs().stream().map(Output::getName).forEach(outputs::add);
        try {
            return new Candidate(tables.parseDecision(table, model), inputs, outputs, rows);
        } catch (DmnEngineException | ModelException odd) {
            throw unreadable("The table cannot be read: " + plain(odd) + ".");
        }
    }

    /** The rows of a table that is deployed. */
    Map<String, TableRow> rowsOf(String table, InputStream file) {
        return decision(model(file), table).getExpression() instanceof DecisionTable rules ? rows(rules) : Map.of();
    }

    private static DmnModelInstance model(InputStream file) {
        try {
            return Dmn.readModelFromStream(file);
        } catch (ModelException odd) {
            throw unreadable("The file is XML, but not the DMN that Modeler saves: " + plain(odd) + ".");
        }
    }

    private static Decision decision(DmnModelInstance model, String table) {
        return model.getModelElementsByType(Decision.class).stream()
                .filter(it -> table.equals(it.getId()))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.CANDIDATE_OTHER_TABLE, "The file has no decision with the id '" + table + "'."));
    }

    private static Map<String, TableRow> rows(DecisionTable rules) {
        var rows = new LinkedHashMap<String, TableRow>();
        for (Rule rule : rules.getRules()) {
            int number = rows.size() + 1;
            if (rule.getId() == null || rule.getId().isBlank()) {
                throw unsupported("Row " + number + " has no id, so that no case could name it; give it one.");
            }
            String note = rule.getDescription() == null
                    ? null
                    : rule.getDescription().getTextContent().strip();
            rows.put(rule.getId(), new TableRow(rule.getId(), number, note));
        }
        return rows;
    }

    /** Checks every cell and says which facts they look at. */
    private Set<String> checkCells(DmnModelInstance model, DecisionTable rules) {
        checkLanguage(model.getDefinitions().getExpressionLanguage(), "the file");
        var names = new TreeSet<String>();
        var columns = new TreeSet<String>();
        for (Input input : rules.getInputs()) {
            String place = "the column '" + input.getLabel() + "'";
            LiteralExpression head = input.getInputExpression();
            names.addAll(check(place, head, language::checkExpression));
            if (input.getCamundaInputVariable() != null) {
                columns.add(input.getCamundaInputVariable());
            }
        }
        int row = 0;
        for (Rule rule : rules.getRules()) {
            String place = "row " + ++row;
            rule.getInputEntries().forEach(cell -> names.addAll(check(place, cell, language::checkTest)));
            rule.getOutputEntries().forEach(cell -> names.addAll(check(place, cell, language::checkExpression)));
        }
        names.removeIf(name -> columns.contains(name) && isNoFact(rules, name));
        return names;
    }

    /** The name that a column gives to its own value in its cells, where that is not a fact of the same name. */
    private static boolean isNoFact(DecisionTable rules, String name) {
        return rules.getInputs().stream()
                .filter(input -> name.equals(input.getCamundaInputVariable()))
                .map(Input::getInputExpression)
                .noneMatch(head -> head != null && name.equals(text(head.getText())));
    }

    private static Set<String> check(String place, LiteralExpression cell, Function<String, Set<String>> check) {
        return cell == null ? Set.of() : check(place, cell.getExpressionLanguage(), text(cell.getText()), check);
    }

    private static Set<String> check(String place, UnaryTests cell, Function<String, Set<String>> check) {
        String text = text(cell.getText());
        return text.equals("-") ? Set.of() : check(place, cell.getExpressionLanguage(), text, check);
    }

    private static Set<String> check(String place, String named, String text, Function<String, Set<String>> check) {
        checkLanguage(named, place);
        if (text.isEmpty()) {
            return Set.of();
        }
        try {
            return check.apply(text);
        } catch (FeelException odd) {
            String cell = text.length() > 60 ? text.substring(0, 60) + "…" : text;
            throw unreadable("In " + place + " the cell '" + cell + "' " + why(odd) + ".");
        }
    }

    private static String why(FeelException odd) {
        String message = odd.getMessage();
        return message.startsWith("failed to parse") ? "is not FEEL" : message;
    }

    private static void checkLanguage(String named, String place) {
        if (named != null && !named.equalsIgnoreCase("feel") && !named.contains("/FEEL/")) {
            throw unsupported("In " + place + " the language is '" + named + "'; tables here speak FEEL.");
        }
    }

    private static String text(Text text) {
        return text == null || text.getTextContent() == null
                ? ""
                : text.getTextContent().strip();
    }

    /** The engine's sentence without its number and without what it was caused by. */
    static String plain(RuntimeException odd) {
        for (Throwable cause = odd; cause != null; cause = cause.getCause()) {
            var fault = FAULT_IN_XML.matcher(String.valueOf(cause.getMessage()));
            if (cause instanceof SAXException && fault.matches()) {
                String words = fault.group(2).replaceAll("\\{\"[^\"]*\":(\\w+)}", "$1");
                return "line " + fault.group(1) + ": " + words.replaceFirst("(?s)[.](\\s.*)?$", "");
            }
        }
        String message = odd.getMessage() == null ? "no reason given" : odd.getMessage();
        return message.replaceFirst("^[A-Z/-]+-\\d+ ", "")
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("[.:]\\s*$", "");
    }

    private static Problem unreadable(String detail) {
        return new Problem(ProblemCode.CANDIDATE_UNREADABLE, detail);
    }

    private static Problem unsupported(String detail) {
        return new Problem(ProblemCode.CANDIDATE_NOT_SUPPORTED, detail);
    }
}
