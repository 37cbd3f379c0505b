package io.aftersale.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.support.RunningApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * What every diagram and form keeps to, so that people can read them, Java can serve them and a process owner can change
 * them. Whoever edits a model in Modeler learns here what a developer would have told them.
 */
@RunningApp
class ModelContractTest {
    private static final Path MODELS = Path.of("bpmn");
    private static final Path SOURCES = Path.of("src/main/java");

    private static final Set<String> STATUSES = Set.of(
            "SUBMITTED",
            "AUDITING",
            "AWAITING_EVIDENCE",
            "REJECTED",
            "DISPUTED",
            "AWAITING_GOODS",
            "GOODS_IN_TRANSIT",
            "INSPECTING",
            "AWAITING_BUYER",
            "REPAIRING",
            "SHIPPING",
            "PAYING",
            "COMPLETED",
            "WITHDRAWN",
            "EXPIRED",
            "CLOSED",
            "SCANNING",
            "MODERATING",
            "AWAITING_EDIT",
            "PUBLISHED",
            "HIDDEN",
            "NOT_RATED",
            "OPEN",
            "ANSWERED",
            "FOLLOW_UP");

    /** Those in which a flow of its own may end. */
    private static final Set<String> FINAL_STATUSES =
            Set.of("COMPLETED", "CLOSED", "WITHDRAWN", "EXPIRED", "PUBLISHED", "HIDDEN", "NOT_RATED");

    private static final Set<String> MESSAGES = Set.of(
            "application-withdrawn",
            "application-amended",
            "evidence-added",
            "decision-disputed",
            "goods-shipped",
            "goods-received",
            "offer-answered",
            "quote-answered",
            "difference-paid",
            "replacement-delivered",
            "case-converted",
            "payout-settled",
            "parcel-announced",
            "allowance-agreed",
            "review-invited",
            "review-written",
            "review-edited",
            "review-flagged",
            "review-withdrawn",
            "hiding-ordered",
            "restoration-ordered",
            "satisfaction-given");
    private static final Set<String> GROUPS = Set.of(
            "reviewers",
            "supervisors",
            "arbitrators",
            "warehouse",
            "technicians",
            "finance",
            "moderators",
            "agents",
            "${candidateGroup}");
    /** What the form viewer in Tasklist can show; anything else breaks the whole form. */
    private static final Set<String> FORM_PARTS = Set.of(
            "text",
            "html",
            "image",
            "table",
            "group",
            "dynamiclist",
            "textfield",
            "textarea",
            "number",
            "datetime",
            "checkbox",
            "checklist",
            "radio",
            "select",
            "taglist",
            "expression",
            "separator",
            "spacer");

    private static final Map<Class<? extends FlowElement>, String> IDS = Map.of(
            StartEvent.class, "StartEvent_",
            EndEvent.class, "EndEvent_",
            CatchEvent.class, "(Start)?Event_",
            Task.class, "Task_",
            Gateway.class, "Gateway_",
            CallActivity.class, "Call_",
            SubProcess.class, "SubProcess_",
            SequenceFlow.class, "(Flow|From)_");

    @Autowired
    ApplicationContext beans;

    static List<Path> diagrams() {
        return files(MODELS, ".bpmn");
    }

    static List<Path> forms() {
        return files(MODELS.resolve("forms"), ".form");
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void file_and_process_have_one_name(Path file) {
        Process process = process(file);
        assertThat(process.getId()).isEqualTo(nameOf(file)).matches("[a-z]+(-[a-z]+)*");
        assertThat(process.isExecutable()).isTrue();
        assertThat(process.getName()).isNotBlank();
        assertThat(process.getCamundaVersionTag()).as("version tag").matches("\\d+\\.\\d+\\.\\d+");
        assertThat(process.getCamundaHistoryTimeToLiveString())
                .as("time to live counts from the start, so it is longer than a case can last")
                .matches("P\\d{4}D");
        assertThat(process.isCamundaStartableInTasklist())
                .as("a called part cannot be started by hand")
                .isEqualTo(!file.startsWith(MODELS.resolve("parts")));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void ids_say_what_an_element_is(Path file) {
        for (FlowElement element : elements(file)) {
            IDS.entrySet().stream()
                    .filter(kind -> kind.getKey().isInstance(element))
                    .filter(kind -> kind.getKey() != CatchEvent.class || !(element instanceof StartEvent))
                    .forEach(kind -> assertThat(element.getId()).matches(kind.getValue() + "[A-Za-z0-9_]+"));
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void a_task_has_one_name_in_label_id_and_verb(Path file) {
        for (FlowElement element : elements(file)) {
            if (element instanceof Task || element instanceof CallActivity) {
                String name = element.getId().substring(element.getId().indexOf('_') + 1);
                assertThat(capitalised(latin(element.getName())))
                        .as("the label of " + element.getId())
                        .isEqualTo(name);
                assertThat(element.getName())
                        .as("people also read it in Chinese")
                        .containsPattern("\\p{IsHan}");
                if (element instanceof ServiceTask task) {
                    assertThat(task.getCamundaDelegateExpression())
                            .as("the verb of " + task.getId())
                            .isEqualTo("${" + decapitalised(name) + "}");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void every_verb_is_a_bean_of_ours_and_nothing_else_is_called(Path file) {
        for (ServiceTask task : model(file).getModelElementsByType(ServiceTask.class)) {
            String verb = beanOf(task.getCamundaDelegateExpression());
            assertThat(beans.containsBean(verb) && beans.isTypeMatch(verb, JavaDelegate.class))
                    .as(verb)
                    .isTrue();
        }
        for (CamundaTaskListener listener : model(file).getModelElementsByType(CamundaTaskListener.class)) {
            String verb = beanOf(listener.getCamundaDelegateExpression());
            assertThat(beans.containsBean(verb) && beans.isTypeMatch(verb, TaskListener.class))
                    .as(verb)
                    .isTrue();
        }
        for (UserTask task : model(file).getModelElementsByType(UserTask.class)) {
            String view = property(task, "view");
            assertThat(beans.containsBean(view) && beans.isTypeMatch(view, TaskListener.class))
                    .as("the view of " + task.getId())
                    .isTrue();
        }
        assertThat(text(file))
                .doesNotContain("camunda:class=", "camunda:expression=", "camunda:resource=", "camunda:connector")
                .doesNotContain("scriptTask", "camunda:script", "scriptFormat");
    }

    @Test
    void every_verb_is_used_by_some_diagram() {
        String all = diagrams().stream().map(ModelContractTest::text).collect(Collectors.joining());
        for (Class<?> kind : List.of(JavaDelegate.class, TaskListener.class, ExecutionListener.class)) {
            Stream.of(beans.getBeanNamesForType(kind))
                    .filter(verb -> beans.getType(verb) != null && !isOfTests(verb))
                    .forEach(verb -> assertThat(all)
                            .as(verb)
                            .containsAnyOf("\"${" + verb + "}\"", "name=\"view\" value=\"" + verb + "\""));
        }
    }

    @Test
    void every_expected_failure_of_a_verb_is_caught_and_every_caught_one_can_happen() {
        Set<String> thrown = new TreeSet<>();
        files(SOURCES, ".java")
                .forEach(source -> Pattern.compile("new BpmnError\\(\\s*\"([^\"]+)\"")
                        .matcher(text(source))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(thrown::add));
        Set<String> caught = new TreeSet<>();
        for (Path file : diagrams()) {
            for (ErrorEventDefinition catching : model(file).getModelElementsByType(ErrorEventDefinition.class)) {
                Error error = catching.getError();
                assertThat(error.getErrorCode()).matches("[a-z]+(-[a-z]+)*");
                caught.add(error.getErrorCode());
            }
        }
        assertThat(caught).isEqualTo(thrown);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void a_verb_that_calls_outside_stands_alone_in_its_transaction(Path file) {
        Set<String> outside = ModelFiles.templates().stream()
                .map(template -> template.path("metadata"))
                .filter(verb -> verb.path("outside").asBoolean())
                .map(verb -> verb.path("verb").asText())
                .collect(Collectors.toSet());
        assertThat(outside).contains("issueRefund");
        for (ServiceTask task : model(file).getModelElementsByType(ServiceTask.class)) {
            if (outside.contains(beanOf(task.getCamundaDelegateExpression()))) {
                assertThat(task.isCamundaAsyncBefore()).as(task.getId()).isTrue();
                assertThat(task.isCamundaAsyncAfter()).as(task.getId()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void forms_tables_and_parts_exist_and_are_always_the_latest(Path file) {
        for (UserTask task : model(file).getModelElementsByType(UserTask.class)) {
            assertThat(MODELS.resolve("forms/" + task.getCamundaFormRef() + ".form"))
                    .exists();
            assertThat(task.getCamundaFormRef()).isEqualTo(kebab(nameIn(task.getId())));
            assertThat(task.getCamundaFormRefBinding()).isEqualTo("latest");
        }
        for (CallActivity call : model(file).getModelElementsByType(CallActivity.class)) {
            String called = call.getCalledElement();
            boolean isPart = Files.exists(MODELS.resolve("parts/" + called + ".bpmn"));
            assertThat(isPart || Files.exists(MODELS.resolve(called + ".bpmn")))
                    .as(call.getId() + " calls " + called)
                    .isTrue();
            assertThat(call.getCamundaCalledElementBinding()).isEqualTo("latest");
            assertThat(extensions(call, CamundaIn.class))
                    .as(call.getId() + " hands on the case number, or the one that was drawn for a flow of its own")
                    .extracting(CamundaIn::getCamundaBusinessKey)
                    .anyMatch(key -> key != null
                            && key.matches(isPart ? "#\\{execution\\.processBusinessKey}" : "#\\{\\w+Number}"));
        }
    }

    @Test
    void every_table_that_java_asks_exists() {
        var asked = Pattern.compile("(?:rules|tables)\\.ask\\(\\s*\"([^\"]+)\"");
        for (Path source : files(SOURCES, ".java")) {
            asked.matcher(text(source))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .forEach(table -> assertThat(MODELS.resolve("decisions/" + table + ".dmn"))
                            .exists());
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void an_answer_is_declared_empty_and_handed_on_under_its_own_name(Path file) {
        for (UserTask task : model(file).getModelElementsByType(UserTask.class)) {
            var io = extensions(task, CamundaInputOutput.class);
            assertThat(io).as(task.getId() + " declares its answer").hasSize(1);
            Collection<CamundaInputParameter> inputs = io.get(0).getCamundaInputParameters();
            Collection<CamundaOutputParameter> outputs = io.get(0).getCamundaOutputParameters();
            Set<String> declared =
                    inputs.stream().map(CamundaInputParameter::getCamundaName).collect(Collectors.toSet());
            Set<String> answer = fieldsOf(task.getCamundaFormRef());
            assertThat(declared).contains("decision").containsAll(answer);
            assertThat(inputs)
                    .filteredOn(input -> answer.contains(input.getCamundaName()))
                    .as("an earlier task's answer must not count for this one")
                    .allMatch(input -> input.getTextContent().isBlank());
            assertThat(outputs)
                    .extracting(CamundaOutputParameter::getCamundaName)
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(declared);
            assertThat(task.getCamundaCandidateGroups()).isIn(GROUPS);
            assertThat(task.getCamundaDueDate()).as("every wait has a due time").startsWith("${");
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void every_wait_has_a_status_and_an_end(Path file) {
        for (FlowElement element : elements(file)) {
            boolean waits = element instanceof UserTask
                    || element instanceof ReceiveTask
                    || element instanceof EventBasedGateway
                    || element instanceof CallActivity
                    || element instanceof IntermediateCatchEvent event && !isAfterEventGateway(event);
            String status = property(element, "status");
            if (waits) {
                assertThat(status).as("status of " + element.getId()).isIn(STATUSES);
            } else if (status != null) {
                if (element instanceof ServiceTask) {
                    assertThat(status).as("a step that people may see at work").isEqualTo("SCANNING");
                } else {
                    assertThat(element).as(element.getId()).isInstanceOf(EndEvent.class);
                    assertThat(status).isIn(FINAL_STATUSES);
                    assertThat(property(element, "outcome"))
                            .as("outcome of " + element.getId())
                            .matches("[A-Z_]+");
                }
            }
            if (element instanceof EventBasedGateway gateway) {
                assertThat(gateway.getOutgoing())
                        .as(gateway.getId() + " does not wait for ever")
                        .anyMatch(flow -> isTimer((CatchEvent) flow.getTarget()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void a_flow_of_its_own_ends_with_a_status_and_an_outcome(Path file) {
        if (file.startsWith(MODELS.resolve("parts"))) {
            return;
        }
        for (EndEvent end : process(file).getChildElementsByType(EndEvent.class)) {
            if (!endsAside(end, new HashSet<>())) {
                assertThat(property(end, "status")).as(end.getId()).isNotNull();
            }
        }
    }

    /** Whether only a reminder ends here, while what it is about goes on. */
    private static boolean endsAside(FlowNode node, Set<String> seen) {
        if (node instanceof BoundaryEvent event) {
            return !event.cancelActivity();
        }
        return !seen.add(node.getId())
                || !node.getIncoming().isEmpty()
                        && node.getIncoming().stream().allMatch(flow -> endsAside(flow.getSource(), seen));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void a_gateway_asks_and_its_flows_answer(Path file) {
        for (ExclusiveGateway gateway : model(file).getModelElementsByType(ExclusiveGateway.class)) {
            if (gateway.getOutgoing().size() == 1) {
                continue;
            }
            assertThat(gateway.getIncoming())
                    .as(gateway.getId() + " does one thing")
                    .hasSize(1);
            assertThat(gateway.getName()).as(gateway.getId()).endsWith("?");
            assertThat(gateway.getDefault())
                    .as("the safe answer of " + gateway.getId())
                    .isNotNull();
            for (SequenceFlow answer : gateway.getOutgoing()) {
                assertThat(answer.getName()).as(answer.getId()).isNotBlank();
                assertThat(answer.getConditionExpression() == null)
                        .as("the condition of " + answer.getId())
                        .isEqualTo(answer.equals(gateway.getDefault()));
                assertThat(answer.getId()).startsWith("Flow_");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void money_moves_on_one_word_only(Path file) {
        for (SequenceFlow flow : model(file).getModelElementsByType(SequenceFlow.class)) {
            if (flow.getTarget().getId().matches("Call_Payout|Task_RecordApproval|Task_ApproveBy.*|Task_Overturn.*")
                    && flow.getSource() instanceof ExclusiveGateway gateway
                    && gateway.getOutgoing().size() > 1) {
                assertThat(flow.getConditionExpression()).as(flow.getId()).isNotNull();
                assertThat(gateway.getDefault()).isNotEqualTo(flow);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everything_is_explained(Path file) {
        assertThat(documentation(process(file))).as(file.toString()).isNotBlank();
        for (FlowElement element : elements(file)) {
            if (!(element instanceof SequenceFlow)) {
                assertThat(documentation(element))
                        .as("documentation of " + element.getId())
                        .isNotBlank();
            }
            boolean needsName = !(element instanceof SequenceFlow)
                    && !(element instanceof ExclusiveGateway gateway
                            && gateway.getOutgoing().size() == 1);
            if (needsName) {
                assertThat(element.getName()).as("name of " + element.getId()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void messages_are_the_ones_that_buyers_and_machines_can_send(Path file) {
        for (Message message : model(file).getModelElementsByType(Message.class)) {
            assertThat(message.getName()).isIn(MESSAGES);
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everything_is_drawn(Path file) {
        BpmnModelInstance model = model(file);
        Map<String, BpmnShape> shapes = new HashMap<>();
        model.getModelElementsByType(BpmnShape.class)
                .forEach(shape -> shapes.put(shape.getBpmnElement().getId(), shape));
        Set<String> edges = model.getModelElementsByType(BpmnEdge.class).stream()
                .peek(edge -> assertThat(edge.getWaypoints()).hasSizeGreaterThan(1))
                .map(edge -> edge.getBpmnElement().getId())
                .collect(Collectors.toSet());
        for (FlowElement element : elements(file)) {
            if (element instanceof SequenceFlow flow) {
                assertThat(edges).contains(flow.getId());
                assertThat(flow.getSource().getOutgoing()).contains(flow);
                assertThat(flow.getTarget().getIncoming()).contains(flow);
            } else {
                assertThat(shapes).containsKey(element.getId());
                Bounds bounds = shapes.get(element.getId()).getBounds();
                if (element instanceof Task || element instanceof CallActivity) {
                    // Wider only where a long word would be broken, or stand below an event on the edge.
                    assertThat(bounds.getWidth()).as(element.getId()).isIn(100d, 120d);
                    assertThat(bounds.getHeight()).as(element.getId()).isEqualTo(80d);
                }
            }
        }
        assertNothingOverlaps(elements(file), shapes);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void every_flow_leads_to_an_end(Path file) {
        for (FlowElement element : elements(file)) {
            if (element instanceof FlowNode node) {
                boolean begins = node instanceof StartEvent || node instanceof BoundaryEvent;
                boolean apart = node instanceof SubProcess part && part.triggeredByEvent();
                assertThat(node.getIncoming().isEmpty())
                        .as("ways into " + node.getId())
                        .isEqualTo(begins || apart);
                assertThat(node.getOutgoing().isEmpty())
                        .as("ways out of " + node.getId())
                        .isEqualTo(node instanceof EndEvent || apart);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_form_shows_in_tasklist(Path file) {
        JsonNode form = json(file);
        assertThat(form.get("id").asText()).isEqualTo(nameOf(file));
        assertThat(form.get("schemaVersion").asInt()).isEqualTo(16);
        assertThat(form.get("executionPlatform").asText()).isEqualTo("Camunda Platform");
        Set<String> ids = new HashSet<>();
        for (JsonNode part : parts(form)) {
            assertThat(part.get("type").asText()).isIn(FORM_PARTS);
            assertThat(ids.add(part.get("id").asText()))
                    .as(part.get("id").asText())
                    .isTrue();
            if (part.get("type").asText().equals("number")) {
                assertThat(part.get("key").asText())
                        .as("number fields arrive as Double, so money is never one")
                        .doesNotContainIgnoringCase("minor")
                        .doesNotContainIgnoringCase("amount");
            }
            if (part.has("label")) {
                assertThat(part.get("label").asText())
                        .as("people read it in English and in Chinese")
                        .containsPattern("[A-Za-z%]")
                        .containsPattern("\\p{IsHan}");
            }
        }
    }

    private static void assertNothingOverlaps(List<FlowElement> elements, Map<String, BpmnShape> shapes) {
        List<FlowElement> apart = elements.stream()
                .filter(element -> !(element instanceof SequenceFlow))
                .filter(element -> !(element instanceof BoundaryEvent))
                .filter(element -> !(element instanceof SubProcess))
                .toList();
        for (FlowElement one : apart) {
            for (FlowElement other : apart) {
                if (one.getId().compareTo(other.getId()) < 0) {
                    Bounds a = shapes.get(one.getId()).getBounds();
                    Bounds b = shapes.get(other.getId()).getBounds();
                    boolean overlap = a.getX() < b.getX() + b.getWidth()
                            && b.getX() < a.getX() + a.getWidth()
                            && a.getY() < b.getY() + b.getHeight()
                            && b.getY() < a.getY() + a.getHeight();
                    assertThat(overlap)
                            .as(one.getId() + " over " + other.getId())
                            .isFalse();
                }
            }
        }
    }

    private boolean isOfTests(String verb) {
        var type = beans.getType(verb);
        return type == null || beans.findAnnotationOnBean(verb, RunningApp.class) != null || verb.startsWith("trial");
    }

    private static boolean isAfterEventGateway(IntermediateCatchEvent event) {
        return event.getIncoming().stream().anyMatch(flow -> flow.getSource() instanceof EventBasedGateway);
    }

    private static boolean isTimer(CatchEvent event) {
        return !event.getChildElementsByType(TimerEventDefinition.class).isEmpty();
    }

    private static String property(BaseElement element, String name) {
        return extensions(element, CamundaProperties.class).stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .findFirst()
                .orElse(null);
    }

    private static <T extends org.camunda.bpm.model.bpmn.instance.BpmnModelElementInstance> List<T> extensions(
            BaseElement element, Class<T> type) {
        return element.getExtensionElements() == null
                ? List.of()
                : List.copyOf(element.getExtensionElements().getChildElementsByType(type));
    }

    private static String documentation(BaseElement element) {
        return element.getDocumentations().stream()
                .map(words -> words.getTextContent())
                .collect(Collectors.joining());
    }

    private static Set<String> fieldsOf(String form) {
        var fields = new HashSet<String>();
        addFields(json(MODELS.resolve("forms/" + form + ".form")), fields);
        return fields;
    }

    /** A list that people fill in is one field, whatever its entries are made of. */
    private static void addFields(JsonNode form, Set<String> fields) {
        for (JsonNode part : form.path("components")) {
            if (part.has("path")) {
                fields.add(part.get("path").asText());
                continue;
            }
            if (part.has("key") && !part.path("disabled").asBoolean()) {
                fields.add(part.get("key").asText());
            }
            addFields(part, fields);
        }
    }

    private static List<JsonNode> parts(JsonNode form) {
        var all = new ArrayList<JsonNode>();
        form.path("components").forEach(part -> {
            all.add(part);
            all.addAll(parts(part));
        });
        return all;
    }

    private static List<FlowElement> elements(Path file) {
        return List.copyOf(model(file).getModelElementsByType(FlowElement.class));
    }

    private static Process process(Path file) {
        Collection<Process> processes = model(file).getModelElementsByType(Process.class);
        assertThat(processes).hasSize(1);
        return processes.iterator().next();
    }

    private static BpmnModelInstance model(Path file) {
        return Bpmn.readModelFromFile(file.toFile());
    }

    private static String beanOf(String expression) {
        assertThat(expression).matches("\\$\\{[a-zA-Z]+}");
        return expression.substring(2, expression.length() - 1);
    }

    private static String nameIn(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    /** The part of a label in Latin letters: "Audit application 审核申请" gives "Audit application". */
    private static String latin(String label) {
        return label.replaceAll("[^\\p{IsLatin}\\d ]", "").trim();
    }

    private static String capitalised(String words) {
        return Arrays.stream(words.split(" +"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static String decapitalised(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String kebab(String name) {
        return decapitalised(name).replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> files(Path folder, String ending) {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
