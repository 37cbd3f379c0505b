package io.aftersale.goods;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.logistics.Movement;
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
 * Takes what a person answers to {@code Task_InspectGoods}: for each line what was received and accepted, in which
 * condition, and where it goes. Short, damaged, wrong and surplus goods are normal; more accepted than received or
 * authorized is not.
 */
@Component
class InspectAnswers implements TaskAnswers {
    private static final int MOST = 100_000;
    private static final Set<String> FIELDS = Set.of("inspection", "remark", "decision");
    private static final Set<String> OF_A_LINE = Set.of(
            "lineId",
            "title",
            "expected",
            "received",
            "accepted",
            "condition",
            "sealBroken",
            "activated",
            "serialAltered",
            "tagRemoved",
            "soiled",
            "disposition");
    private static final List<String> CONDITIONS = List.of("SEALED", "OPENED", "USED", "DAMAGED", "WRONG_ITEM");
    private static final List<String> DISPOSITIONS =
            List.of("RESTOCK", "REFURBISH", "VENDOR", "DISPOSE", Movement.RETURN_TO_BUYER);

    private final CaseFiles files;
    private final InspectionDesk desk;

    InspectAnswers(CaseFiles files, InspectionDesk desk) {
        this.files = files;
        this.desk = desk;
    }

    @Override
    public String task() {
        return "Task_InspectGoods";
    }

    @Override
    public Map<String, Object> take(TaskAnswer answer) {
        requireKnown(answer.fields(), FIELDS);
        CaseFile file = files.lock(answer.businessKey());
        if (!(answer.fields().get("inspection") instanceof List<?> given) || given.isEmpty()) {
            throw Problem.missing("inspection");
        }
        var counted = new ArrayList<GoodsLine>();
        for (Object one : given) {
            if (!(one instanceof Map<?, ?> fields)) {
                throw Problem.invalid("inspection", "must be a list with one entry for each line");
            }
            counted.add(read(file, fields, answer.assignee()));
        }
        InspectionDesk.requireAllLines(file, counted);
        Object remark = answer.fields().get("remark");
        desk.keep(
                file,
                counted,
                answer.assignee(),
                FreeText.check("remark", remark == null ? null : remark.toString(), 2_000));
        return Map.of("decision", "INSPECTED");
    }

    private static GoodsLine read(CaseFile file, Map<?, ?> fields, String by) {
        requireKnown(fields, OF_A_LINE);
        String lineId = text(fields, "lineId");
        if (lineId == null) {
            throw Problem.missing("inspection.lineId");
        }
        int authorized = file.quantityOf(lineId);
        if (authorized == 0) {
            throw new Problem(ProblemCode.LINE_UNKNOWN, "The case is not about a line '" + lineId + "'.")
                    .with("field", "inspection.lineId");
        }
        int received = count(fields, "received");
        int accepted = count(fields, "accepted");
        if (accepted > received) {
            throw Problem.invalid("inspection.accepted", "is above what was received");
        }
        if (accepted > authorized) {
            throw Problem.invalid("inspection.accepted", "is above what was authorized");
        }
        String condition = oneOf(fields, "condition", CONDITIONS);
        if (condition == null && received > 0) {
            throw Problem.missing("inspection.condition");
        }
        if (accepted > 0 && "WRONG_ITEM".equals(condition)) {
            throw Problem.invalid("inspection.accepted", "must be 0 where it is not the goods that were sold");
        }
        String disposition = oneOf(fields, "disposition", DISPOSITIONS);
        if (accepted > 0 && Movement.RETURN_TO_BUYER.equals(disposition)) {
            throw Problem.invalid("inspection.disposition", "cannot send accepted goods back to the buyer");
        }
        var flaws = new GoodsLine.Flaws(
                flag(fields, "sealBroken"),
                flag(fields, "activated"),
                flag(fields, "serialAltered"),
                flag(fields, "tagRemoved"),
                flag(fields, "soiled"));
        return new GoodsLine(lineId, authorized, received, accepted, condition, flaws, null, 0, disposition, by);
    }

    private static void requireKnown(Map<?, ?> fields, Set<String> known) {
        for (Object field : fields.keySet()) {
            if (!known.contains(String.valueOf(field))) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The field '" + field + "' is not part of this answer.")
                        .with("field", String.valueOf(field));
            }
        }
    }

    private static String text(Map<?, ?> fields, String field) {
        Object value = fields.get(field);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    private static String oneOf(Map<?, ?> fields, String field, List<String> allowed) {
        String value = text(fields, field);
        if (value != null && !allowed.contains(value)) {
            throw Problem.invalid("inspection." + field, "must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    private static boolean flag(Map<?, ?> fields, String field) {
        String value = text(fields, field);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw Problem.invalid("inspection." + field, "must be true or false");
        }
        return "true".equals(value);
    }

    private static int count(Map<?, ?> fields, String field) {
        String value = text(fields, field);
        if (value == null) {
            throw Problem.missing("inspection." + field);
        }
        try {
            int count = new BigDecimal(value).intValueExact();
            if (count >= 0 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException | ArithmeticException odd) {
            // Said below, like any other number that cannot be counted.
        }
        throw Problem.invalid("inspection." + field, "must be a whole number from 0 to " + MOST);
    }
}
