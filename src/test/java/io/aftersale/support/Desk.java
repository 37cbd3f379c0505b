package io.aftersale.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.support.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A person of the demo who works through tasks over the engine's REST, as Tasklist does. */
public final class Desk {
    private final Http http;
    private final String user;

    private Desk(Http http, String user) {
        this.http = http;
        this.user = user;
    }

    public static Desk of(int port, String user) {
        return new Desk(Http.as(port, user), user);
    }

    public Http http() {
        return http;
    }

    /** The open tasks of a case that this person may see. */
    public List<JsonNode> tasksOf(String number) {
        return StreamSupport.stream(
                        http.get("/engine-rest/task?maxResults=10&processInstanceBusinessKey=" + number)
                                .json()
                                .spliterator(),
                        false)
                .toList();
    }

    /** The id of the one open task of a case that this person may see. */
    public String taskOf(String number) {
        var tasks = tasksOf(number);
        if (tasks.size() != 1) {
            throw new AssertionError("The case " + number + " has " + tasks.size() + " tasks: " + tasks);
        }
        return tasks.get(0).path("id").asText();
    }

    public Answer claims(String taskId) {
        return http.post("/engine-rest/task/" + taskId + "/claim", "{\"userId\":\"" + user + "\"}");
    }

    public Answer completes(String taskId, Map<String, ?> fields) {
        return http.post("/engine-rest/task/" + taskId + "/complete", variables(fields));
    }

    /** Claims the task of a case and answers it; the answer may be refused. */
    public Answer answers(String number, Map<String, ?> fields) {
        String task = taskOf(number);
        var claimed = claims(task);
        return claimed.status() == 204 ? completes(task, fields) : claimed;
    }

    /** Claims the task of a case and answers it, which must be taken. */
    public void decides(String number, Map<String, ?> fields) {
        var answer = answers(number, fields);
        if (answer.status() != 204) {
            throw new AssertionError("The answer was not taken: " + answer);
        }
    }

    /** The body that gives values as variables of the engine's REST. */
    public static String variables(Map<String, ?> fields) {
        var body = Shop.JSON.createObjectNode();
        var variables = body.putObject("variables");
        fields.forEach((name, value) -> {
            if (value instanceof JsonNode json && json.isContainerNode()) {
                variables.putObject(name).put("type", "Json").put("value", json.toString());
            } else {
                variables.putObject(name).set("value", Shop.JSON.valueToTree(value));
            }
        });
        return body.toString();
    }
}
