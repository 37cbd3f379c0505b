package io.aftersale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.problems.Problem;
import io.aftersale.support.Http;
import io.aftersale.support.Places;
import io.aftersale.support.RunningApp;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RunningApp
@ExtendWith(OutputCaptureExtension.class)
class CardVaultTest {
    /** A number from the test ranges of card schemes. */
    private static final String NUMBER = "4242424242424242";

    @LocalServerPort
    int port;

    @Autowired
    CardVault vault;

    @Autowired
    JdbcClient jdbc;

    @Test
    void a_shop_gives_a_card_for_a_token_and_reads_only_its_last_four_digits() {
        var answer = Http.as(port, "shop").post("/api/cards", card("4242 4242-4242 4242", "王小明", "招商银行"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("cardToken").asText()).startsWith("card-");
        assertThat(answer.json().path("masked").asText()).isEqualTo("**** 4242");
        assertThat(answer.text()).doesNotContain(NUMBER);
    }

    @Test
    void the_room_that_pays_gets_the_card_back_as_it_was_given() {
        var stored = vault.store("M-1", new CardDetails("4242 4242 4242 4242", "王小明", "招商银行"));

        var card = vault.reveal("M-1", stored.token());

        assertThat(card.number()).isEqualTo(NUMBER);
        assertThat(card.holder()).isEqualTo("王小明");
        assertThat(card.bank()).isEqualTo("招商银行");
        assertThat(vault.find("M-1", stored.token()).masked()).isEqualTo("**** 4242");
    }

    @Test
    void no_row_of_the_whole_database_and_no_line_of_the_log_has_the_number(CapturedOutput log) {
        Http.as(port, "shop").post("/api/cards", card(NUMBER, "Zhang Wei", "ICBC"));
        Http.as(port, "shop").post("/api/cards", card("4242424242424241", "Zhang Wei", "ICBC"));
        Http.as(port, "shop").post("/api/cards", "{\"cardNumber\":" + NUMBER + "}");
        Http.as(port, "shop").post("/api/cards", "{\"cardNumber\":\"" + NUMBER + "\",\"holder\":[]}");
        Http.as(port, "shop").post("/api/cards", "{\"cardNumber\":\"" + NUMBER);

        assertThat(jdbc.sql("select count(*) from card").query(Long.class).single())
                .isPositive();
        assertThat(Places.with(NUMBER, jdbc)).isEmpty();
        assertThat(Places.with("Zhang Wei", jdbc)).isEmpty();
        assertThat(log.getAll()).doesNotContain(NUMBER).doesNotContain("4242424242424241");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4242424242424241", "4242", "abcdabcdabcdabcd", "", "42424242424242424242", "４２４２４２４２４２４２４２４２"})
    void a_number_with_a_slip_is_refused_and_not_repeated(String number) {
        var answer = Http.as(port, "shop").post("/api/cards", card(number, "Zhang Wei", "ICBC"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("card-number-invalid");
        if (!number.isEmpty()) {
            assertThat(answer.text()).doesNotContain(number);
        }
    }

    @Test
    void a_card_without_a_holder_is_refused_by_the_name_of_the_field() {
        var answer = Http.as(port, "shop").post("/api/cards", "{\"cardNumber\":\"" + NUMBER + "\",\"bank\":\"ICBC\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("field-missing");
        assertThat(answer.json().path("field").asText()).isEqualTo("holder");
    }

    @Test
    void a_body_of_the_wrong_shape_is_refused_without_repeating_the_number() {
        for (String body : List.of(
                "{\"cardNumber\":[" + NUMBER + "],\"holder\":\"A\",\"bank\":\"B\"}",
                "{\"cardNumber\":\"" + NUMBER + "\",\"holder\":\"A\",\"bank\":\"B\",\"" + NUMBER + "\":1}",
                "{\"cardNumber\":\"" + NUMBER)) {
            var answer = Http.as(port, "shop").post("/api/cards", body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        }
    }

    @Test
    void another_merchants_card_is_as_good_as_none() {
        var stored = vault.store("M-1", new CardDetails(NUMBER, "Zhang Wei", "ICBC"));

        for (String token : new String[] {stored.token(), "card-none", "card-\0", null}) {
            assertThatThrownBy(() -> vault.find("M-2", token))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.code().code()).isEqualTo("card-unknown"));
            assertThatThrownBy(() -> vault.reveal("M-2", token)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void a_row_that_was_moved_to_another_token_or_merchant_does_not_open() {
        var one = vault.store("M-1", new CardDetails(NUMBER, "Zhang Wei", "ICBC"));
        var two = vault.store("M-2", new CardDetails("5555555555554444", "Li Na", "ABC"));

        jdbc.sql("update card set sealed = (select sealed from card where token = ?) where token = ?")
                .params(one.token(), two.token())
                .update();

        assertThatThrownBy(() -> vault.reveal("M-2", two.token()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining(NUMBER);
    }

    @Test
    void a_card_prints_as_its_last_four_digits() {
        assertThat(new CardDetails(NUMBER, "Zhang Wei", "ICBC")).hasToString("**** 4242");
    }

    @Test
    void an_installation_without_a_key_says_what_is_missing() {
        assertThatThrownBy(() -> new CardKey("", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("AFTERSALE_CARD_KEY is not set");
        assertThatThrownBy(() -> new CardKey("c2hvcnQ=", ""))
                .hasMessage("AFTERSALE_CARD_KEY is not 32 bytes in Base64.");
        assertThatThrownBy(() -> new CardKey("***", "")).hasMessageNotContaining("***");
    }

    @Test
    void a_new_key_seals_while_the_old_one_still_opens() throws Exception {
        String old = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        String young = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
        byte[] context = {1};
        byte[] sealed = new CardKey(old, "").seal(new byte[] {42}, context);

        assertThat(new CardKey(young + "," + old, "").open(sealed, context)).containsExactly(42);
        assertThatThrownBy(() -> new CardKey(young, "").open(sealed, context))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static String card(String number, String holder, String bank) {
        return "{\"cardNumber\":\"" + number + "\",\"holder\":\"" + holder + "\",\"bank\":\"" + bank + "\"}";
    }
}
