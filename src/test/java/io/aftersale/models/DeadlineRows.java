package io.aftersale.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;

/** The packaged table {@code deadlines} as rows that people read: how long each stage lasts and what follows. */
final class DeadlineRows {
    private static final Pattern STAGE = Pattern.compile("\"([a-z-]+)\"");

    private final List<Row> rows = new ArrayList<>();

    /** A row; {@code approvals} and the two times are empty where the row leaves them open. */
    record Row(
            Set<String> stages,
            String approvals,
            String lasts,
            String reminded,
            String escalated,
            String consequence) {}

    private DeadlineRows() {}

    static DeadlineRows packaged() {
        var table = Dmn.readModelFromFile(
                        ModelFiles.FOLDER.resolve("decisions/deadlines.dmn").toFile())
                .getModelElementsByType(DecisionTable.class)
                .iterator()
                .next();
        var inputs = table.getInputs().stream()
                .map(input ->
                        input.getInputExpression().getText().getTextContent().strip())
                .toList();
        var outputs =
                table.getOutputs().stream().map(output -> output.getName()).toList();
        var deadlines = new DeadlineRows();
        for (Rule rule : table.getRules()) {
            var stages = new TreeSet<String>();
            STAGE.matcher(input(rule, inputs.indexOf("stage"))).results().forEach(found -> stages.add(found.group(1)));
            deadlines.rows.add(new Row(
                    stages,
                    input(rule, inputs.indexOf("approvals")),
                    time(output(rule, outputs.indexOf("duration"))),
                    time(output(rule, outputs.indexOf("remindAfter"))),
                    time(output(rule, outputs.indexOf("escalateAfter"))),
                    output(rule, outputs.indexOf("consequence"))));
        }
        return deadlines;
    }

    List<Row> of(String stage) {
        return rows.stream().filter(row -> row.stages().contains(stage)).toList();
    }

    private static String input(Rule rule, int column) {
        return List.copyOf(rule.getInputEntries()).get(column).getTextContent().strip();
    }

    private static String output(Rule rule, int column) {
        return List.copyOf(rule.getOutputEntries())
                .get(column)
                .getTextContent()
                .strip()
                .replace("\"", "");
    }

    /** "PT48H" as "48 h". */
    private static String time(String iso) {
        return iso.replaceFirst("^P(\\d+)D$", "$1 d")
                .replaceFirst("^PT(\\d+)H$", "$1 h")
                .replaceFirst("^PT(\\d+)M$", "$1 min");
    }
}
