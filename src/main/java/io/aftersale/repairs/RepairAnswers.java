package io.aftersale.repairs;

import io.aftersale.cases.Answer;
import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes what a technician answers to {@code Task_RepairGoods}: whether it is mended, and what went into it. An entry of
 * the list that nobody filled in is none.
 */
@Component
class RepairAnswers implements TaskAnswers {
    private static final int MOST_PARTS = 50;
    private static final int MOST_PIECES = 1_000;
    private static final int MOST_NAME = 100;
    private static final Set<String> FIELDS = Set.of("decision", "parts", "remark");
    private static final Set<String> OF_A_PART = Set.of("name", "quantity", "costMinor", "labourMinor");

    private final CaseFiles files;
    private final RepairDesk desk;

    RepairAnswers(CaseFiles files, RepairDesk desk) {
        this.files = files;
        this.desk = desk;
    }

    @Override
    public String task() {
        return "Task_RepairGoods";
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        var answer = new Answer(given, FIELDS);
        CaseFile file = files.lock(given.businessKey());
        String decision = answer.oneOf("decision", Repair.REPAIRED, Repair.NOT_REPAIRABLE);
        String remark = answer.remark();
        desk.keepWork(file, decision, parts(answer.raw("parts")), given.assignee(), remark);
        return Map.of("decision", decision);
    }

    private static List<Part> parts(Object given) {
        if (given == null || given.equals("")) {
            return List.of();
        }
        if (!(given instanceof List<?> entries) || entries.size() > MOST_PARTS) {
            throw Problem.invalid("parts", "must be a list of at most " + MOST_PARTS + " entries");
        }
        var parts = new ArrayList<Part>();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> fields)) {
                throw Problem.invalid("parts", "must have an object for each part");
            }
            if (OF_A_PART.stream().anyMatch(field -> text(fields, field) != null) || isOdd(fields)) {
                parts.add(read(fields));
            }
        }
        return parts;
    }

    private static boolean isOdd(Map<?, ?> fields) {
        return fields.keySet().stream().anyMatch(field -> !OF_A_PART.contains(String.valueOf(field)));
    }

    private static Part read(Map<?, ?> fields) {
        for (Object field : fields.keySet()) {
            if (!OF_A_PART.contains(String.valueOf(field))) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + field + "' is not part of this answer.")
                        .with("field", "parts." + field);
            }
        }
        String name = text(fields, "name");
        if (fields.get("name") instanceof Number || fields.get("name") instanceof Boolean) {
            throw Problem.invalid("parts.name", "must be a text");
        }
        if (name == null) {
            throw Problem.missing("parts.name");
        }
        long quantity = text(fields, "quantity") == null ? 1 : number(fields, "quantity");
        if (quantity < 1 || quantity > MOST_PIECES) {
            throw Problem.invalid("parts.quantity", "must be a whole number from 1 to " + MOST_PIECES);
        }
        return new Part(
                FreeText.check("parts.name", name, MOST_NAME),
                (int) quantity,
                amount(fields, "costMinor"),
                amount(fields, "labourMinor"));
    }

    private static long amount(Map<?, ?> fields, String field) {
        long amount = text(fields, field) == null ? 0 : number(fields, field);
        if (amount < 0 || amount > DiagnoseAnswers.MOST_MINOR) {
            throw odd(field);
        }
        return amount;
    }

    private static long number(Map<?, ?> fields, String field) {
        try {
            return new BigDecimal(text(fields, field)).longValueExact();
        } catch (NumberFormatException | ArithmeticException fraction) {
            throw odd(field);
        }
    }

    private static Problem odd(String field) {
        return field.equals("quantity")
                ? Problem.invalid("parts.quantity", "must be a whole number from 1 to " + MOST_PIECES)
                : new Problem(
                                ProblemCode.AMOUNT_INVALID,
                                "The field 'parts." + field + "' must be from 0 to " + DiagnoseAnswers.MOST_MINOR
                                        + ", in whole minor units.")
                        .with("field", "parts." + field);
    }

    private static String text(Map<?, ?> fields, String field) {
        Object value = fields.get(field);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }
}
