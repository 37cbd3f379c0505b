package io.aftersale.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/**
 * Writes the page of one flow or part from its diagram, the table of deadlines and the element templates: the picture,
 * then steps, waits, questions, timers and messages, ends and verbs. Says nothing that does not stand in the models.
 */
final class FlowPage {
    private final Path file;
    private final BpmnModelInstance diagram;
    private final Process process;
    private final DeadlineRows deadlines;
    private final Map<String, JsonNode> verbs;
    private final StringBuilder page = new StringBuilder();

    private FlowPage(Path file, DeadlineRows deadlines, Map<String, JsonNode> verbs) {
        this.file = file;
        this.diagram = ModelFiles.read(file);
        this.process = diagram.getModelElementsByType(Process.class).iterator().next();
        this.deadlines = deadlines;
        this.verbs = verbs;
    }

    static String of(Path file, DeadlineRows deadlines, Map<String, JsonNode> verbs) {
        return new FlowPage(file, deadlines, verbs).write();
    }

    /** The entry page: one line for each flow and part. */
    static String index(List<Path> files) {
        var index = new StringBuilder("""
                # The flows, one page each
                Written from the models by `./mvnw -Pdocs test`; a test fails when a page no longer fits its diagram.
                What a change needs is told in [bpmn/README.md](../../bpmn/README.md).

                | page | what it is |
                | --- | --- |
                """);
        for (Path file : files) {
            var process = ModelFiles.read(file)
                    .getModelElementsByType(Process.class)
                    .iterator()
                    .next();
            index.append("| [%s](%s.md) | %s |%n"
                    .formatted(process.getName(), process.getId(), firstSentence(documentation(process))));
        }
        return index.toString();
    }

    private String write() {
        line("# " + process.getName());
        line("From [`%s`](../../%s), version %s. Do not edit this page: `./mvnw -Pdocs test` writes it."
                .formatted(file, file, process.getCamundaVersionTag()));
        line("");
        line(documentation(process));
        line("");
        line("![Diagram of %s](%s.svg)".formatted(process.getName(), process.getId()));
        line("");
        line("Yellow: a case waits here. Thick blue frame: a part with a page of its own. A slash marks the way that is"
                + " taken when no other fits.");
        steps();
        waits();
        questions();
        events();
        ends();
        verbs();
        return page.toString();
    }

    private void steps() {
        table(
                "Steps",
                List.of("step", "what happens", "done by"),
                of(Activity.class)
                        .filter(step -> !(step instanceof SubProcess scope && scope.triggeredByEvent()))
                        .map(step -> List.of(name(step), documentation(step), doneBy(step))));
    }

    private static String doneBy(Activity step) {
        if (step instanceof ServiceTask task) {
            String verb = task.getCamundaDelegateExpression().replaceAll("[${}]", "");
            return "`" + verb + "`" + (task.isCamundaAsyncBefore() ? ", in a job of its own" : "");
        }
        if (step instanceof UserTask task) {
            return whoMayClaim(task)
                    + ", form [`%1$s`](../../bpmn/forms/%1$s.form)".formatted(task.getCamundaFormRef());
        }
        if (step instanceof CallActivity part) {
            return "part [%s](%1$s.md)".formatted(part.getCalledElement());
        }
        return step instanceof ReceiveTask ? "a message" : "once for each payout";
    }

    private static String whoMayClaim(UserTask task) {
        String groups = task.getCamundaCandidateGroups();
        return groups.startsWith("${") ? "the group that the table names" : "`" + groups + "`";
    }

    private void waits() {
        var rows = new ArrayList<List<String>>();
        of(FlowNode.class)
                .filter(node -> property(node, "stage") != null)
                .forEach(node -> Stream.of(property(node, "stage").split(", *"))
                        .forEach(stage -> deadlines
                                .of(stage)
                                .forEach(row -> rows.add(List.of(
                                        name(node),
                                        property(node, "status"),
                                        waitsFor(node),
                                        "`" + stage + "`" + approvals(row),
                                        row.lasts(),
                                        row.reminded(),
                                        row.escalated(),
                                        row.consequence())))));
        table(
                "Waits",
                List.of("wait", "status", "for whom", "stage", "lasts", "reminded", "escalated", "then"),
                rows.stream());
        if (!rows.isEmpty()) {
            line("");
            line(
                    "Stages and times are rows of the table [`deadlines`](../../bpmn/decisions/deadlines.dmn) as packaged.");
        }
    }

    private static String approvals(DeadlineRows.Row row) {
        return row.approvals().isEmpty() ? "" : ", approvals " + row.approvals();
    }

    private static String waitsFor(FlowNode node) {
        if (node instanceof UserTask task) {
            return whoMayClaim(task);
        }
        var messages = node instanceof ReceiveTask task
                ? Stream.of(task.getMessage().getName())
                : node.getOutgoing().stream()
                        .flatMap(flow -> flow.getTarget().getChildElementsByType(MessageEventDefinition.class).stream())
                        .map(event -> event.getMessage().getName());
        return messages.map(message -> "`" + message + "`").collect(Collectors.joining(" or "));
    }

    private void questions() {
        var rows = new ArrayList<List<String>>();
        of(ExclusiveGateway.class)
                .filter(gateway -> gateway.getOutgoing().size() > 1)
                .forEach(gateway -> gateway.getOutgoing()
                        .forEach(answer -> rows.add(List.of(
                                name(gateway),
                                answer.getName() == null ? "" : answer.getName(),
                                when(answer),
                                name(answer.getTarget()),
                                documentation(answer)))));
        table("Questions", List.of("question", "answer", "when", "leads to", "why"), rows.stream());
    }

    private static String when(SequenceFlow answer) {
        return answer.getConditionExpression() == null
                ? "otherwise"
                : "`" + answer.getConditionExpression().getTextContent().replaceAll("^\\$\\{|}$", "") + "`";
    }

    private void events() {
        table(
                "Timers and messages",
                List.of("event", "of", "comes", "what it means"),
                of(CatchEvent.class)
                        .filter(event -> !event.getChildElementsByType(EventDefinition.class)
                                .isEmpty())
                        .map(event -> List.of(name(event), placeOf(event), comes(event), documentation(event))));
    }

    private static String placeOf(CatchEvent event) {
        if (event instanceof BoundaryEvent boundary) {
            return name(boundary.getAttachedTo()) + (boundary.cancelActivity() ? ", ends it" : ", which goes on");
        }
        if (event instanceof StartEvent && event.getParentElement() instanceof SubProcess scope) {
            return name(scope) + ", ends everything else here";
        }
        return event.getIncoming().stream()
                .map(SequenceFlow::getSource)
                .filter(EventBasedGateway.class::isInstance)
                .map(FlowPage::name)
                .collect(Collectors.joining());
    }

    private static String comes(CatchEvent event) {
        for (EventDefinition cause : event.getChildElementsByType(EventDefinition.class)) {
            if (cause instanceof MessageEventDefinition message) {
                return "message `" + message.getMessage().getName() + "`";
            }
            if (cause instanceof TimerEventDefinition timer) {
                return "at `" + timer.getTextContent().strip().replaceAll("^\\$\\{|}$", "") + "`";
            }
        }
        return "";
    }

    private void ends() {
        table(
                "Ends",
                List.of("end", "status", "outcome", "what it means"),
                of(EndEvent.class)
                        .map(end -> List.of(
                                name(end),
                                property(end, "status") == null ? "" : property(end, "status"),
                                property(end, "outcome") == null ? "" : property(end, "outcome"),
                                documentation(end))));
    }

    private void verbs() {
        table(
                "Verbs",
                List.of("verb", "what it promises", "needs", "sets"),
                of(ServiceTask.class)
                        .map(task -> task.getCamundaDelegateExpression().replaceAll("[${}]", ""))
                        .distinct()
                        .sorted()
                        .map(verb -> List.of(
                                "`" + verb + "`",
                                verbs.get(verb).path("description").asText(),
                                verbs.get(verb).path("metadata").path("needs").asText(),
                                sets(verbs.get(verb)))));
    }

    static String sets(JsonNode template) {
        var names = new ArrayList<String>();
        template.path("metadata").path("sets").forEach(name -> names.add("`" + name.asText() + "`"));
        return String.join(", ", names);
    }

    /** In the order of the file, which is the order in which the flow was drawn. */
    private <T extends FlowElement> Stream<T> of(Class<T> type) {
        return elements(process.getFlowElements()).filter(type::isInstance).map(type::cast);
    }

    private static Stream<FlowElement> elements(Collection<FlowElement> some) {
        return some.stream()
                .flatMap(element -> element instanceof SubProcess scope
                        ? Stream.concat(Stream.of(element), elements(scope.getFlowElements()))
                        : Stream.of(element));
    }

    private void table(String title, List<String> columns, Stream<List<String>> rows) {
        var cells = rows.toList();
        if (cells.isEmpty()) {
            return;
        }
        line("");
        line("## " + title);
        line("| " + String.join(" | ", columns) + " |");
        line("|" + " --- |".repeat(columns.size()));
        List<String> before = List.of();
        for (List<String> row : cells) {
            boolean isSame = !before.isEmpty() && before.get(0).equals(row.get(0)) && columns.size() > 4;
            line("| " + (isSame ? "" : row.get(0)) + " | " + String.join(" | ", row.subList(1, row.size())) + " |");
            before = row;
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    /** The name of an element; where two ways only meet, the name of what follows. */
    private static String name(FlowElement element) {
        if (element.getName() == null && element instanceof FlowNode meeting) {
            return name(meeting.getOutgoing().iterator().next().getTarget());
        }
        return element.getName();
    }

    static String documentation(BaseElement element) {
        return element.getDocumentations().stream()
                .map(text -> text.getTextContent().strip().replaceAll("\\s+", " "))
                .collect(Collectors.joining(" "));
    }

    private static String firstSentence(String text) {
        return text.replaceFirst("(?<=[a-z])[.:].*", ".");
    }

    static String property(BaseElement element, String name) {
        return element.getExtensionElements() == null
                ? null
                : element.getExtensionElements().getChildElementsByType(CamundaProperties.class).stream()
                        .flatMap(list -> list.getCamundaProperties().stream())
                        .filter(property -> property.getCamundaName().equals(name))
                        .map(CamundaProperty::getCamundaValue)
                        .findFirst()
                        .orElse(null);
    }
}
