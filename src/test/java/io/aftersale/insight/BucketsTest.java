package io.aftersale.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What log-scaled buckets promise: a bounded error at any spread, and merging that loses nothing. */
class BucketsTest {
    @Test
    void a_quantile_is_at_most_five_per_cent_off_from_seconds_to_years() {
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            var times = new ArrayList<Long>();
            var buckets = new Buckets();
            for (int i = 0; i < 400; i++) {
                long seconds = 1 + (long) Math.exp(random.nextDouble() * Math.log(100_000_000));
                times.add(seconds);
                buckets.add(Buckets.of(seconds), 1);
            }
            Collections.sort(times);
            for (double share : List.of(0.5, 0.9, 0.99)) {
                long exact = times.get((int) Math.ceil(share * times.size()) - 1);
                assertThat((double) buckets.quantile(share))
                        .as("%s of %s", share, exact)
                        .isCloseTo(exact, within(exact * Buckets.ERROR + 0.5));
            }
        }
    }

    @Test
    void merged_days_say_the_same_as_one_long_day() {
        var random = new Random(3);
        var merged = new Buckets();
        var whole = new Buckets();
        for (int day = 0; day < 30; day++) {
            var one = new Buckets();
            for (int i = 0; i < 20; i++) {
                int bucket = Buckets.of(random.nextInt(1_000_000));
                one.add(bucket, 1);
                whole.add(bucket, 1);
            }
            merged.add(Buckets.read(one.write()));
        }
        assertThat(merged.write()).isEqualTo(whole.write());
        assertThat(merged.count()).isEqualTo(600);
    }

    @Test
    void what_was_taken_back_was_never_there_and_nothing_has_no_median() {
        var buckets = new Buckets();
        buckets.add(Buckets.of(3_600), 1);
        buckets.add(Buckets.of(3_600), -1);

        assertThat(buckets.isEmpty()).isTrue();
        assertThat(buckets.write()).isEmpty();
        assertThat(buckets.quantile(0.5)).isNull();
    }
}
