package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Http;
import io.aftersale.support.Http.Answer;
import io.aftersale.support.RunningApp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What may be done with a user task, tried at both doors of the engine's REST. */
@RunningApp
class TaskGuardTest {
    private static final String APPROVE = "{\"variables\":{\"decision\":{\"value\":\"APPROVE\"}}}";

    @LocalServerPort
    int port;

    @Autowired
    Trial trial;

    @Autowired
    Accounts accounts;

    @BeforeEach
    void deploy() {
        trial.deploy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void the_assignee_answers_with_what_the_task_asks_for(String how) {
        String instance = trial.claimed(port, "reviewer");

        var answer = rest("reviewer", trial.taskOf(instance), how, APPROVE);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(204);
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.SECOND);
        assertThat(trial.variable(instance, "trialDecision")).isEqualTo("APPROVE");
        assertThat(trial.variable(instance, "assignee")).isEqualTo("reviewer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void nobody_answers_a_task_in_anothers_hands_or_in_nobodys(String how) {
        String instance = trial.claimed(port, "reviewer");
        String unclaimed = trial.start("M-1");

        var anothers = rest("reviewer2", trial.taskOf(instance), how, APPROVE);
        var nobodys = rest("reviewer2", trial.taskOf(unclaimed), how, APPROVE);

        assertThat(anothers.status()).as(anothers.toString()).isEqualTo(403);
        assertThat(anothers.code()).isEqualTo("task-not-yours");
        assertThat(nobodys.code()).isEqualTo("task-not-yours");
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.TASK);
        assertThat(trial.placeOf(unclaimed)).isEqualTo(Trial.TASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    void an_answer_overwrites_no_variable_of_the_case(String how) {
        String instance = trial.claimed(port, "reviewer");

        var answer = rest(
                "reviewer",
                trial.taskOf(instance),
                how,
                "{\"variables\":{\"decision\":{\"value\":\"APPROVE\"},\"amountMinor\":{\"value\":999,\"type\":\"Long\"}}}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("field-unknown");
        assertThat(answer.json().path("field").asText()).isEqualTo("amountMinor");
        assertThat(trial.variable(instance, "amountMinor")).isEqualTo(10L);
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.TASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"variables\":{}}", "{\"variables\":{\"decision\":{\"value\":null}}}", ""})
    void an_empty_answer_decides_nothing(String body) {
        String instance = trial.claimed(port, "reviewer");

        var answer = rest("reviewer", trial.taskOf(instance), "complete", body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("field-missing");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.TASK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "[]",
                "{\"variables\":[]}",
                "{\"variables\":{\"decision\":{\"value\":\"A\",\"type\":\"NoSuchType\"}}}",
                "{\"variables\":{\"decision\":{\"value\":{\"a\":1}}}}",
                "{\"variables\":{\"decision\":{\"value\":\"{\",\"type\":\"Json\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"x\",\"type\":\"Integer\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"NaN\",\"type\":\"Double\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"rO0ABQ==\",\"type\":\"Object\",\"valueInfo\":{\"objectTypeName\":\"java.util.Date\",\"serializationDataFormat\":\"application/json\"}}}}",
                "{\"variables\":{\"decision\":{\"value\":\"rO0ABQ==\",\"type\":\"Bytes\"}}}",
                "null",
                "{\"variables\":{\"decision\":null}}",
                "{\"variables\":{\"decision\":{\"value\":\"REJECT\"},\"decision\":{\"value\":\"APPROVE\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"REJECT\",\"value\":\"APPROVE\"}}}",
                "{\"variables\":{\"decision\":{\"value\":[\"APPROVE\"],\"type\":\"String\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"APPROVE\"},\"details\":{\"value\":\" \",\"type\":\"Json\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"APPROVE\"},\"details\":{\"value\":\"{\\\"a\\\":1,\\\"a\\\":2}\",\"type\":\"Json\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"\\\"APPROVE\",\"type\":\"Long\"}}}",
                "{\"variables\":{\"decision\":{\"value\":\"APPROVE\"}}}{}",
                "{\"noSuchField\":1}"
            })
    void an_answer_that_cannot_be_read_is_the_callers_fault(String body) {
        String instance = trial.claimed(port, "reviewer");

        var answer = rest("reviewer", trial.taskOf(instance), "complete", body);

        assertThat(answer.status()).as(answer.toString()).isIn(400, 422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.TASK);
    }

    @Test
    void json_reaches_the_room_as_a_map() {
        String instance = trial.claimed(port, "reviewer");

        var answer = rest(
                "reviewer",
                trial.taskOf(instance),
                "complete",
                "{\"variables\":{\"decision\":{\"value\":\"APPROVE\"},\"details\":{\"value\":\"{\\\"a\\\":1,\\\"b\\\":2}\",\"type\":\"Json\"}}}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(204);
        assertThat(trial.variable(instance, "size")).isEqualTo(2);
    }

    @Test
    void a_task_that_no_room_takes_answers_for_is_not_completed() {
        String instance = trial.claimed(port, "reviewer");
        rest("reviewer", trial.taskOf(instance), "complete", APPROVE);
        String second = trial.taskOf(instance);
        rest("finance", second, "claim", "{\"userId\":\"finance\"}");

        var answer = rest("finance", second, "complete", "{}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("not-allowed");
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.SECOND);
    }

    @Test
    void a_task_is_claimed_for_oneself_once_and_given_back_by_its_holder() {
        String instance = trial.start("M-1");
        String task = trial.taskOf(instance);

        assertThat(rest("reviewer", task, "claim", "{\"userId\":\"reviewer2\"}").code())
                .isEqualTo("not-allowed");
        assertThat(rest("reviewer", task, "claim", "{}").code()).isEqualTo("not-allowed");
        assertThat(rest("finance", task, "claim", "{\"userId\":\"finance\"}").status())
                .isIn(403, 404);
        assertThat(rest("reviewer", task, "claim", "{\"userId\":\"reviewer\"}").status())
                .isEqualTo(204);
        var late = rest("reviewer2", task, "claim", "{\"userId\":\"reviewer2\"}");
        assertThat(late.status()).as(late.toString()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("task-already-claimed");
        assertThat(rest("reviewer2", task, "unclaim", "").status()).isEqualTo(403);
        assertThat(trial.assigneeOf(instance)).isEqualTo("reviewer");
        assertThat(rest("reviewer", task, "unclaim", "").status()).isEqualTo(204);
        assertThat(trial.assigneeOf(instance)).isNull();
    }

    @Test
    void nobody_goes_around_claim_and_complete() {
        String instance = trial.claimed(port, "reviewer");
        String task = trial.taskOf(instance);

        for (String user : new String[] {"reviewer", "reviewer2", "supervisor", "owner", "admin", "shop"}) {
            var web = user.equals("shop") ? null : browser(user);
            for (Callable<Answer> attempt : attempts(user, web, task)) {
                Answer answer = call(attempt);
                assertThat(answer.status()).as(user + ": " + answer).isIn(400, 401, 403, 404, 405);
            }
        }
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.TASK);
        assertThat(trial.assigneeOf(instance)).isEqualTo("reviewer");
        assertThat(trial.variable(instance, "amountMinor")).isEqualTo(10L);
    }

    private List<Callable<Answer>> attempts(String user, Http web, String task) {
        var attempts = new ArrayList<Callable<Answer>>();
        var doors = new ArrayList<>(List.of(Http.as(port, user)));
        var paths = new ArrayList<>(List.of("/engine-rest/task/"));
        if (web != null) {
            doors.add(web);
            paths.add("/camunda/api/engine/engine/default/task/");
        }
        for (int i = 0; i < doors.size(); i++) {
            Http door = doors.get(i);
            String path = paths.get(i) + task;
            attempts.add(() -> door.post(path + "/resolve", "{}"));
            attempts.add(() -> door.post(path + "/delegate", "{\"userId\":\"reviewer2\"}"));
            attempts.add(() -> door.post(path + "/bpmnError", "{\"errorCode\":\"x\"}"));
            attempts.add(() -> door.post(path + "/bpmnEscalation", "{\"escalationCode\":\"x\"}"));
            attempts.add(() -> door.put(path + "/variables/amountMinor", "{\"value\":999,\"type\":\"Nothing\"}"));
            if (!user.equals("admin")) {
                attempts.add(() -> door.post(path + "/assignee", "{\"userId\":\"reviewer2\"}"));
                attempts.add(() -> door.put(path + "/variables/amountMinor", "{\"value\":999,\"type\":\"Long\"}"));
                attempts.add(() -> door.put(path + "/localVariables/decision", "{\"value\":\"APPROVE\"}"));
                attempts.add(
                        () -> door.post(path + "/variables", "{\"modifications\":{\"amountMinor\":{\"value\":999}}}"));
                attempts.add(
                        () -> door.post(path + "/identity-links", "{\"userId\":\"reviewer2\",\"type\":\"candidate\"}"));
                attempts.add(() -> door.put(path, "{\"name\":\"x\",\"assignee\":\"reviewer2\"}"));
                attempts.add(() -> door.delete(path));
            }
        }
        return attempts;
    }

    @Test
    void the_web_apps_door_is_as_strict() {
        String instance = trial.claimed(port, "reviewer");
        String task = "/camunda/api/engine/engine/default/task/" + trial.taskOf(instance);

        var other = browser("reviewer2");
        var refused = other.post(task + "/complete", APPROVE);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(refused.code()).as(refused.toString()).isEqualTo("task-not-yours");
        assertThat(other.post(task + "/submit-form", APPROVE).code()).isEqualTo("task-not-yours");
        var holder = browser("reviewer");
        var empty = holder.post(task + "/submit-form", "{}");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.json().path("message").asText()).contains("decision");
        assertThat(holder.post(task + "/submit-form", APPROVE).status()).isEqualTo(204);
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.SECOND);
    }

    @Test
    void twenty_answers_at_the_same_moment_are_one_answer_and_no_failure() throws Exception {
        String instance = trial.claimed(port, "reviewer");
        String task = trial.taskOf(instance);
        var threads = Executors.newFixedThreadPool(20);
        var start = new CountDownLatch(1);
        try {
            var answers = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return rest("reviewer", task, "complete", APPROVE);
                }));
            }
            start.countDown();
            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get().status());
            }
            assertThat(statuses).containsOnlyOnce(204);
            assertThat(statuses)
                    .allMatch(status -> List.of(204, 403, 404, 409).contains(status), "204, 403, 404 or 409");
        } finally {
            threads.shutdownNow();
        }
        assertThat(trial.placeOf(instance)).isEqualTo(Trial.SECOND);
    }

    @Test
    void a_task_of_another_merchant_is_as_good_as_none() {
        accounts.leave();
        accounts.addUser("onlysecond", "onlysecond", List.of("reviewers"), List.of("M-2"));
        String instance = trial.start("M-1");
        String task = trial.taskOf(instance);
        trial.start("M-2");

        assertThat(rest("onlysecond", task, "claim", "{\"userId\":\"onlysecond\"}")
                        .status())
                .isEqualTo(404);
        assertThat(rest("onlysecond", task, "complete", APPROVE).status()).isEqualTo(404);
        assertThat(Http.as(port, "onlysecond").get("/engine-rest/task/" + task).status())
                .isEqualTo(404);
        assertThat(Http.as(port, "onlysecond")
                        .get("/engine-rest/task/" + task + "/form-variables")
                        .status())
                .isEqualTo(404);
        var seen = Http.as(port, "onlysecond").get("/engine-rest/task?maxResults=200");
        assertThat(seen.json())
                .isNotEmpty()
                .allMatch(row -> row.path("tenantId").asText().equals("M-2"));
    }

    @Test
    void a_task_that_is_not_there_is_404() {
        for (String how : new String[] {"complete", "submit-form", "claim", "unclaim"}) {
            var answer =
                    rest("reviewer", "no-such-task", how, how.equals("claim") ? "{\"userId\":\"reviewer\"}" : "{}");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    private Answer rest(String user, String task, String how, String body) {
        return Http.as(port, user).post("/engine-rest/task/" + task + "/" + how, body);
    }

    private Http browser(String user) {
        return Http.inBrowser(port, user, user.equals("owner") ? "cockpit" : "tasklist");
    }

    private static Answer call(Callable<Answer> attempt) {
        try {
            return attempt.call();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
