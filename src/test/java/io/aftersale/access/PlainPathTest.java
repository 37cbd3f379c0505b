package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** No guard is walked around by spelling an address in another way. */
@RunningApp
class PlainPathTest {
    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%65ngine-rest/user",
                "/engine%2Drest/user",
                "//engine-rest/user",
                "/engine-rest//user",
                "/engine-rest;x=1/user",
                "/engine-rest/./user",
                "/api/../engine-rest/user",
                "/camunda/%61pi/engine/engine/default/user",
                "/camunda/%61pi/admin/setup/default/user/create",
                "/%5Fx"
            })
    void an_address_in_another_spelling_is_refused(String path) {
        assertThat(Http.as(port, "reviewer").get(path).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/cases/%00", "/api/cases/%F0", "/api/cases/a%2Fb", "/engine-rest/task?nameLike=${1}"})
    void what_no_door_can_read_is_refused_in_the_same_form(String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            String call = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("malformed-request");
            assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders/%E9%A9%AC%E5%85%8B", "/api/orders/O%201"})
    void letters_that_need_per_cent_code_may_have_it(String path) {
        assertThat(Http.as(port, "shop").get(path).status()).isEqualTo(404);
    }
}
