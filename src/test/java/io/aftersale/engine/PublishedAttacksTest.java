package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The attacks that were published against this version of the engine, and those found on it here, tried again. */
@RunningApp
class PublishedAttacksTest {
    private static final String WEB = "/camunda/api/engine/engine/default";

    @LocalServerPort
    int port;

    @Autowired
    Trial trial;

    @Autowired
    TaskService tasks;

    @Autowired
    FilterService filters;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @TempDir
    Path folder;

    private Path proof;

    @BeforeEach
    void deploy() {
        trial.deploy();
        proof = folder.resolve("run-by-an-expression");
    }

    /** Runs a command of the operating system where expressions reach Java. */
    private String payload() {
        return "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('touch "
                + proof
                + "')}";
    }

    @Test
    void an_expression_in_a_query_runs_nothing() throws Exception {
        var bodies = List.of(
                "{\"orQueries\":[{\"dueAfterExpression\":\"" + payload() + "\"}]}",
                "{\"dueAfterExpression\":\"" + payload() + "\"}",
                "{\"assigneeExpression\":\"" + payload() + "\"}",
                "{\"orQueries\":[{\"due\\u0041fterExpression\":\"" + payload() + "\"}]}",
                "{\"orQueries\":[{\"dueAfterExpression\":\"" + payload() + "\",\"dueAfterExpression\":null}]}");
        for (String user : List.of("reviewer", "supervisor", "admin")) {
            var browser = Http.inBrowser(port, user, "tasklist");
            for (String body : bodies) {
                for (Answer answer : List.of(
                        Http.as(port, user).post("/engine-rest/task", body),
                        Http.as(port, user).post("/engine-rest/task/count", body),
                        browser.post(WEB + "/task", body))) {
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                    assertThat(answer.code()).isEqualTo("expression-refused");
                }
            }
            var inAddress = Http.as(port, user).get("/engine-rest/task?maxResults=1&dueAfter%45xpression=x");
            assertThat(inAddress.code()).isEqualTo("expression-refused");
        }
        assertNothingRan();
    }

    @Test
    void an_expression_that_reaches_the_engine_all_the_same_runs_nothing() throws Exception {
        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .or()
                        .dueAfterExpression(payload())
                        .endOr()
                        .list())
                .isInstanceOf(RuntimeException.class);

        var filter = filters.newTaskFilter("attack");
        filter.setQuery(tasks.createTaskQuery().taskAssigneeExpression(payload()));
        filters.saveFilter(filter);
        try {
            assertThatThrownBy(() -> filters.list(filter.getId())).isInstanceOf(RuntimeException.class);
        } finally {
            filters.deleteFilter(filter.getId());
        }
        assertNothingRan();
    }

    @Test
    void nobody_stores_a_filter_with_an_expression() {
        String body =
                "{\"resourceType\":\"Task\",\"name\":\"x\",\"query\":{\"assigneeExpression\":\"${currentUser()}\"}}";
        assertThat(Http.as(port, "admin")
                        .post("/engine-rest/filter/create", body)
                        .code())
                .isEqualTo("expression-refused");
        assertThat(Http.inBrowser(port, "admin", "tasklist")
                        .post(WEB + "/filter/create", body)
                        .code())
                .isEqualTo("expression-refused");
        assertThat(Http.as(port, "reviewer")
                        .post("/engine-rest/filter/create", "{\"resourceType\":\"Task\",\"name\":\"x\"}")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"startInstructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"Task_SecondTrial\"}],\"skipCustomListeners\":true}",
                "{\"startInstructions\":[]}",
                "{\"skipCustomListeners\":true}",
                "{\"skipIoMappings\":true}",
                "{\"businessKey\":\"AS-2026-00000001\"}",
                "{\"caseInstanceId\":\"x\"}"
            })
    void a_flow_starts_at_its_beginning_and_its_number_is_ours(String body) {
        long before = trial.instances();

        for (String how : List.of("start", "submit-form")) {
            for (String user : List.of("shop", "admin")) {
                var answer = Http.as(port, user).post("/engine-rest/process-definition/key/trial/" + how, body);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                assertThat(answer.code()).isEqualTo("field-unknown");
            }
        }
        assertThat(trial.instances()).isEqualTo(before);
    }

    @Test
    void a_system_starts_a_flow_for_its_own_merchant() {
        var answer = Http.as(port, "shop2").post("/engine-rest/process-definition/key/trial/start", "{}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("tenantId").asText()).isEqualTo("M-2");
    }

    @Test
    void a_part_starts_with_its_flow_only() {
        for (String user : List.of("shop", "admin")) {
            for (String how : List.of("start", "submit-form")) {
                var answer = Http.as(port, user).post("/engine-rest/process-definition/key/trial-part/" + how, "{}");
                assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            }
        }
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("trial-part")
                        .count())
                .isZero();
    }

    @Test
    void a_shop_sees_nothing_of_another_merchant() {
        String instance = trial.start("M-1");
        trial.start("M-2");

        assertThat(Http.as(port, "shop")
                        .get("/engine-rest/process-instance/" + instance)
                        .status())
                .isEqualTo(200);
        assertThat(Http.as(port, "shop2")
                        .get("/engine-rest/process-instance/" + instance)
                        .status())
                .isEqualTo(404);
        assertThat(Http.as(port, "shop2")
                        .get("/engine-rest/history/process-instance/" + instance)
                        .status())
                .isEqualTo(404);
        for (String list : List.of("process-instance", "history/process-instance")) {
            var seen = Http.as(port, "shop2").get("/engine-rest/" + list + "?maxResults=200");
            assertThat(seen.json())
                    .isNotEmpty()
                    .allMatch(row -> row.path("tenantId").asText().equals("M-2"));
        }
    }

    @Test
    void a_list_has_an_end() {
        for (String user : List.of("reviewer", "owner", "admin", "shop")) {
            String list = user.equals("reviewer") ? "task" : "process-instance";
            assertThat(Http.as(port, user).get("/engine-rest/" + list).status()).isEqualTo(400);
            assertThat(Http.as(port, user)
                            .get("/engine-rest/" + list + "?maxResults=201")
                            .status())
                    .isEqualTo(400);
            assertThat(Http.as(port, user)
                            .get("/engine-rest/" + list + "?maxResults=200")
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"variables\":{\"description\":{\"value\":\"my card 4242 4242-4242 4242\"}}}",
                "{\"variables\":{\"description\":{\"value\":4242424242424242,\"type\":\"Long\"}}}",
                "{\"variables\":{\"address\":{\"value\":\"{\\\"text\\\":\\\"4242424242424242\\\"}\",\"type\":\"Json\"}}}",
                "{\"variables\":{\"payTo\":{\"value\":\"{\\\"method\\\":\\\"BANK_CARD\\\",\\\"cardNumber\\\":\\\"x\\\"}\",\"type\":\"Json\"}}}",
                "{\"variables\":{\"afterSale\":{\"value\":\"{\\\"description\\\":\\\"4242424242424242\\\"}\",\"type\":\"Json\"}}}"
            })
    void a_card_number_is_refused_at_the_engines_door(String body) {
        long before = trial.instances();

        var answer = Http.as(port, "shop").post("/engine-rest/process-definition/key/trial/start", body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("card-number-not-here");
        assertThat(answer.text()).doesNotContain("4242");
        assertThat(trial.instances()).isEqualTo(before);
    }

    @Test
    void an_id_may_look_like_a_card_number() {
        var answer = Http.as(port, "shop")
                .post(
                        "/engine-rest/process-definition/key/trial/start",
                        "{\"variables\":{\"orderId\":{\"value\":\"6011111111111117\"}}}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void a_body_that_is_too_large_or_no_json_ends_at_the_door() {
        var shop = Http.as(port, "shop");
        String start = "/engine-rest/process-definition/key/trial/start";

        assertThat(shop.post(start, "{\"x\":\"" + "a".repeat(300_000) + "\"}").status())
                .isEqualTo(413);
        for (String body : List.of("{", "[1", "nonsense", "{\"a\":}", "\u0000")) {
            var answer = shop.post(start, body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("malformed-request");
        }
        assertThat(shop.post(start, "[".repeat(5000)).status()).isEqualTo(400);
        var wrongType = shop.send(shop.request("POST", start)
                .header("Content-Type", "text/plain")
                .method("POST", BodyPublishers.ofString("{}")));
        assertThat(wrongType.status()).as(wrongType.toString()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bpmn:serviceTask id=\"Task_Bad\" camunda:class=\"java.lang.Object\"/>",
                "<bpmn:serviceTask id=\"Task_Bad\" camunda:expression=\"${accounts.leave()}\"/>",
                "<bpmn:serviceTask id=\"Task_Bad\" camunda:delegateExpression=\"${accounts}\"/>",
                "<bpmn:serviceTask id=\"Task_Bad\" camunda:delegateExpression=\"${noSuchVerb}\"/>",
                "<bpmn:serviceTask id=\"Task_Bad\" camunda:type=\"external\" camunda:topic=\"x\"/>",
                "<bpmn:serviceTask id=\"Task_Bad\" camunda:type=\"shell\"/>",
                "<bpmn:userTask id=\"Task_Bad\" camunda:formKey=\"embedded:deployment:page.html\"/>",
                "<bpmn:serviceTask id=\"Task_Bad\"><bpmn:extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></bpmn:extensionElements></bpmn:serviceTask>",
                "<bpmn:scriptTask id=\"Task_Bad\" scriptFormat=\"javascript\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>",
                "<bpmn:userTask id=\"Task_Bad\"><bpmn:extensionElements><camunda:taskListener event=\"create\" class=\"java.lang.Object\"/></bpmn:extensionElements></bpmn:userTask>",
                "<bpmn:userTask id=\"Task_Bad\"><bpmn:extensionElements><camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:executionListener></bpmn:extensionElements></bpmn:userTask>",
                "<bpmn:userTask id=\"Task_Bad\"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:userTask>"
            })
    void a_diagram_brings_no_code_of_its_own(String element) throws Exception {
        var answer = deployAs("owner", diagram(element));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("model-refused");
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("attack")
                        .count())
                .isZero();
    }

    @Test
    void an_owner_deploys_a_diagram_that_is_clean_and_nobody_else_does() throws Exception {
        String clean = diagram("<bpmn:endEvent id=\"Task_Bad\"/>");

        for (String user : List.of("reviewer", "shop", "finance")) {
            assertThat(deployAs(user, clean).status()).isEqualTo(403);
        }
        var answer = deployAs("owner", clean);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        repository.deleteDeployment(answer.json().path("id").asText(), true);
    }

    @Test
    void a_diagram_reads_no_file_of_the_machine() throws Exception {
        Files.writeString(proof, "outside");
        String reader = "<!DOCTYPE x [<!ENTITY file SYSTEM \"" + proof.toUri() + "\">]>"
                + diagram("<bpmn:userTask id=\"Task_Bad\" name=\"&file;\"/>")
                        .replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "");

        var answer = deployAs("owner", reader);

        assertThat(answer.status()).as(answer.toString()).isIn(400, 422);
        assertThat(answer.text()).doesNotContain("outside");
    }

    private Answer deployAs(String user, String diagram) {
        String edge = "edge";
        String body = "--edge\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nattack\r\n"
                + "--edge\r\nContent-Disposition: form-data; name=\"attack.bpmn\"; filename=\"attack.bpmn\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n"
                + diagram
                + "\r\n--edge--\r\n";
        var http = Http.as(port, user);
        return http.send(http.request("POST", "/engine-rest/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=" + edge)
                .method("POST", BodyPublishers.ofString(body)));
    }

    private static String diagram(String element) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="x">
                  <bpmn:process id="attack" isExecutable="true" camunda:historyTimeToLive="P1200D">
                    <bpmn:startEvent id="Start"/>
                    <bpmn:sequenceFlow id="Flow" sourceRef="Start" targetRef="Task_Bad"/>
                    %s
                  </bpmn:process>
                </bpmn:definitions>
                """.formatted(element);
    }

    /** A command that was started is waited for. */
    private void assertNothingRan() {
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(proof.toString()))
                .forEach(child -> child.onExit().join());
        assertThat(proof).doesNotExist();
    }
}
