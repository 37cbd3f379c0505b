package io.aftersale.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RatingTest {
    @Test
    void five_reviews_by_hand() {
        var rating = new Rating(List.of(1L, 0L, 0L, 2L, 2L));
        assertThat(rating.count()).isEqualTo(5);
        assertThat(rating.mean().exact()).isEqualTo("19/5");
        assertThat(rating.mean().rounded()).isEqualByComparingTo("3.8");
        // n = 5, S = 19, Q = 83: (5 * 83 - 361) / 25 = 54/25; the sample's is 54/20.
        assertThat(rating.variance().exact()).isEqualTo("54/25");
        assertThat(rating.variance().rounded()).isEqualByComparingTo("2.16");
        assertThat(rating.sampleVariance().exact()).isEqualTo("27/10");
        // (24.5 + 19) / (7 + 5) = 3.625
        assertThat(rating.bayesianMean().exact()).isEqualTo("29/8");
        assertThat(rating.bayesianMean().rounded()).isEqualByComparingTo("3.625");
        assertThat(rating.wilsonLowerBound()).isEqualByComparingTo("0.3755");
    }

    @Test
    void nothing_is_null_and_never_nought_or_five() {
        var rating = new Rating(List.of(0L, 0L, 0L, 0L, 0L));
        assertThat(rating.count()).isZero();
        assertThat(rating.mean()).isNull();
        assertThat(rating.variance()).isNull();
        assertThat(rating.sampleVariance()).isNull();
        assertThat(rating.bayesianMean()).isNull();
        assertThat(rating.wilsonLowerBound()).isNull();
    }

    @Test
    void one_review_has_no_sample_variance() {
        var rating = new Rating(List.of(0L, 0L, 0L, 0L, 1L));
        assertThat(rating.mean().exact()).isEqualTo("5/1");
        assertThat(rating.variance().exact()).isEqualTo("0/1");
        assertThat(rating.sampleVariance()).isNull();
        assertThat(rating.wilsonLowerBound()).isEqualByComparingTo("0.2065");
    }

    @Test
    void it_is_rounded_half_up_and_once() {
        assertThat(new Rating.Fraction(java.math.BigInteger.valueOf(1), java.math.BigInteger.valueOf(32)).rounded())
                .isEqualTo(new BigDecimal("0.0313"));
        assertThat(new Rating.Fraction(java.math.BigInteger.valueOf(2), java.math.BigInteger.valueOf(3)).rounded())
                .isEqualTo(new BigDecimal("0.6667"));
    }

    @Test
    void only_bad_reviews_are_bounded_by_nought() {
        assertThat(new Rating(List.of(9L, 0L, 0L, 0L, 0L)).wilsonLowerBound()).isEqualByComparingTo("0");
    }

    /** The five counters say just what a look at every single review would. */
    @Property(tries = 300)
    void counters_say_what_the_reviews_say(@ForAll @Size(5) List<@LongRange(min = 0, max = 40) Long> counts) {
        var stars = new ArrayList<Integer>();
        for (int i = 0; i < counts.size(); i++) {
            for (long n = 0; n < counts.get(i); n++) {
                stars.add(i + 1);
            }
        }
        var rating = new Rating(counts);
        assertThat(rating.count()).isEqualTo(stars.size());
        if (stars.isEmpty()) {
            assertThat(rating.mean()).isNull();
            return;
        }
        double mean = stars.stream().mapToInt(Integer::intValue).average().orElseThrow();
        double squares =
                stars.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum();
        assertThat(rating.mean().rounded().doubleValue()).isCloseTo(mean, within());
        assertThat(rating.variance().rounded().doubleValue()).isCloseTo(squares / stars.size(), within());
        if (stars.size() > 1) {
            assertThat(rating.sampleVariance().rounded().doubleValue())
                    .isCloseTo(squares / (stars.size() - 1), within());
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.000_051);
    }
}
