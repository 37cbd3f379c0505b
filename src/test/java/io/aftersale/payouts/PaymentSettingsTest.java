package io.aftersale.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentSettingsTest {
    static PaymentSettings settings(String url, Duration deadline) {
        return new PaymentSettings(
                URI.create(url),
                "our-token",
                "our-secret",
                deadline,
                deadline.dividedBy(2),
                List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1)));
    }

    @Test
    void refuses_a_deadline_above_fifteen_seconds() {
        assertThatThrownBy(() -> settings("http://provider", Duration.ofSeconds(16)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PT15S");
    }

    @Test
    void refuses_a_job_lock_shorter_than_ten_deadlines() {
        var settings = settings("http://provider", Duration.ofSeconds(10));

        assertThatCode(() -> settings.checkAgainst(Duration.ofSeconds(100))).doesNotThrowAnyException();
        assertThatThrownBy(() -> settings.checkAgainst(Duration.ofSeconds(99)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("10 times");
    }

    @Test
    void refuses_a_real_provider_on_the_demos_database() {
        var real = settings("https://pay.example.com/v1", Duration.ofSeconds(10));
        assertThatThrownBy(() -> real.checkAgainst("jdbc:h2:file:./target/demo/aftersale"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pay.example.com")
                .hasMessageContaining("profile 'postgres'");
        assertThatCode(() -> real.checkAgainst("jdbc:postgresql://db.example.com/aftersale"))
                .doesNotThrowAnyException();
        for (String near : List.of("http://127.0.0.1:8089/payments", "http://localhost:1/x", "http://[::1]:1/x")) {
            assertThatCode(() -> settings(near, Duration.ofSeconds(10)).checkAgainst("jdbc:h2:mem:x"))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void says_in_one_sentence_which_secret_is_missing() {
        assertThatThrownBy(() -> new PaymentSettings(
                        URI.create("http://provider"),
                        " ",
                        "our-secret",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        List.of(Duration.ofSeconds(10))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AFTERSALE_PAYMENTS_TOKEN");
    }

    @Test
    void waits_longer_each_time_and_then_evenly() {
        var settings = settings("http://provider", Duration.ofSeconds(10));

        assertThat(settings.waitBefore(0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.waitBefore(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.waitBefore(2)).isEqualTo(Duration.ofHours(1));
        assertThat(settings.waitBefore(99)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void holds_a_payout_longer_than_a_question_and_a_send_take() {
        assertThat(settings("http://provider", Duration.ofSeconds(10)).lease()).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void prints_no_secret() {
        assertThat(settings("http://provider", Duration.ofSeconds(10)).toString())
                .doesNotContain("our-token", "our-secret");
    }
}
