package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Guesses passwords from addresses that no other test uses. */
@RunningApp
class LoginThrottleTest {
    @LocalServerPort
    int port;

    @Test
    void who_guesses_is_turned_away_even_with_the_right_password_and_nobody_else_is() throws IOException {
        for (int i = 0; i < LoginThrottle.WRONG_LOGINS; i++) {
            assertThat(basic("127.0.0.31", "finance", "guess" + i)).isEqualTo(401);
        }

        assertThat(basic("127.0.0.31", "finance", "finance")).isEqualTo(429);
        assertThat(web("127.0.0.31", "finance", "finance")).isEqualTo(429);
        assertThat(basic("127.0.0.32", "finance", "finance")).isEqualTo(200);
        assertThat(Http.as(port, "finance").get("/engine-rest/engine").status()).isEqualTo(200);
    }

    @Test
    void the_login_of_the_web_apps_counts_as_well() throws IOException {
        for (int i = 0; i < LoginThrottle.WRONG_LOGINS; i++) {
            assertThat(web("127.0.0.33", "finance", "guess" + i)).isEqualTo(401);
        }

        assertThat(web("127.0.0.33", "finance", "finance")).isEqualTo(429);
        assertThat(basic("127.0.0.33", "finance", "finance")).isEqualTo(429);
    }

    @Test
    void right_logins_cost_nothing() throws IOException {
        for (int i = 0; i < 3 * LoginThrottle.WRONG_LOGINS; i++) {
            assertThat(basic("127.0.0.34", "finance", "finance")).isEqualTo(200);
        }
    }

    private int basic(String from, String user, String password) throws IOException {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return status(
                from,
                "GET /engine-rest/engine HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + login + "\r\n",
                "");
    }

    /** Logs in with the session and the token of a page opened before. */
    private int web(String from, String user, String password) throws IOException {
        String page = exchange(from, "GET /camunda/app/tasklist/default/ HTTP/1.1\r\nHost: localhost\r\n", "");
        String form = "username=" + user + "&password=" + password;
        return status(
                from,
                "POST /camunda/api/admin/auth/user/default/login/tasklist HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.length()
                        + "\r\nCookie: JSESSIONID=" + cookie(page, "JSESSIONID") + "; XSRF-TOKEN="
                        + cookie(page, "XSRF-TOKEN") + "\r\nX-XSRF-TOKEN: " + cookie(page, "XSRF-TOKEN") + "\r\n",
                form);
    }

    private static String cookie(String page, String name) {
        int start = page.indexOf(name + "=") + name.length() + 1;
        return page.substring(start, page.indexOf(';', start));
    }

    private int status(String from, String head, String body) throws IOException {
        return Integer.parseInt(exchange(from, head, body).split(" ")[1]);
    }

    private String exchange(String from, String head, String body) throws IOException {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0)) {
            socket.getOutputStream()
                    .write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            var answer = new StringBuilder();
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                answer.append(line).append('\n');
            }
            return answer.toString();
        }
    }
}
