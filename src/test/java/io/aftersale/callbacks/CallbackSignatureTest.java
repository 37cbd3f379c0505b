package io.aftersale.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackSignatureTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private static final byte[] BODY = "{\"eventId\":\"EV-1\"}".getBytes(StandardCharsets.UTF_8);

    final CallbackSignature signature = new CallbackSignature("our-secret", InstantSource.fixed(NOW));

    @Test
    void takes_what_was_signed_with_our_secret_just_now() {
        assertThat(signature.isGood(Signature.of("our-secret", NOW, BODY), BODY))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 1, 300})
    void forgives_five_minutes_either_way(long seconds) {
        assertThat(signature.isGood(Signature.of("our-secret", NOW.plusSeconds(seconds), BODY), BODY))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 86_400, -86_400})
    void forgives_no_more_than_five_minutes(long seconds) {
        assertThat(signature.isGood(Signature.of("our-secret", NOW.plusSeconds(seconds), BODY), BODY))
                .isFalse();
    }

    @Test
    void refuses_another_secret_and_another_body() {
        assertThat(signature.isGood(Signature.of("their-secret", NOW, BODY), BODY))
                .isFalse();
        assertThat(signature.isGood(Signature.of("our-secret", NOW, BODY), new byte[] {'{', '}'}))
                .isFalse();
    }

    @Test
    void refuses_a_time_that_was_changed_afterwards() {
        String header = Signature.of("our-secret", NOW.minusSeconds(1000), BODY);

        assertThat(signature.isGood(header.replaceFirst("t=\\d+", "t=" + NOW.getEpochSecond()), BODY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1=00", "t=1,v1=zz", "t=-1,v1=00", "t=99999999999999999999,v1=00", "nonsense"})
    void refuses_what_is_no_signature(String header) {
        assertThat(signature.isGood(header, BODY)).isFalse();
        assertThat(signature.isGood(null, BODY)).isFalse();
    }
}
