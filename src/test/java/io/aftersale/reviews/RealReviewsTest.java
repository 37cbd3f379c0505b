package io.aftersale.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.aftersale.support.Database;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The scan and the packaged table on reviews that people really wrote: nothing is sent back that a person would publish,
 * few go to people, and it does not matter what the buyer thought of the goods. Takes the folder of the data from the
 * property {@code real.data}.
 */
class RealReviewsTest {
    private static final String FOLDER = System.getProperty("real.data", "");
    private static final double MOST_TO_PEOPLE = 0.05;

    @BeforeEach
    void needs_the_folder() {
        assumeFalse(FOLDER.isBlank(), "Skipped: -Dreal.data=FOLDER names no folder with reviews.csv.");
    }

    @Test
    void nothing_is_blocked_outright_and_few_go_to_people() {
        var bench = new ReviewBench(Database.H2);
        var ways = new TreeMap<String, Integer>();
        var reasons = new TreeMap<String, Integer>();
        var ofNegative = new TreeMap<String, Integer>();
        int tooLong = 0;
        var all = RealReviews.in(Path.of(FOLDER));
        for (int i = 0; i < all.size(); i++) {
            RealReviews one = all.get(i);
            if (one.text().length() > Draft.MOST_CONTENT) {
                tooLong++;
                continue;
            }
            int stars = 1 + i % 5;
            Map<String, Object> answer = bench.moderate(bench.write(one.category(), "B-" + i, stars, one.text()));
            String way = answer.get("moderation").toString();
            ways.merge(way, 1, Integer::sum);
            reasons.merge(answer.get("reasonCode").toString(), 1, Integer::sum);
            if (!one.isPositive()) {
                ofNegative.merge(way, 1, Integer::sum);
            }
        }
        int scanned = all.size() - tooLong;
        System.out.printf(
                "%d real reviews, %d of them above 500 characters and refused at the door; of the others%n"
                        + "published %.2f %%, flagged for a person %.2f %%, sent back to the author %.2f %%%n%s%n"
                        + "of those that did not like the goods: %s%n",
                all.size(),
                tooLong,
                100.0 * ways.getOrDefault("PUBLISH", 0) / scanned,
                100.0 * ways.getOrDefault("MODERATE", 0) / scanned,
                100.0 * ways.getOrDefault("ASK_EDIT", 0) / scanned,
                reasons,
                ofNegative);
        assertThat(ways.getOrDefault("ASK_EDIT", 0)).as("blocked outright").isZero();
        assertThat(ways.getOrDefault("MODERATE", 0)).isLessThanOrEqualTo((int) (scanned * MOST_TO_PEOPLE));
    }
}
