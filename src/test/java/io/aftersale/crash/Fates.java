package io.aftersale.crash;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Deals out how nodes die, by a seed, and counts how they did. Seven of twelve are to die at a named point: at one that
 * had the fewest so far.
 */
class Fates {
    private static final long MOST_WAIT_MILLIS = 7_000;
    private static final long MOST_LIFE_MILLIS = 2_000;

    private final Random chance;
    private final Map<Point, Integer> dealt = new EnumMap<>(Point.class);
    private final Map<Point, Integer> died = new EnumMap<>(Point.class);
    private final Map<String, Integer> elsewhere = new TreeMap<>();

    Fates(long seed) {
        this.chance = new Random(seed);
    }

    synchronized Fate deal() {
        int kind = chance.nextInt(12);
        if (kind < 3) {
            return new Fate(null, 0, true, 500 + chance.nextInt(5_000));
        }
        if (kind < 5) {
            return new Fate(null, 0, false, chance.nextLong(MOST_LIFE_MILLIS));
        }
        var tie = new EnumMap<Point, Integer>(Point.class);
        for (Point point : Point.values()) {
            tie.put(point, chance.nextInt());
        }
        Point point = Arrays.stream(Point.values())
                .min(Comparator.<Point>comparingInt(it -> dealt.getOrDefault(it, 0) + 2 * died.getOrDefault(it, 0))
                        .thenComparing(tie::get))
                .orElseThrow();
        dealt.merge(point, 1, Integer::sum);
        return new Fate(point, chance.nextInt(4) == 0 ? 2 : 1, false, mostWait(point));
    }

    /** At a point where nobody died yet it is waited longer. */
    private long mostWait(Point point) {
        return died.containsKey(point) ? MOST_WAIT_MILLIS : MOST_WAIT_MILLIS * 2;
    }

    synchronized void count(Point point) {
        died.merge(point, 1, Integer::sum);
    }

    synchronized void count(String moment) {
        elsewhere.merge(moment, 1, Integer::sum);
    }

    synchronized int kills() {
        return died.values().stream().mapToInt(Integer::intValue).sum()
                + elsewhere.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized Map<Point, Integer> byPoint() {
        var all = new EnumMap<Point, Integer>(Point.class);
        for (Point point : Point.values()) {
            all.put(point, died.getOrDefault(point, 0));
        }
        return all;
    }

    synchronized Map<String, Integer> elsewhere() {
        return new TreeMap<>(elsewhere);
    }
}
