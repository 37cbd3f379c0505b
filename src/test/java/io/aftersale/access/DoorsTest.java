package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningApp
class DoorsTest {
    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders/O-1",
                "/api/cases",
                "/api/evidence/EV-1",
                "/api/anything",
                "/engine-rest",
                "/engine-rest/",
                "/engine-rest/engine",
                "/engine-rest/task",
                "/engine-rest/process-definition",
                "/engine-rest/no-such-thing",
                "/actuator",
                "/actuator/health",
                "/actuator/health/db",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/swagger-ui.html",
                "/swagger-ui/index.html",
                "/insight",
                "/insight/insight.js",
                "/webjars/chart.js/4.5.1/dist/chart.umd.js",
                "/api/statistics",
                "/api/statistics.csv",
                "/webjars/camunda/app/tasklist/index.html",
                "/h2-console",
                "/no-such-thing",
                "/camunda/api/engine/engine/default/task",
                "/camunda/api/engine/engine/default/user",
                "/camunda/api/admin/setup/default/user/create",
                "/camunda/api/cockpit/plugin/base/default/process-definition/statistics-count"
            })
    void a_stranger_gets_401_and_never_a_redirect(String path) {
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "OPTIONS"}) {
            var answer = Http.stranger(port).call(method, path, method.startsWith("P") ? "{}" : null);
            if (path.startsWith("/camunda/") && !method.equals("GET")) {
                assertThat(answer.status()).as(answer.toString()).isIn(401, 403);
            } else {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            }
            assertThat(answer.header("Location")).isNull();
        }
    }

    @Test
    void a_refusal_is_problem_json_and_says_how_to_log_in() {
        var answer = Http.stranger(port).get("/api/orders/O-1");

        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo("login-required");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
        assertThat(answer.header("Set-Cookie")).isNull();
    }

    @Test
    void a_page_whose_login_is_over_gets_no_window_for_another_one() {
        var browser = Http.stranger(port);

        var picture = browser.send(browser.request("GET", "/api/evidence/EV-1").header("Sec-Fetch-Mode", "no-cors"));
        var page = browser.send(browser.request("GET", "/swagger-ui/index.html").header("Sec-Fetch-Mode", "navigate"));

        assertThat(picture.status()).isEqualTo(401);
        assertThat(picture.header("WWW-Authenticate")).isNull();
        assertThat(page.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @Test
    void a_wrong_password_is_401_too() {
        var answer = Http.as(port, "shop", "wrong").get("/api/orders/O-1");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("login-required");
        assertThat(Http.as(port, "shop").get("/api/orders/O-none").status()).isEqualTo(404);
    }

    @Test
    void the_engine_says_which_parameter_it_cannot_read_and_which_task_is_none() {
        var reviewer = Http.as(port, "reviewer");

        var odd = reviewer.get("/engine-rest/task?maxResults=abc");
        assertThat(odd.status()).as(odd.toString()).isEqualTo(400);
        assertThat(odd.code()).isEqualTo("malformed-request");
        assertThat(odd.json().path("field").asText()).isEqualTo("maxResults");
        assertThat(reviewer.get("/engine-rest/task/nope").code()).isEqualTo("task-not-found");
        assertThat(reviewer.post("/engine-rest/task/nope/claim", "{\"userId\":\"reviewer\"}")
                        .code())
                .isEqualTo("task-not-found");
    }

    @Test
    void probes_are_open_and_tell_nothing_but_the_status() {
        for (String probe : new String[] {"/actuator/health/liveness", "/actuator/health/readiness"}) {
            var answer = Http.stranger(port).get(probe);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void watching_is_for_administrators() {
        assertThat(Http.as(port, "admin").get("/actuator/health").status()).isEqualTo(200);
        assertThat(Http.as(port, "admin").get("/actuator/info").status()).isEqualTo(200);
        for (String user : new String[] {"shop", "reviewer", "owner"}) {
            var answer = Http.as(port, user).get("/actuator/prometheus");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("not-allowed");
        }
    }

    @Test
    void the_description_of_the_api_is_read_after_login() {
        var answer = Http.as(port, "shop").get("/v3/api-docs");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("paths").has("/api/orders/{orderId}")).isTrue();
        assertThat(Http.as(port, "owner").get("/swagger-ui/index.html").status())
                .isEqualTo(200);
    }

    @Test
    void our_rest_is_for_systems() {
        for (String user : new String[] {"reviewer", "owner", "admin", "finance"}) {
            var answer = Http.as(port, user).get("/api/orders/O-1");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("not-allowed");
        }
    }

    @Test
    void the_web_apps_show_their_login_to_strangers() {
        var stranger = Http.stranger(port);

        assertThat(stranger.get("/").status()).isEqualTo(302);
        assertThat(stranger.get("/").header("Location")).endsWith("/camunda/app/");
        assertThat(stranger.get("/camunda/app/tasklist/default/").status()).isEqualTo(200);
        assertThat(stranger.get("/camunda/app/tasklist/camunda-tasklist-bootstrap.css")
                        .status())
                .isEqualTo(200);
        assertThat(stranger.get("/camunda/app/tasklist/default/").header("Content-Security-Policy"))
                .isNotNull();
    }

    @Test
    void nobody_makes_an_administrator_through_the_set_up() {
        String body =
                "{\"profile\":{\"id\":\"mallory\",\"firstName\":\"M\",\"lastName\":\"M\"},\"credentials\":{\"password\":\"mallory\"}}";
        String path = "/camunda/api/admin/setup/default/user/create";

        assertThat(Http.stranger(port).post(path, body).status()).isEqualTo(401);
        assertThat(Http.inBrowser(port, "admin", "admin").post(path, body).status())
                .isIn(401, 403);
        assertThat(Http.as(port, "mallory", "mallory")
                        .get("/engine-rest/engine")
                        .status())
                .isEqualTo(401);
    }

    /** A page asks for its files and pictures all at once, each with the session that it knows. */
    @ParameterizedTest
    @ValueSource(strings = {"/rules/rules.js", "/api/rules"})
    void a_session_of_the_web_apps_keeps_its_name(String path) {
        var browser = Http.inBrowser(port, "owner", "cockpit");

        for (int i = 0; i < 3; i++) {
            var answer = browser.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }

    @Test
    void a_session_of_the_web_apps_opens_pictures_for_reading_only() {
        var browser = Http.inBrowser(port, "reviewer", "tasklist");

        assertThat(browser.get("/api/evidence/EV-none").status()).isEqualTo(404);
        assertThat(browser.post("/api/evidence", "{}").status()).isEqualTo(401);
        assertThat(browser.get("/api/orders/O-1").status()).isEqualTo(403);
        assertThat(browser.get("/engine-rest/task").status()).isEqualTo(401);
    }
}
