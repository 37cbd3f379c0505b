package io.aftersale.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.aftersale.problems.FreeText;
import io.aftersale.support.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's stand-in keeps its word: one booking for a key, and a memory that outlives it. */
class SandboxTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<JsonNode> told = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    HttpServer listener;
    Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        listener = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        listener.createContext("/", exchange -> {
            told.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
        start();
    }

    private void start() {
        var settings = new SandboxSettings(
                true,
                0,
                folder.resolve("book.jsonl"),
                "token",
                "secret",
                "carrier-secret",
                "warehouse-secret",
                null,
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(200));
        sandbox = new Sandbox(
                settings,
                () -> URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/callback"));
        sandbox.start();
    }

    @AfterEach
    void close() {
        sandbox.close();
        listener.stop(0);
    }

    @Test
    void books_a_key_once_and_gives_the_same_answer_again() {
        var first = send("K-1", refund("T-1", 3000));
        var again = send("K-1", refund("T-1", 3000));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(journal()).hasSize(1);
    }

    @Test
    void refuses_a_key_with_another_body() {
        send("K-1", refund("T-1", 3000));

        assertThat(send("K-1", refund("T-1", 3001)).statusCode()).isEqualTo(409);
        assertThat(journal()).hasSize(1);
    }

    @Test
    void remembers_everything_after_a_restart_but_half_a_line() throws IOException {
        send("K-1", refund("T-1", 3000));
        send("K-2", refund("STUCK-1", 2000));
        sandbox.close();
        Files.writeString(folder.resolve("book.jsonl"), "{\"refundId\":\"RF-0", StandardOpenOption.APPEND);

        start();

        assertThat(journal()).hasSize(2);
        assertThat(get("/payments/refunds/K-1").path("status").asText()).isEqualTo("SETTLED");
        assertThat(send("K-3", refund("T-1", 100)).statusCode()).isEqualTo(200);
        sandbox.close();
        start();
        assertThat(journal()).hasSize(3);
    }

    @Test
    void settles_what_was_pending_when_it_stopped_and_tells_it() {
        send("K-1", refund("STUCK-1", 3000));
        sandbox.close();
        start();

        post("/control/refunds/K-1/settlement", "");

        Eventually.get(() -> told.size(), size -> size == 1);
        assertThat(told.get(0).path("status").asText()).isEqualTo("SETTLED");
        assertThat(told.get(0).path("key").asText()).isEqualTo("K-1");
    }

    @Test
    void tells_twice_under_one_id_and_once_under_another_when_asked_to() {
        send("K-1", refund("DOUBLE-1", 3000));

        Eventually.get(() -> told.size(), size -> size == 3);

        assertThat(told.stream().map(event -> event.path("eventId").asText()).distinct())
                .hasSize(2);
    }

    @Test
    void keeps_a_cancelled_key_closed_for_ever() {
        post("/payments/refunds/K-1/cancellation", "");

        var answer = send("K-1", refund("T-1", 3000));

        assertThat(answer.body()).contains("CANCELLED");
        assertThat(get("/payments/refunds/K-1").path("status").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void does_not_cancel_what_is_settled() {
        send("K-1", refund("T-1", 3000));

        assertThat(post("/payments/refunds/K-1/cancellation", "").body()).contains("SETTLED");
    }

    @Test
    void keeps_the_last_four_digits_of_a_card_and_no_more() throws IOException {
        send(
                "K-1",
                refund("T-1", 3000)
                        .replace(
                                "{\"method\":\"ORIGINAL\"}",
                                "{\"method\":\"BANK_CARD\",\"cardNumber\":\"6200000000000005\",\"holder\":\"王\",\"bank\":\"ICBC\"}"));

        assertThat(journal().get(0).path("paidTo").asText()).isEqualTo("**** 0005");
        assertThat(Files.readString(folder.resolve("book.jsonl"))).doesNotContain("6200000000000005");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "x", "{\"amountMinor\":0}", "{\"amountMinor\":1.5}"})
    void refuses_what_is_no_refund(String body) {
        assertThat(send("K-1", body).statusCode()).isEqualTo(400);
        assertThat(journal()).isEmpty();
    }

    @Test
    void knows_its_senders_by_their_token() throws Exception {
        var request = HttpRequest.newBuilder(uri("/payments/refunds"))
                .header("Authorization", "Bearer wrong")
                .header("Idempotency-Key", "K-1")
                .POST(HttpRequest.BodyPublishers.ofString(refund("T-1", 3000)))
                .build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        assertThat(journal()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mishap.class)
    void every_mishap_has_a_prefix_and_a_test_card_of_its_own(Mishap mishap) {
        assertThat(Mishap.askedBy(mishap.name() + "-T1", null)).isEqualTo(mishap);
        if (mishap != Mishap.NONE) {
            assertThat(FreeText.passesLuhn(mishap.testCard())).isTrue();
            assertThat(Mishap.askedBy("T-1", mishap.testCard())).isEqualTo(mishap);
        }
        assertThat(Stream.of(Mishap.values()).map(Mishap::testCard).distinct()).hasSize(Mishap.values().length);
    }

    private static String refund(String tenderId, long amountMinor) {
        return "{\"merchantId\":\"M-1\",\"orderId\":\"O-1\",\"tenderId\":\"" + tenderId
                + "\",\"tenderMethod\":\"CARD\",\"amountMinor\":" + amountMinor
                + ",\"currency\":\"CNY\",\"payTo\":{\"method\":\"ORIGINAL\"}}";
    }

    private List<JsonNode> journal() {
        return Stream.of(get("/journal").path("refunds"))
                .flatMap(refunds -> {
                    var all = new ArrayList<JsonNode>();
                    refunds.forEach(all::add);
                    return all.stream();
                })
                .toList();
    }

    private HttpResponse<String> send(String key, String body) {
        return call(HttpRequest.newBuilder(uri("/payments/refunds"))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> post(String path, String body) {
        return call(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(
                    call(HttpRequest.newBuilder(uri(path)).GET()).body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException notJson) {
            throw new AssertionError(notJson);
        }
    }

    private HttpResponse<String> call(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.header("Authorization", "Bearer token").build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + sandbox.port() + path);
    }
}
