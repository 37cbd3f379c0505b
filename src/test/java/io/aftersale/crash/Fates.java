package io.aftersale.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Deals out how nodes die, by a seed, and counts how they did. Five of twelve are to die at a named point where the
 * fewest died so far, and six while they start, which takes the least time.
 */
class Fates {
    private static final int MOST_WANTED = 12;
    private static final long MOST_WAIT_MILLIS = 9_000;
    private static final long MOST_LIFE_MILLIS = 2_000;

    private final Random chance;
    private final Map<Point, Integer> died = new EnumMap<>(Point.class);
    private final Map<String, Integer> elsewhere = new TreeMap<>();

    Fates(long seed) {
        this.chance = new Random(seed);
    }

    /** That of a node which others find warm: it works for a minute or so before it dies. */
    synchronized Fate dealLongLife() {
        return new Fate(Set.of(), 1, false, 30_000 + chance.nextInt(60_000));
    }

    synchronized Fate deal() {
        int kind = chance.nextInt(12);
        if (kind < 6) {
            return new Fate(Set.of(), 1, true, 500 + chance.nextInt(5_000));
        }
        if (kind < 7) {
            return new Fate(Set.of(), 1, false, chance.nextLong(MOST_LIFE_MILLIS));
        }
        return new Fate(rarest(), chance.nextInt(4) == 0 ? 2 : 1, false, MOST_WAIT_MILLIS);
    }

    /** Those points at which the fewest died, so that none is left out; several, so that one of them is soon passed. */
    private Set<Point> rarest() {
        int fewest = Arrays.stream(Point.values()).mapToInt(this::deaths).min().orElseThrow();
        var points = new ArrayList<>(Arrays.stream(Point.values())
                .filter(point -> deaths(point) == fewest)
                .toList());
        Collections.shuffle(points, chance);
        return EnumSet.copyOf(points.subList(0, Math.min(MOST_WANTED, points.size())));
    }

    private int deaths(Point point) {
        return died.getOrDefault(point, 0);
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
            all.put(point, deaths(point));
        }
        return all;
    }

    synchronized Map<String, Integer> elsewhere() {
        return new TreeMap<>(elsewhere);
    }
}
