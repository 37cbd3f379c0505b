package io.aftersale.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.support.AtOnce;
import io.aftersale.support.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.dao.ConcurrencyFailureException;

/** Invariant 6: ratings equal a recount of the published reviews at every commit, whatever happens at the same time. */
class RatingsTest {
    private static final int WRITERS = 50;

    @ParameterizedTest
    @EnumSource
    void fifty_publications_at_once_count_once_each_whatever_is_retried(Database database) {
        var bench = new ReviewBench(database);
        String sku = sku();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            numbers.add(bench.write(sku, "B-" + i, 1 + i % 5, null).reviewNumber());
        }
        var done = new AtomicBoolean();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String number = numbers.get(i);
            boolean fails = i % 7 == 0;
            work.add(() -> {
                if (fails) {
                    failHalfWay(bench, number);
                }
                publish(bench, number);
                publish(bench, number);
                return 0;
            });
        }
        work.add(() -> {
            int looks = 0;
            while (!done.get() && looks < 200) {
                assertThat(bench.ratings.recount()).as("look " + looks).isEmpty();
                looks++;
            }
            return looks;
        });
        int looks = AtOnce.run(work).get(WRITERS);
        done.set(true);
        assertThat(looks).isPositive();
        assertThat(bench.ratings.of(ReviewBench.MERCHANT, sku, null, null).counts())
                .containsExactly(10L, 10L, 10L, 10L, 10L);
        assertThat(bench.ratings.recount()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hiding_editing_and_restoring_at_once_leave_the_right_counters(Database database) {
        var bench = new ReviewBench(database);
        String sku = sku();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String number = bench.write(sku, "B-" + i, 5, null).reviewNumber();
            bench.enter(number, "PUBLISHED");
            for (String status : List.of("HIDDEN", "PUBLISHED", "MODERATING")) {
                work.add(() -> {
                    retry(() -> bench.enter(number, status));
                    return 0;
                });
            }
        }
        AtOnce.run(work);
        assertThat(bench.ratings.recount()).isEmpty();
    }

    @Test
    void a_broken_counter_is_told_loudly_and_nothing_is_mended_by_itself() {
        var bench = new ReviewBench(Database.H2);
        String sku = sku();
        bench.enter(bench.write(sku, "B-1", 4, null).reviewNumber(), "PUBLISHED");
        assertThat(bench.recount.recount()).isEmpty();
        assertThat(bench.recount.health().getStatus()).isEqualTo(Status.UP);
        bench.jdbc
                .sql("update rating_day set c5 = c5 + 1 where sku = :sku")
                .param("sku", sku)
                .update();
        assertThat(bench.recount.recount()).singleElement().satisfies(it -> {
            assertThat(it.sku()).isEqualTo(sku);
            assertThat(it.tooMany()).containsExactly(0L, 0L, 0L, 0L, 1L);
        });
        assertThat(bench.recount.health().getStatus()).isEqualTo(Status.DOWN);
        bench.jdbc
                .sql("update rating_day set c5 = 0, c4 = 0 where sku = :sku")
                .param("sku", sku)
                .update();
        assertThat(bench.recount.recount())
                .singleElement()
                .satisfies(it -> assertThat(it.tooMany()).containsExactly(0L, 0L, 0L, -1L, 0L));
        bench.jdbc
                .sql("delete from rating_day where sku = :sku")
                .param("sku", sku)
                .update();
        assertThat(bench.recount.recount()).hasSize(1);
    }

    @Test
    void what_a_rating_costs_does_not_depend_on_the_number_of_reviews() {
        var bench = new ReviewBench(Database.H2);
        String sku = sku();
        for (int i = 0; i < 40; i++) {
            bench.enter(bench.write(sku, "B-" + i, 3, null).reviewNumber(), "PUBLISHED");
        }
        assertThat(bench.jdbc
                        .sql("select count(*) from rating_day where sku = :sku")
                        .param("sku", sku)
                        .query(Long.class)
                        .single())
                .as("rows that a rating reads")
                .isEqualTo(1);
        assertThat(bench.ratings.of(ReviewBench.MERCHANT, sku, null, null).count())
                .isEqualTo(40);
        assertThat(bench.ratings.of("M-2", sku, null, null).count()).isZero();
    }

    private static void publish(ReviewBench bench, String number) {
        retry(() -> bench.enter(number, "PUBLISHED"));
    }

    /** The work is done and then something breaks: nothing of it may stay. */
    private static void failHalfWay(ReviewBench bench, String number) {
        try {
            retry(() -> bench.transaction.executeWithoutResult(open -> {
                bench.enter(number, "PUBLISHED");
                throw new IllegalStateException("broken on purpose");
            }));
        } catch (IllegalStateException asWanted) {
            assertThat(asWanted).hasMessage("broken on purpose");
        }
    }

    private static void retry(Runnable work) {
        for (int tryNo = 1; ; tryNo++) {
            try {
                work.run();
                return;
            } catch (ConcurrencyFailureException race) {
                if (tryNo == 20) {
                    throw race;
                }
            }
        }
    }

    private static String sku() {
        return "SKU-" + UUID.randomUUID();
    }
}
