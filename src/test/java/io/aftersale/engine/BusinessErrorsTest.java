package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.junit.jupiter.api.Test;

class BusinessErrorsTest {
    private static final BpmnModelInstance PART = Bpmn.createExecutableProcess("part")
            .startEvent()
            .serviceTask("Task_ReserveStock")
            .camundaDelegateExpression("${reserveStock}")
            .endEvent()
            .done();

    private final BusinessErrors errors = new BusinessErrors(
            verb -> verb.equals("reserveStock") ? Set.of("out-of-stock") : Set.of(),
            part -> part.equals("part") ? Optional.of(process(PART, "part")) : Optional.empty());

    @Test
    void what_a_verb_throws_leaves_the_flow_when_nobody_catches_it() {
        assertThat(uncaught(PART, "part")).containsExactly(Map.entry("out-of-stock", "Task_ReserveStock"));
    }

    @Test
    void an_event_on_the_edge_catches_its_own_code_or_any() {
        assertThat(uncaught(caught("out-of-stock"), "flow")).isEmpty();
        assertThat(uncaught(caught(null), "flow")).isEmpty();
        assertThat(uncaught(caught("something-else"), "flow")).containsKey("out-of-stock");
    }

    @Test
    void what_leaves_a_part_comes_out_of_the_call() {
        var flow = Bpmn.createExecutableProcess("flow")
                .startEvent()
                .callActivity("Call_Part")
                .calledElement("part")
                .endEvent()
                .done();

        assertThat(uncaught(flow, "flow")).containsExactly(Map.entry("out-of-stock", "Call_Part"));
    }

    @Test
    void an_error_of_a_sub_process_is_caught_on_its_edge_or_by_an_event_sub_process_beside_it() {
        var edge = Bpmn.createExecutableProcess("flow")
                .startEvent()
                .subProcess("SubProcess_Inner")
                .embeddedSubProcess()
                .startEvent()
                .endEvent("EndEvent_Failed")
                .error("failed")
                .subProcessDone()
                .endEvent()
                .moveToActivity("SubProcess_Inner")
                .boundaryEvent()
                .error("failed")
                .endEvent()
                .done();
        assertThat(uncaught(edge, "flow")).isEmpty();

        var builder = Bpmn.createExecutableProcess("flow");
        builder.eventSubProcess().startEvent().error("failed").endEvent();
        var beside = builder.startEvent()
                .subProcess()
                .embeddedSubProcess()
                .startEvent()
                .endEvent("EndEvent_Failed")
                .error("failed")
                .subProcessDone()
                .endEvent()
                .done();
        assertThat(uncaught(beside, "flow")).isEmpty();
    }

    @Test
    void parts_that_call_each_other_come_to_an_end() {
        var loop = Bpmn.createExecutableProcess("part")
                .startEvent()
                .callActivity("Call_Itself")
                .calledElement("part")
                .endEvent()
                .done();

        assertThat(uncaught(loop, "part")).isEmpty();
    }

    private static BpmnModelInstance caught(String code) {
        var edge = Bpmn.createExecutableProcess("flow")
                .startEvent()
                .serviceTask("Task_ReserveStock")
                .camundaDelegateExpression("${reserveStock}")
                .endEvent()
                .moveToActivity("Task_ReserveStock")
                .boundaryEvent("Event_OutOfStock");
        return (code == null ? edge.error() : edge.error(code)).endEvent().done();
    }

    private Map<String, String> uncaught(BpmnModelInstance flow, String id) {
        return errors.uncaught(process(flow, id));
    }

    private static Process process(BpmnModelInstance model, String id) {
        return model.getModelElementById(id);
    }
}
