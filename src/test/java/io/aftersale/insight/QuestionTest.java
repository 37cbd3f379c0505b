package io.aftersale.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersale.insight.Question.Range;
import io.aftersale.insight.SumKey.Span;
import io.aftersale.problems.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which questions are answered, and from which rows. */
class QuestionTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void without_days_it_is_about_the_last_thirty() {
        var question = Question.of(null, null, null, TODAY);

        assertThat(question.from()).isEqualTo("2026-10-24");
        assertThat(question.to()).isEqualTo("2026-11-22");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-02,2026-11-01,kind,from",
        "yesterday,2026-11-01,kind,from",
        "2026-11-01,2026-11-31,kind,to",
        "2016-11-01,2026-11-01,kind,to",
        "2025-01-01,2026-11-01,day,to"
    })
    void days_that_make_no_sense_or_are_too_many_are_refused(String from, String to, String by, String field) {
        assertThatThrownBy(() -> Question.of(from, to, by, TODAY))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'" + field + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "kind,", "kind,sku", "day,sku,reason", "KIND", "kind;day", "merchant,day"})
    void what_is_not_told_apart_is_refused_with_what_is(String by) {
        assertThatThrownBy(() -> Question.of("2026-11-01", "2026-11-02", by, TODAY))
                .hasMessageContaining("kind,day")
                .hasMessageContaining("sku,reason");
    }

    @Test
    void the_order_of_a_pair_does_not_matter() {
        assertThat(Question.of(null, null, "day,kind", TODAY)).isEqualTo(Question.of(null, null, "kind,day", TODAY));
    }

    @Test
    void whole_months_are_read_as_such_and_every_day_once() {
        assertThat(Question.of("2026-01-30", "2026-04-02", "kind", TODAY).ranges())
                .containsExactly(
                        new Range(Span.D, LocalDate.of(2026, 1, 30), LocalDate.of(2026, 1, 31)),
                        new Range(Span.M, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 31)),
                        new Range(Span.D, LocalDate.of(2026, 4, 1), LocalDate.of(2026, 4, 2)));
        LocalDate from = LocalDate.of(2025, 12, 1);
        for (int begin = 0; begin < 70; begin++) {
            for (int length = 0; length < 100; length++) {
                LocalDate first = from.plusDays(begin);
                LocalDate last = first.plusDays(length);
                assertThat(days(Question.of(first.toString(), last.toString(), "kind", TODAY)))
                        .isEqualTo(first.datesUntil(last.plusDays(1)).toList());
            }
        }
    }

    private static List<LocalDate> days(Question question) {
        var days = new ArrayList<LocalDate>();
        for (Range range : question.ranges()) {
            if (range.span() == Span.M) {
                assertThat(range.from().getDayOfMonth()).isEqualTo(1);
                assertThat(range.to().plusDays(1).getDayOfMonth()).isEqualTo(1);
            }
            range.from().datesUntil(range.to().plusDays(1)).forEach(days::add);
        }
        return days;
    }
}
