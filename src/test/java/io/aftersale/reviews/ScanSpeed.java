package io.aftersale.reviews;

import io.aftersale.support.Database;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How fast the scan is, on one thread: all real reviews, or as many made-up ones without {@code real.data}, each with
 * its stores and its lookup of texts alike; then one lookup among many texts of one product. A benchmark, no test: {@code
 * ./mvnw -Pbench test} runs it and it fails for nothing.
 */
class ScanSpeed {
    private static final String FOLDER = System.getProperty("real.data", "");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 3;
    private static final int MADE_UP = 2_639;
    private static final int MANY = 100_000;
    private static final int LOOKUPS = 20;

    @Test
    void scans_reviews_on_one_thread() {
        var texts = texts();
        for (Database database : Database.values()) {
            for (int round = 1; round <= WARM_UP + ROUNDS; round++) {
                var bench = new ReviewBench(database);
                var written = new ArrayList<ReviewText>();
                for (int i = 0; i < texts.size(); i++) {
                    written.add(bench.write("SKU-" + i % 9, "B-" + i, 1 + i % 5, texts.get(i)));
                }
                long start = System.nanoTime();
                long startOfWork = THREADS.getCurrentThreadCpuTime();
                bench.transaction.executeWithoutResult(open -> written.forEach(bench::scan));
                if (round > WARM_UP) {
                    System.out.printf(
                            "%s: %d reviews scanned in %.2f s, of which this thread worked %.2f s%n",
                            database,
                            texts.size(),
                            (System.nanoTime() - start) / 1e9,
                            (THREADS.getCurrentThreadCpuTime() - startOfWork) / 1e9);
                }
            }
        }
    }

    @Test
    void finds_a_text_alike_among_many_of_one_product() {
        for (Database database : Database.values()) {
            var bench = new ReviewBench(database);
            var chance = new Random(1);
            ReviewText first = bench.write("SKU-MANY", "B-0", 3, "只是为了有一行");
            for (int i = 0; i < MANY; i++) {
                bench.jdbc
                        .sql("""
                                insert into review_fingerprint (text_no, merchant_id, sku, author, review_number, simhash)
                                values (:no, 'M-1', 'SKU-MANY', :author, :number, :simHash)
                                """)
                        .param("no", 1_000_000L + i)
                        .param("author", "B-" + i)
                        .param("number", "RV-1999-%08d".formatted(i))
                        .param("simHash", chance.nextLong())
                        .update();
            }
            String words = "杯子很好看，质量也不错，就是物流慢了一点，总体满意";
            var review = bench.reviews.find(first.reviewNumber()).orElseThrow();
            var fingerprints = new Fingerprints(bench.jdbc);
            String dense = NormalText.of(words).dense();
            long start = 0;
            for (int i = 0; i < WARM_UP * LOOKUPS + LOOKUPS; i++) {
                if (i == WARM_UP * LOOKUPS) {
                    start = System.nanoTime();
                }
                fingerprints.near(review, first, Fingerprint.simHash(dense));
            }
            System.out.printf(
                    "%s: one look for texts alike among %d of one product takes %.1f ms%n",
                    database, MANY, (System.nanoTime() - start) / 1e6 / LOOKUPS);
        }
    }

    private static List<String> texts() {
        if (!FOLDER.isBlank()) {
            return RealReviews.in(Path.of(FOLDER)).stream()
                    .map(RealReviews::text)
                    .filter(text -> text.length() <= Draft.MOST_CONTENT)
                    .toList();
        }
        var chance = new Random(1);
        var texts = new ArrayList<String>();
        for (int i = 0; i < MADE_UP; i++) {
            var text = new StringBuilder();
            int length = 20 + chance.nextInt(120);
            for (int n = 0; n < length; n++) {
                text.append((char) (0x4e00 + chance.nextInt(3_000)));
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
