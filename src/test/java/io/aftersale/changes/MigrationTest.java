package io.aftersale.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.Owner;
import io.aftersale.support.RunningApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Running cases are moved to a changed diagram, over real HTTP, on a small flow of the test's own. */
@RunningApp
class MigrationTest {
    private static final String FLOW = "moving";
    private static final String PATH = "/api/flows/" + FLOW + "/migration";

    @LocalServerPort
    int port;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identities;

    private Http owner;
    private int old;

    @BeforeEach
    void deployTheOldVersion() {
        owner = Http.as(port, "owner");
        old = deploy(diagram("Task_Look", "Task_Settle"));
    }

    @Test
    void running_cases_move_to_a_changed_diagram_and_go_on_there() {
        String first = start("M-1");
        String second = start("M-2");
        int changed = deploy(diagram("Task_Look", "Task_Remind", "Task_Settle"));

        var plan = plan(old, changed);
        assertThat(plan.path("maps").asBoolean()).as(plan.toString()).isTrue();
        assertThat(plan.path("instances").asInt()).isEqualTo(2);
        assertThat(plan.path("places").findValuesAsText("elements")).hasSize(1);
        assertThat(versionOf(first)).as("a plan moves nothing").isEqualTo(old);

        var begun = owner.post(PATH, order(old, changed));
        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        assertThat(begun.json().path("total").asInt()).isEqualTo(2);
        var done = Eventually.get(
                () -> owner.get(begun.header("Location")).json(),
                status -> status.path("finished").asBoolean());

        assertThat(done.path("done").asInt()).as(done.toString()).isEqualTo(2);
        assertThat(done.path("failed").asInt()).isZero();
        assertThat(done.path("startedBy").asText()).isEqualTo("owner");
        assertThat(List.of(versionOf(first), versionOf(second))).containsOnly(changed);
        assertThat(runtime.getActiveActivityIds(first)).containsExactly("Task_Look");
    }

    @Test
    void what_does_not_map_is_named_and_nothing_moves() {
        String stuck = start("M-1");
        int changed = deploy(diagram("Task_Inspect", "Task_Settle"));

        var plan = plan(old, changed);

        assertThat(plan.path("maps").asBoolean()).isFalse();
        var place = plan.path("places").get(0);
        assertThat(place.path("elements").get(0).asText()).isEqualTo("Task_Look");
        assertThat(place.path("why").toString()).contains("Task_Look");
        assertThat(plan.path("withoutPlace").get(0).path("element").asText()).isEqualTo("Task_Look");
        assertThat(plan.path("withoutPlace").get(0).path("why").asText()).contains("no element");
        var refused = owner.post(PATH, order(old, changed));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("migration-not-mapping");
        assertThat(refused.json().path("places").toString()).contains("Task_Look");
        assertThat(versionOf(stuck)).isEqualTo(old);
    }

    /** A service task is done at once; no running case is ever found there. */
    @Test
    void only_elements_on_which_a_case_can_stand_count_as_gone() {
        int before = deploy(steps("remindAuditors", "Event_Wait"));
        int changed = deploy(steps("escalateAudit", "Event_OtherWait"));

        var plan = plan(before, changed);

        assertThat(plan.path("withoutPlace").findValuesAsText("element")).containsExactly("Event_Wait", "Task_Later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund", "return", "audit", "goods-back", "payout"})
    void the_same_diagram_once_more_has_a_place_for_everything(String flow) {
        String path = Files.exists(Path.of("bpmn", flow + ".bpmn")) ? flow : "parts/" + flow;
        var deployed = repository
                .createDeployment()
                .addString(flow + ".bpmn", Owner.file(path + ".bpmn") + "\n")
                .deployWithResult();
        try {
            int now = deployed.getDeployedProcessDefinitions().get(0).getVersion();

            var answer = owner.get("/api/flows/" + flow + "/migration?from=" + (now - 1) + "&to=" + now);

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path("withoutPlace")).isEmpty();
        } finally {
            repository.deleteDeployment(deployed.getId(), true);
        }
    }

    @Test
    void with_leave_others_the_rest_moves() {
        String stuck = start("M-1");
        String free = start("M-1");
        complete(free);
        int changed = deploy(diagram("Task_Inspect", "Task_Settle"));

        var begun = owner.post(PATH, "{\"from\":%d,\"to\":%d,\"leaveOthers\":true}".formatted(old, changed));

        assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
        Eventually.get(
                () -> owner.get(begun.header("Location")).json(),
                status -> status.path("finished").asBoolean());
        assertThat(versionOf(free)).isEqualTo(changed);
        assertThat(versionOf(stuck)).isEqualTo(old);
    }

    @Test
    void an_element_of_another_kind_is_no_counterpart() {
        start("M-1");
        int changed = deploy(Bpmn.createExecutableProcess(FLOW)
                .camundaHistoryTimeToLive(1)
                .startEvent("StartEvent_Moving")
                .intermediateCatchEvent("Task_Look")
                .message("moving-went-on")
                .userTask("Task_Settle")
                .endEvent("EndEvent_Moving")
                .done());

        var plan = plan(old, changed);

        assertThat(plan.path("maps").asBoolean()).isFalse();
        assertThat(plan.path("withoutPlace").toString()).contains("Task_Look");
    }

    @Test
    void owners_move_the_cases_of_their_merchants_only() {
        String own = start("M-1");
        String foreign = start("M-2");
        int changed = deploy(diagram("Task_Look", "Task_Remind", "Task_Settle"));
        identities.deleteTenantUserMembership("M-2", "owner");
        String batch;
        try {
            assertThat(plan(old, changed).path("instances").asInt()).isEqualTo(1);
            var begun = owner.post(PATH, order(old, changed));
            assertThat(begun.json().path("total").asInt()).isEqualTo(1);
            batch = begun.header("Location");
            Eventually.get(
                    () -> owner.get(batch).json(),
                    status -> status.path("finished").asBoolean());
        } finally {
            identities.createTenantUserMembership("M-2", "owner");
        }
        assertThat(versionOf(own)).isEqualTo(changed);
        assertThat(versionOf(foreign)).isEqualTo(old);
        identities.deleteTenantUserMembership("M-1", "owner");
        try {
            assertThat(owner.get(batch).code()).isEqualTo("migration-not-found");
        } finally {
            identities.createTenantUserMembership("M-1", "owner");
        }
    }

    @Test
    void odd_questions_and_orders_are_refused_with_stable_codes() {
        int changed = deploy(diagram("Task_Look", "Task_Settle"));

        assertThat(owner.post(PATH, order(old, changed)).code()).isEqualTo("nothing-to-migrate");
        assertThat(owner.get(PATH + "?from=" + old + "&to=" + old).code()).isEqualTo("field-invalid");
        assertThat(owner.get(PATH + "?from=" + old + "&to=99999").code()).isEqualTo("flow-not-found");
        assertThat(owner.get("/api/flows/no-such-flow/migration?from=1&to=2").code())
                .isEqualTo("flow-not-found");
        assertThat(owner.get(PATH + "?from=" + old).code()).isEqualTo("field-missing");
        assertThat(owner.get(PATH + "?from=-1&to=x").code()).isEqualTo("field-invalid");
        assertThat(owner.post(PATH, "{}").code()).isEqualTo("field-missing");
        assertThat(owner.post(PATH, "{\"from\":1,\"to\":2,\"skipCustomListeners\":true}")
                        .code())
                .isEqualTo("field-unknown");
        assertThat(owner.get(PATH + "/no-such-batch").code()).isEqualTo("migration-not-found");
        for (String user : List.of("shop", "reviewer", "supervisor", "admin")) {
            assertThat(Http.as(port, user)
                            .get(PATH + "?from=" + old + "&to=" + changed)
                            .status())
                    .as(user)
                    .isEqualTo(403);
            assertThat(Http.as(port, user).post(PATH, order(old, changed)).status())
                    .isEqualTo(403);
        }
        var browser = Http.inBrowser(port, "owner", "cockpit");
        assertThat(browser.post(PATH, order(old, changed)).status())
                .as("a session alone moves nothing")
                .isEqualTo(401);
    }

    private JsonNode plan(int from, int to) {
        var answer = owner.get(PATH + "?from=" + from + "&to=" + to);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static String order(int from, int to) {
        return "{\"from\":%d,\"to\":%d}".formatted(from, to);
    }

    private static BpmnModelInstance diagram(String... tasks) {
        var flow = Bpmn.createExecutableProcess(FLOW)
                .camundaHistoryTimeToLive(1)
                .startEvent("StartEvent_Moving")
                .userTask(tasks[0]);
        for (int i = 1; i < tasks.length; i++) {
            flow = flow.userTask(tasks[i]);
        }
        return flow.endEvent("EndEvent_Moving").done();
    }

    /** A step that is done at once, a wait, and a step that waits for a thread. */
    private static BpmnModelInstance steps(String verb, String wait) {
        String id = "Task_" + verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
        var flow = Bpmn.createExecutableProcess(FLOW)
                .camundaHistoryTimeToLive(1)
                .startEvent("StartEvent_Moving")
                .serviceTask(id)
                .camundaDelegateExpression("${" + verb + "}")
                .intermediateCatchEvent(wait)
                .timerWithDuration("PT1H");
        return (wait.equals("Event_Wait")
                        ? flow.serviceTask("Task_Later")
                                .camundaAsyncBefore()
                                .camundaDelegateExpression("${remindAuditors}")
                        : flow)
                .endEvent("EndEvent_Moving")
                .done();
    }

    private int deploy(BpmnModelInstance diagram) {
        return repository
                .createDeployment()
                .addModelInstance(FLOW + ".bpmn", diagram)
                .deployWithResult()
                .getDeployedProcessDefinitions()
                .get(0)
                .getVersion();
    }

    /** Starts the old version as a shop would. */
    private String start(String merchant) {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(FLOW)
                .processDefinitionVersion(old)
                .singleResult()
                .getId();
        identities.setAuthentication("mover-" + merchant, List.of("camunda-admin"), List.of(merchant));
        try {
            return runtime.startProcessInstanceById(definition).getId();
        } finally {
            identities.clearAuthentication();
        }
    }

    private void complete(String instance) {
        tasks.complete(tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId());
    }

    private int versionOf(String instance) {
        String definition = runtime.createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
        return repository.getProcessDefinition(definition).getVersion();
    }
}
