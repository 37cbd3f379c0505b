package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningApp
class BodyLimitTest {
    @LocalServerPort
    int port;

    @ParameterizedTest
    @CsvSource({
        "POST, /api/cards",
        "PUT, /api/orders/O-1",
        "POST, /api/cases/preview",
        "POST, /engine-rest/process-definition/key/refund/start"
    })
    void a_body_above_the_limit_is_refused_whether_or_not_it_says_its_length(String method, String path) {
        for (boolean chunked : new boolean[] {false, true}) {
            var answer = send("shop", method, path, BodyLimit.MOST_BYTES + 1, chunked);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
            assertThat(answer.code()).isEqualTo("request-too-large");
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_up_to_the_limit_is_read_in_full(boolean chunked) {
        var card = send("shop", "POST", "/api/cards", BodyLimit.MOST_BYTES, chunked);
        assertThat(card.status()).as(card.toString()).isEqualTo(422);
        assertThat(card.code()).isEqualTo("card-number-invalid");

        assertThat(send("admin", "POST", "/engine-rest/process-definition", 4_096, chunked)
                        .status())
                .isNotEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_of_many_times_the_limit_still_gets_its_answer(boolean chunked) {
        assertThat(send("shop", "POST", "/api/cards", 8 * 1024 * 1024, chunked).status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void strangers_are_turned_away_before_their_bodies_count(boolean chunked) {
        assertThat(send(null, "POST", "/api/cards", BodyLimit.MOST_BYTES + 1, chunked)
                        .status())
                .isEqualTo(401);
    }

    /** A card with a slip in its number, and blanks up to the size. */
    private Http.Answer send(String user, String method, String path, int bytes, boolean chunked) {
        String json = "{\"cardNumber\":\"4242424242424241\",\"holder\":\"A\",\"bank\":\"B\"}";
        byte[] body = (json + " ".repeat(bytes - json.length())).getBytes(StandardCharsets.US_ASCII);
        var http = user == null ? Http.stranger(port) : Http.as(port, user);
        return http.send(http.request(method, path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        chunked
                                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                                : BodyPublishers.ofByteArray(body)));
    }
}
