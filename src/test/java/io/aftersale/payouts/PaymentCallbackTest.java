package io.aftersale.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.AtOnce;
import io.aftersale.support.Eventually;
import io.aftersale.support.Http;
import io.aftersale.support.RunningApp;
import io.aftersale.support.Signature;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the provider tells us is kept before it is answered, and harmless whatever it is. */
@RunningApp
class PaymentCallbackTest {
    @LocalServerPort
    int port;

    @Value("${aftersale.payments.callback-secret}")
    String secret;

    @Autowired
    JdbcClient jdbc;

    @Test
    void an_event_without_a_good_signature_is_refused_and_not_kept() {
        String id = newId();
        byte[] body = event(id, "PO-none", "SETTLED").getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.now();

        for (String header : new String[] {
            null,
            "t=1,v1=00",
            Signature.of("another-secret", now, body),
            Signature.of(secret, now.minusSeconds(400), body)
        }) {
            var answer = post(header, body);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("signature-invalid");
        }

        assertThat(statesOf(id)).isEmpty();
    }

    @Test
    void an_event_about_a_payout_that_is_not_ours_is_kept_and_shown() {
        String id = newId();

        assertThat(send(event(id, "PO-of-somebody-else", "SETTLED")).status()).isEqualTo(200);

        Eventually.get(() -> statesOf(id), List.of("UNKNOWN")::equals);
    }

    @Test
    void an_event_that_comes_many_times_at_once_is_kept_once() {
        String id = newId();

        var answers = AtOnce.run(12, i -> send(event(id, "PO-none", "SETTLED")).status());

        assertThat(answers).containsOnly(200);
        Eventually.get(() -> statesOf(id), List.of("UNKNOWN")::equals);
        assertThat(send(event(id, "PO-none", "DECLINED")).status()).isEqualTo(200);
        assertThat(statesOf(id)).hasSize(1);
    }

    @Test
    void an_event_that_says_nothing_we_understand_is_kept_for_people() {
        String id = newId();

        assertThat(send("{\"eventId\":\"" + id + "\",\"something\":[1,2]}").status())
                .isEqualTo(200);

        assertThat(statesOf(id)).containsExactly("UNREADABLE");
    }

    @Test
    void a_card_number_in_an_event_is_not_kept() {
        String id = newId();

        send(event(id, "PO-none", "SETTLED").replace("}", ",\"note\":\"6200 0000 0000 0005\"}"));

        assertThat(jdbc.sql("select body from callback where event_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .contains("**** 0005")
                .doesNotContain("6200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "not json", "[]", "7", "null", "{}", "{\"eventId\":7}", "{\"eventId\":\"a b\"}", "{\"a\":"})
    void what_is_no_event_is_refused_with_a_reason(String body) {
        var answer = send(body);

        assertThat(answer.status()).as(answer.toString()).isBetween(400, 422);
        assertThat(answer.code()).isNotBlank();
    }

    @Test
    void hostile_text_in_an_event_is_kept_as_text_or_refused() {
        for (String hostile : new String[] {
            "${''.getClass()}",
            "#{x}",
            "<script>alert(1)</script>",
            "'; drop table payout; --",
            "\\u0000",
            "\\ud800",
            "😀"
        }) {
            String id = newId();
            var answer =
                    send("{\"eventId\":\"" + id + "\",\"key\":\"" + hostile + "\",\"status\":\"" + hostile + "\"}");
            assertThat(answer.status()).as(hostile).isIn(200, 400, 422);
        }
    }

    @Test
    void an_event_beyond_all_measure_is_refused() {
        var answer = send("{\"eventId\":\"" + newId() + "\",\"x\":\"" + "y".repeat(20_000) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void only_json_is_taken() {
        byte[] body = event(newId(), "PO-none", "SETTLED").getBytes(StandardCharsets.UTF_8);
        var stranger = Http.stranger(port);

        var answer = stranger.send(stranger.request("POST", "/api/callbacks/payments")
                .header("Content-Type", "text/plain")
                .header("X-Signature", Signature.of(secret, Instant.now(), body))
                .method("POST", BodyPublishers.ofByteArray(body)));

        assertThat(answer.status()).isEqualTo(415);
    }

    private static String newId() {
        return "EV-" + UUID.randomUUID();
    }

    private static String event(String id, String key, String status) {
        return "{\"eventId\":\"" + id + "\",\"key\":\"" + key + "\",\"status\":\"" + status
                + "\",\"amountMinor\":100,\"currency\":\"CNY\"}";
    }

    private Http.Answer send(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return post(Signature.of(secret, Instant.now(), bytes), bytes);
    }

    private Http.Answer post(String signature, byte[] body) {
        var stranger = Http.stranger(port);
        var request = stranger.request("POST", "/api/callbacks/payments")
                .header("Content-Type", "application/json")
                .method("POST", BodyPublishers.ofByteArray(body));
        return stranger.send(signature == null ? request : request.header("X-Signature", signature));
    }

    private List<String> statesOf(String eventId) {
        return jdbc.sql("select state from callback where event_id = :id")
                .param("id", eventId)
                .query(String.class)
                .list();
    }
}
