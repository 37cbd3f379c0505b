package io.aftersale.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreeTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to 4242424242424242 please | to **** 4242 please",
                "4242 4242-4242 4242 | **** 4242",
                "卡号4242424242424242。 | 卡号**** 4242。",
                "4242  4242 - 4242\u30004242 | **** 4242",
                "４２４２ ４２４２ ４２４２ ４２４２ | **** 4242",
                "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢ | **** 4242",
                "2 4242 4242 4242 4242 | 2 **** 4242",
                "4242 4242 4242 4242 12-30 | **** 4242 12-30",
                "13800138000 6200000000000005 4242424242424242 | 13800138000 **** 0005 **** 4242",
                "one 4242424242424242, two 6200000000000005 | one **** 4242, two **** 0005"
            })
    void a_card_number_is_hidden_however_it_is_written_and_whatever_stands_beside_it(String written, String kept) {
        assertThat(FreeText.check("text", written, 200)).isEqualTo(kept);
        assertThat(FreeText.hasCardNumber(written)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no digits 没有数字 💔",
                "4242424242424241",
                "424242424242",
                "42424242424242424242",
                "SF1234567890123 一周没动",
                "2026-11-27 10:00",
                "4242,4242,4242,4242",
                "4242 4242 x 4242 4242"
            })
    void what_is_no_card_number_stays_as_it_was_written(String written) {
        assertThat(FreeText.check("text", written, 200)).isEqualTo(written);
        assertThat(FreeText.hasCardNumber(written)).isFalse();
    }

    @Test
    void thousands_of_digits_in_groups_are_read_in_no_time() {
        String digits = "1 ".repeat(120_000);

        assertThat(FreeText.mask(digits)).hasSizeLessThanOrEqualTo(digits.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\u001bb", "half \ud83d", "\udc94"})
    void control_characters_and_halves_of_characters_are_refused(String written) {
        assertThatThrownBy(() -> FreeText.check("text", written, 200))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TEXT_INVALID));
    }
}
