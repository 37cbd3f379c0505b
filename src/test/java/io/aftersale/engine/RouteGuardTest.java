package io.aftersale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.camunda.bpm.spring.boot.starter.rest.CamundaJerseyResourceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

/** Holds every route that the engine offers against the table of who may call it, cell by cell and over real HTTP. */
@RunningApp
class RouteGuardTest {
    private static final List<String> DOORS = List.of(
            "/engine-rest/engine/{name}", "/camunda/api/engine/engine/{name}", "/camunda/api/engine", "/engine-rest");

    private static final List<String> BOTH = List.of("/engine-rest", "/engine-rest/engine/default");

    /** The columns of the table, each with a user of the demo who has this role and no other. */
    private static final Map<String, String> COLUMNS = columns();

    @LocalServerPort
    int port;

    @Autowired
    ServletContext servlets;

    @Autowired
    CamundaJerseyResourceConfig engineRest;

    @Autowired
    Accounts accounts;

    private record Row(String cells, String method, String path) {
        boolean isOpen() {
            return cells.equals("open");
        }

        boolean allows(int column) {
            return cells.charAt(column) == 'y';
        }

        boolean isOfTheWebApps() {
            return path.startsWith("/camunda/");
        }

        String somewhere() {
            return path.replace("{name}", "default")
                    .replace("{engine}", "default")
                    .replace("{processEngineName}", "default")
                    .replaceAll("\\{[^}]*}", "none");
        }
    }

    @Test
    void every_route_stands_in_the_table_and_no_other() {
        var offered = new TreeSet<String>();
        for (String route : EngineRoutes.of(servlets, engineRest)) {
            offered.add(withoutDoor(route));
        }
        var listed = new TreeSet<String>();
        table().forEach(row -> listed.add(row.method() + " " + row.path()));

        assertThat(offered).hasSizeGreaterThan(400);
        assertThat(listed).isEqualTo(offered);
    }

    @Test
    void every_cell_of_the_table_is_what_the_guard_says() {
        for (Row row : table()) {
            if (!row.isOfTheWebApps()) {
                int column = 0;
                for (String user : COLUMNS.values()) {
                    assertThat(Routes.allows(accounts.find(user), row.method(), row.somewhere()))
                            .as(user + ": " + row)
                            .isEqualTo(row.allows(column++));
                }
            }
        }
    }

    @Test
    void a_stranger_reaches_nothing_but_what_is_open() {
        var stranger = Http.stranger(port);
        for (Row row : table()) {
            for (String path : paths(row)) {
                var answer = stranger.call(row.method(), path, body(row));
                if (row.isOpen() || path.equals("/camunda/api/engine/engine")) {
                    assertThat(answer.header("Location")).as(answer.toString()).isNull();
                } else {
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
                }
            }
        }
    }

    @Test
    void who_may_not_is_turned_away_at_the_engines_rest() {
        int column = 0;
        for (String user : COLUMNS.values()) {
            var door = Http.as(port, user);
            for (Row row : table()) {
                if (!row.isOfTheWebApps() && !row.allows(column)) {
                    // The longer address is the same route; one role is enough to see that.
                    for (String prefix : user.equals("reviewer") ? BOTH : BOTH.subList(0, 1)) {
                        var answer = door.call(row.method(), prefix + row.somewhere(), body(row));
                        assertThat(answer.status()).as(user + ": " + answer).isEqualTo(403);
                    }
                }
            }
            column++;
        }
    }

    @Test
    void who_may_not_is_turned_away_behind_the_web_apps() {
        int column = 0;
        for (Map.Entry<String, String> role : COLUMNS.entrySet()) {
            String app = Map.of("system", "welcome", "desk", "tasklist").getOrDefault(role.getKey(), "cockpit");
            var browser = Http.inBrowser(port, role.getValue(), app);
            for (Row row : table()) {
                if (!row.isOpen() && (!row.allows(column) || role.getKey().equals("system"))) {
                    String path = row.isOfTheWebApps()
                            ? row.somewhere()
                            : "/camunda/api/engine/engine/default" + row.somewhere();
                    if (!row.path().equals("/engine")) {
                        assertThat(browser.call(row.method(), path, body(row)).status())
                                .as(role + ": " + row)
                                .isIn(401, 403);
                    }
                }
            }
            column++;
        }
    }

    @Test
    void who_may_read_is_not_turned_away_by_the_guard() {
        var failed = new ArrayList<String>();
        int column = 0;
        for (String user : COLUMNS.values()) {
            var door = Http.as(port, user);
            for (Row row : table()) {
                if (!row.isOfTheWebApps() && row.allows(column) && row.method().equals("GET")) {
                    var answer = door.get("/engine-rest" + row.somewhere());
                    if (answer.text().contains("does not allow this call") || answer.status() >= 500) {
                        failed.add(user + ": " + answer);
                    }
                }
            }
            column++;
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void cockpit_sees_the_versions_of_a_diagram_without_asking_for_an_end() {
        String path = "/process-definition?key=refund&sortBy=version&sortOrder=desc";

        var cockpit = Http.inBrowser(port, "owner", "cockpit").get("/camunda/api/engine/engine/default" + path);
        assertThat(cockpit.status()).as(cockpit.toString()).isEqualTo(200);
        assertThat(cockpit.json()).isNotEmpty();
        assertThat(Http.as(port, "owner").get("/engine-rest" + path).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reviewer | task?maxResults=-1",
                "reviewer | task?firstResult=-5&maxResults=5",
                "reviewer | task?firstResult=%2D5&maxResults=5",
                "reviewer | filter?firstResult=-5&maxResults=5",
                "owner | history/activity-instance?maxResults=-1",
                "shop | history/process-instance?maxResults=-1",
                "shop | history/process-instance?processInstanceIds=,&maxResults=5",
                "shop | process-instance/count?processInstanceIds=,",
                "admin | metrics?maxResults=201"
            })
    void a_question_that_cannot_be_asked_is_the_askers_fault(String user, String question) {
        var answer = Http.as(port, user).get("/engine-rest/" + question);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"orQueries\":[null]}",
                "{\"sorting\":[null]}",
                "{\"processVariables\":[{\"name\":\"a\",\"operator\":\"eq\",\"value\":{\"b\":1}}]}",
                "{\"priority\":1,\"priority\":2}"
            })
    void a_query_that_cannot_be_read_is_the_askers_fault(String query) {
        var browser = Http.inBrowser(port, "reviewer", "tasklist");
        for (var answer : List.of(
                Http.as(port, "reviewer").post("/engine-rest/task?maxResults=5", query),
                Http.as(port, "owner").post("/engine-rest/task/count", query),
                browser.post("/camunda/api/engine/engine/default/task?maxResults=5", query))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("malformed-request");
        }
    }

    @Test
    void another_name_of_an_engine_or_a_twisted_path_opens_nothing() {
        var reviewer = Http.as(port, "reviewer");
        for (String path : List.of(
                "/engine-rest/engine/other/task",
                "/engine-rest//user",
                "/engine-rest/./user",
                "/engine-rest/task/../user",
                "/engine-rest/task/..%2Fuser",
                "/engine-rest/task/%2e%2e/user",
                "/engine-rest/user;a=b",
                "/engine-rest/task;/../user",
                "/engine-rest/user/",
                "/engine-rest/engine/default/user/",
                "/engine-rest/engine/default/engine/default/user",
                "/ENGINE-REST/user",
                "/engine-rest/USER",
                "/engine-rest/%75ser")) {
            var answer = reviewer.send(reviewer.request("GET", path));
            assertThat(answer.status()).as(answer.toString()).isIn(400, 401, 403, 404);
            assertThat(answer.text()).doesNotContain("supervisor");
        }
    }

    private static List<String> paths(Row row) {
        if (row.isOfTheWebApps()) {
            return List.of(row.somewhere());
        }
        var paths = new ArrayList<String>();
        for (String door : DOORS) {
            paths.add(door.replace("{name}", "default") + (row.path().equals("/") ? "" : row.somewhere()));
        }
        return paths;
    }

    private static String body(Row row) {
        return row.method().startsWith("P") ? "{}" : null;
    }

    private static String withoutDoor(String route) {
        String method = route.substring(0, route.indexOf(' '));
        String path = route.substring(route.indexOf(' ') + 1);
        for (String door : DOORS) {
            if (path.startsWith(door)) {
                String rest = path.substring(door.length());
                return method + " " + (rest.isEmpty() ? "/" : rest);
            }
        }
        return route;
    }

    private static List<Row> table() {
        try {
            return new ClassPathResource("engine-routes.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .map(parts -> new Row(parts[0], parts[1], parts[2]))
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Map<String, String> columns() {
        var columns = new LinkedHashMap<String, String>();
        columns.put("system", "shop");
        columns.put("desk", "reviewer");
        columns.put("owner", "owner");
        columns.put("admin", "admin");
        return columns;
    }
}
