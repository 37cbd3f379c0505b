package io.aftersale.payouts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.aftersale.access.CardDetails;
import io.aftersale.payouts.PaymentGateway.Answer;
import io.aftersale.support.Surroundings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HttpPaymentGatewayTest {
    private static final Duration DEADLINE = Duration.ofMillis(600);
    private static final String CARD = "6200000000000005";
    private static final RefundOrder ORDER = new RefundOrder("PO-1", "M-1", "O-1", "T-1", "CARD", 3000, "CNY", null);
    private static final String SETTLED = """
            {"key":"PO-1","refundId":"RF-1","status":"SETTLED","tenderId":"T-1","amountMinor":3000,"currency":"CNY",
             "reason":null}
            """;

    static WireMockServer provider;
    PaymentGateway gateway;

    @BeforeAll
    static void open() {
        provider = new WireMockServer(options().dynamicPort());
        provider.start();
    }

    @AfterAll
    static void close() {
        provider.stop();
    }

    @BeforeEach
    void forget() {
        provider.resetAll();
        gateway = new HttpPaymentGateway(
                PaymentSettingsTest.settings("http://127.0.0.1:" + provider.port() + "/payments", DEADLINE));
    }

    @Test
    void sends_amount_and_key_and_believes_a_settlement() {
        refundIsAnswered(okJson(SETTLED));

        assertThat(gateway.refund(ORDER)).isEqualTo(new Answer.Settled("RF-1"));

        provider.verify(
                1,
                postRequestedFor(urlEqualTo("/payments/refunds"))
                        .withHeader("Idempotency-Key", equalTo("PO-1"))
                        .withHeader("Authorization", equalTo("Bearer our-token"))
                        .withRequestBody(equalToJson("""
                                        {"merchantId":"M-1","orderId":"O-1","tenderId":"T-1","tenderMethod":"CARD",
                                         "amountMinor":3000,"currency":"CNY","payTo":{"method":"ORIGINAL"}}
                                        """)));
    }

    @Test
    void sends_the_card_in_the_body_and_prints_it_nowhere(CapturedOutput log) {
        refundIsAnswered(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        var order =
                new RefundOrder("PO-1", "M-1", "O-1", "T-1", "CARD", 3000, "CNY", new CardDetails(CARD, "王小明", "ICBC"));

        var answer = gateway.refund(order);

        provider.verify(1, postRequestedFor(urlEqualTo("/payments/refunds")).withRequestBody(equalToJson("""
                                        {"merchantId":"M-1","orderId":"O-1","tenderId":"T-1","tenderMethod":"CARD",
                                         "amountMinor":3000,"currency":"CNY","payTo":{"method":"BANK_CARD",
                                         "cardNumber":"6200000000000005","holder":"王小明","bank":"ICBC"}}
                                        """)));
        assertThat(answer).isInstanceOf(Answer.Unknown.class);
        assertThat(answer.toString() + order + log).doesNotContain(CARD);
    }

    @Test
    void tells_pending_from_settled() {
        refundIsAnswered(okJson(SETTLED.replace("SETTLED", "PENDING")).withStatus(202));

        assertThat(gateway.refund(ORDER)).isEqualTo(new Answer.Pending("RF-1"));
    }

    @Test
    void takes_only_an_explicit_word_for_a_decline() {
        refundIsAnswered(okJson(SETTLED.replace("SETTLED", "DECLINED").replace("null", "\"ACCOUNT_CLOSED\"")));

        assertThat(gateway.refund(ORDER)).isEqualTo(new Answer.Declined("ACCOUNT_CLOSED"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 400, 401, 403, 404, 408, 422, 425, 429, 500, 502, 503, 504})
    void knows_nothing_after_any_other_status(int status) {
        refundIsAnswered(aResponse().withStatus(status).withBody("{\"code\":\"whatever\"}"));

        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Unknown.class);
        provider.verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void knows_nothing_when_the_connection_breaks_and_does_not_send_again(Fault fault) {
        refundIsAnswered(aResponse().withFault(fault));

        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Unknown.class);
        provider.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void knows_nothing_when_nobody_listens() {
        var nobody = new HttpPaymentGateway(
                PaymentSettingsTest.settings("http://127.0.0.1:" + Surroundings.freePort(), DEADLINE));

        assertThat(nobody.refund(ORDER)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void gives_up_at_the_deadline_when_no_answer_begins() {
        refundIsAnswered(okJson(SETTLED).withFixedDelay(5000));

        assertGivesUpInTime();
    }

    @Test
    void gives_up_at_the_deadline_when_an_answer_trickles() {
        refundIsAnswered(okJson(SETTLED).withChunkedDribbleDelay(20, 20_000));

        assertGivesUpInTime();
    }

    private void assertGivesUpInTime() {
        Instant start = Instant.now();
        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Unknown.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(DEADLINE.multipliedBy(3));
    }

    @Test
    void knows_nothing_after_half_an_answer() {
        refundIsAnswered(okJson(SETTLED.substring(0, 60)));

        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "not json",
                "{\"status\":\"PAID\",\"key\":\"PO-1\"}",
                "{\"status\":7}"
            })
    void knows_nothing_after_an_answer_that_is_none(String body) {
        refundIsAnswered(okJson(body));

        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3001", "2999", "-3000", "3000.0", "30e2", "\"3000\"", "null", "9223372036854775808"})
    void believes_no_other_amount_than_ours(String amount) {
        refundIsAnswered(okJson(SETTLED.replace("3000", amount)));
        queryIsAnswered(okJson(SETTLED.replace("3000", amount)));

        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Contradicted.class);
        assertThat(gateway.query(ORDER)).isInstanceOf(Answer.Contradicted.class);
    }

    @Test
    void believes_no_other_currency_tender_or_key() {
        refundIsAnswered(okJson(SETTLED.replace("CNY", "USD")));
        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Contradicted.class);
        refundIsAnswered(okJson(SETTLED.replace("T-1", "T-2")));
        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Contradicted.class);
        refundIsAnswered(okJson(SETTLED.replace("PO-1", "PO-2")));
        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Contradicted.class);
    }

    @Test
    void hears_a_contradiction_when_the_key_belongs_to_another_body() {
        refundIsAnswered(aResponse().withStatus(409).withBody("{\"code\":\"key-reused\"}"));

        assertThat(gateway.refund(ORDER)).isInstanceOf(Answer.Contradicted.class);
    }

    @Test
    void asks_by_key() {
        queryIsAnswered(okJson(SETTLED));

        assertThat(gateway.query(ORDER)).isEqualTo(new Answer.Settled("RF-1"));
        provider.verify(1, getRequestedFor(urlEqualTo("/payments/refunds/PO-1")));
    }

    @Test
    void takes_only_the_providers_own_word_that_nothing_was_booked() {
        queryIsAnswered(aResponse().withStatus(404).withBody("{\"code\":\"refund-not-found\"}"));
        assertThat(gateway.query(ORDER)).isEqualTo(new Answer.NotBooked());

        queryIsAnswered(aResponse().withStatus(404).withBody("<html>no such page</html>"));
        assertThat(gateway.query(ORDER)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void stops_a_refund_or_learns_that_it_is_too_late() {
        stopIsAnswered(okJson(SETTLED.replace("SETTLED", "CANCELLED")));
        assertThat(gateway.stop(ORDER)).isEqualTo(new Answer.Stopped());

        stopIsAnswered(okJson(SETTLED));
        assertThat(gateway.stop(ORDER)).isEqualTo(new Answer.Settled("RF-1"));

        stopIsAnswered(aResponse().withStatus(503));
        assertThat(gateway.stop(ORDER)).isInstanceOf(Answer.Unknown.class);
    }

    private static void refundIsAnswered(ResponseDefinitionBuilder answer) {
        provider.stubFor(post("/payments/refunds").willReturn(answer));
    }

    private static void queryIsAnswered(ResponseDefinitionBuilder answer) {
        provider.stubFor(get("/payments/refunds/PO-1").willReturn(answer));
    }

    private static void stopIsAnswered(ResponseDefinitionBuilder answer) {
        provider.stubFor(post("/payments/refunds/PO-1/cancellation").willReturn(answer));
    }
}
