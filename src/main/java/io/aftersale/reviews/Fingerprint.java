package io.aftersale.reviews;

import java.util.HashSet;
import java.util.Set;

/**
 * What makes two texts alike: a 64-bit SimHash over their 3-grams (few bits differ where few grams do), and the share of
 * grams that both have (Jaccard). Two texts of at least 15 letters are alike when 10 bits or fewer differ, or when they
 * share 65 per cent of their grams.
 */
final class Fingerprint {
    static final int FEWEST_LETTERS = 15;
    static final int MOST_BITS = 10;
    private static final int GRAM = 3;
    private static final int BITS = 64;
    private static final int SHARED_PER_CENT = 65;
    private static final long SEED = 0x9E3779B97F4A7C15L;

    private Fingerprint() {}

    /** Whether a text is long enough to be like another one. */
    static boolean isLongEnough(String dense) {
        return dense.length() >= FEWEST_LETTERS;
    }

    static long simHash(String dense) {
        int[] votes = new int[BITS];
        for (long gram : grams(dense)) {
            long hash = mix(gram);
            for (int bit = 0; bit < BITS; bit++) {
                votes[bit] += (hash >>> bit & 1) == 1 ? 1 : -1;
            }
        }
        long hash = 0;
        for (int bit = 0; bit < BITS; bit++) {
            if (votes[bit] > 0) {
                hash |= 1L << bit;
            }
        }
        return hash;
    }

    static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    /** Whether two texts share at least 65 per cent of their grams. */
    static boolean shareMost(String one, String other) {
        Set<Long> grams = grams(one);
        Set<Long> others = grams(other);
        int shorter = Math.min(grams.size(), others.size());
        int longer = Math.max(grams.size(), others.size());
        if (shorter * 100 < longer * SHARED_PER_CENT) {
            return false;
        }
        long both = grams.stream().filter(others::contains).count();
        return both * 100 >= (grams.size() + others.size() - both) * SHARED_PER_CENT;
    }

    private static Set<Long> grams(String dense) {
        var grams = new HashSet<Long>();
        for (int at = 0; at + GRAM <= dense.length(); at++) {
            grams.add((long) dense.charAt(at) << 32 | (long) dense.charAt(at + 1) << 16 | dense.charAt(at + 2));
        }
        return grams;
    }

    /** Spreads a number over all 64 bits (the finalizer of SplitMix64). */
    private static long mix(long value) {
        long z = value + SEED;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
