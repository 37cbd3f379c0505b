package io.aftersale.logistics;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.aftersale.problems.StartRefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stock system, warehouse and carrier answer is believed only where it says something; all else is not known. */
class HttpDepotTest {
    private static final Duration DEADLINE = Duration.ofMillis(600);
    private static final Movement SHELF = new Movement("MV-1", "AS-1", "M-1", "1", "MUG-01", "RESTOCK", 2, null, 0);
    private static final Movement PARCEL =
            new Movement("MV-2", "AS-1", "M-1", "1", "MUG-01", Movement.RETURN_TO_BUYER, 1, "林悦, 漕溪北路18号", 0);
    private static final Reservation RESERVATION = new Reservation("SR-1", "AS-1", "M-1", "MUG-02", 2);

    static WireMockServer outside;
    HttpDepot depot;

    @BeforeAll
    static void open() {
        outside = new WireMockServer(options().dynamicPort());
        outside.start();
    }

    @AfterAll
    static void close() {
        outside.stop();
    }

    @BeforeEach
    void forget() {
        outside.resetAll();
        depot = new HttpDepot(settings(null, DEADLINE));
    }

    @Test
    void puts_each_thing_under_its_own_id() {
        answers(okJson("{\"reference\":\"SB-9\"}"));

        assertThat(depot.putAway(SHELF)).isEqualTo("SB-9");
        assertThat(depot.send(PARCEL, "B-1")).isEqualTo("SB-9");
        assertThat(depot.reserve(RESERVATION)).isTrue();
        depot.handOut("SR-1", 1);
        depot.release("SR-1");

        outside.verify(
                1,
                putRequestedFor(urlEqualTo("/stock/movements/MV-1"))
                        .withHeader("Authorization", equalTo("Bearer our-token"))
                        .withRequestBody(equalToJson("""
                                        {"merchantId":"M-1","caseNumber":"AS-1","sku":"MUG-01","purpose":"RESTOCK",
                                         "quantity":2}
                                        """)));
        outside.verify(1, putRequestedFor(urlEqualTo("/carrier/parcels/MV-2")).withRequestBody(equalToJson("""
                                        {"merchantId":"M-1","caseNumber":"AS-1","sku":"MUG-01",
                                         "purpose":"RETURN_TO_BUYER","quantity":1,"address":"林悦, 漕溪北路18号",
                                         "buyerId":"B-1"}
                                        """)));
        outside.verify(
                1, putRequestedFor(urlEqualTo("/stock/reservations/SR-1")).withRequestBody(equalToJson("""
                                        {"merchantId":"M-1","caseNumber":"AS-1","sku":"MUG-02","quantity":2}
                                        """)));
        outside.verify(
                1,
                putRequestedFor(urlEqualTo("/stock/reservations/SR-1/handed-out"))
                        .withRequestBody(equalToJson("{\"quantity\":1}")));
        outside.verify(1, deleteRequestedFor(urlEqualTo("/stock/reservations/SR-1")));
    }

    @Test
    void a_warehouse_of_its_own_is_told_what_is_put_away() {
        answers(okJson("{\"reference\":\"SB-9\"}"));

        new HttpDepot(settings(at("/halls"), DEADLINE)).putAway(SHELF);

        outside.verify(1, putRequestedFor(urlEqualTo("/halls/movements/MV-1")));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504})
    void knows_nothing_after_any_other_status(int status) {
        answers(aResponse().withStatus(status).withBody("{\"code\":\"whatever\"}"));

        everything().forEach(HttpDepotTest::assertTrouble);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void knows_nothing_when_the_line_breaks(Fault fault) {
        answers(aResponse().withFault(fault));

        everything().forEach(HttpDepotTest::assertTrouble);
    }

    @Test
    void knows_nothing_when_the_answer_does_not_end_in_time() {
        answers(okJson("{\"reference\":\"SB-9\"}").withChunkedDribbleDelay(5, 5_000));

        assertTrouble(() -> depot.putAway(SHELF));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"reference\":7}", "{\"reference\":\"a b\"}"})
    void knows_nothing_when_the_answer_cannot_be_read(String body) {
        answers(okJson(body));

        assertTrouble(() -> depot.putAway(SHELF));
        assertTrouble(() -> depot.send(PARCEL, "B-1"));
        assertTrouble(() -> depot.findPutAway(SHELF));
        assertTrouble(() -> depot.isInStock("M-1", "MUG-02", 1));
    }

    @Test
    void only_their_own_word_says_that_nothing_was_booked() {
        answers(aResponse().withStatus(404).withBody("{\"code\":\"not-booked\"}"));

        assertThat(depot.findPutAway(SHELF)).isEmpty();
        assertThat(depot.findSent(PARCEL)).isEmpty();
        assertThat(depot.isReserved("SR-1")).isFalse();
    }

    @Test
    void only_their_own_word_says_that_nothing_is_left() {
        answers(aResponse().withStatus(409).withBody("{\"code\":\"out-of-stock\"}"));

        assertThat(depot.reserve(RESERVATION)).isFalse();
        assertTrouble(() -> depot.handOut("SR-1", 1));
    }

    @Test
    void counts_what_lies_ready() {
        answers(okJson("{\"free\":2}"));

        assertThat(depot.isInStock("M-1", "MUG-02", 2)).isTrue();
        assertThat(depot.isInStock("M-1", "MUG-02", 3)).isFalse();
    }

    @Test
    void settings_keep_their_secrets_and_a_call_may_not_outlast_its_job() {
        assertThat(settings(null, DEADLINE).toString()).doesNotContain("our-token", "c-secret", "w-secret");
        assertThatCode(() -> settings(null, Duration.ofSeconds(15))).doesNotThrowAnyException();
        assertThatThrownBy(() -> settings(null, Duration.ofSeconds(16))).isInstanceOf(StartRefusedException.class);
    }

    private List<ThrowingCallable> everything() {
        return List.of(
                () -> depot.putAway(SHELF),
                () -> depot.findPutAway(SHELF),
                () -> depot.send(PARCEL, "B-1"),
                () -> depot.findSent(PARCEL),
                () -> depot.reserve(RESERVATION),
                () -> depot.isReserved("SR-1"),
                () -> depot.isInStock("M-1", "MUG-02", 1),
                () -> depot.handOut("SR-1", 1),
                () -> depot.release("SR-1"));
    }

    private static void assertTrouble(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(OutsideTroubleException.class);
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        outside.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + outside.port() + path);
    }

    private static LogisticsSettings settings(URI warehouse, Duration deadline) {
        return new LogisticsSettings(
                at("/stock"), warehouse, at("/carrier"), "our-token", "c-secret", "w-secret", deadline);
    }
}
