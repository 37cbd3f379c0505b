package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
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
    @ValueSource(strings = {"/api/orders/%E9%A9%AC%E5%85%8B", "/api/orders/O%201"})
    void letters_that_need_per_cent_code_may_have_it(String path) {
        assertThat(Http.as(port, "shop").get(path).status()).isEqualTo(404);
    }
}
