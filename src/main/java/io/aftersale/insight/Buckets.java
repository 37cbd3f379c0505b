package io.aftersale.insight;

import java.util.Map;
import java.util.TreeMap;

/**
 * How long things took, as counts of log-scaled buckets: each ends 10.5 % above
 * where it begins, so that a quantile is at most 5 % off whatever the spread is. Buckets of several days or merchants are merged by
 * adding the counts, and taken back by subtracting them; means of medians cannot do that.
 */
final class Buckets {
    /** The largest error of a quantile, relative to it. */
    static final double ERROR = 0.05;

    private static final double STEP = (1 + ERROR) / (1 - ERROR);

    private final TreeMap<Integer, Long> counts = new TreeMap<>();

    /** The bucket of a time; anything below a second is in the first. */
    static int of(long seconds) {
        return seconds <= 1 ? 0 : (int) Math.ceil(Math.log(seconds) / Math.log(STEP));
    }

    /** The time that stands for a bucket, in the middle of it by ratio. */
    static double seconds(int bucket) {
        return bucket == 0 ? 1 : 2 * Math.pow(STEP, bucket) / (STEP + 1);
    }

    static Buckets read(String text) {
        var read = new Buckets();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split(",")) {
                int colon = pair.indexOf(':');
                read.add(Integer.parseInt(pair.substring(0, colon)), Long.parseLong(pair.substring(colon + 1)));
            }
        }
        return read;
    }

    void add(int bucket, long n) {
        counts.merge(bucket, n, (one, other) -> one + other == 0 ? null : Long.valueOf(one + other));
    }

    void add(Buckets other) {
        other.counts.forEach(this::add);
    }

    void negate() {
        counts.replaceAll((bucket, n) -> -n);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The time that a share of all stayed within, rounded to seconds; null when nothing was measured.
     *
     * @param share between 0 and 1, such as 0.9
     */
    Long quantile(double share) {
        long all = count();
        long rank = Math.max(1, (long) Math.ceil(share * all));
        long passed = 0;
        for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
            passed += bucket.getValue();
            if (passed >= rank) {
                return Math.round(seconds(bucket.getKey()));
            }
        }
        return null;
    }

    String write() {
        var text = new StringBuilder();
        counts.forEach((bucket, n) -> text.append(text.isEmpty() ? "" : ",")
                .append(bucket)
                .append(':')
                .append(n));
        return text.toString();
    }

    @Override
    public String toString() {
        return write();
    }
}
