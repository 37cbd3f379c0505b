package io.aftersale.reviews;

import io.aftersale.problems.Problem;
import java.util.Arrays;
import java.util.Locale;

/** The orders in which readers may see the reviews of a product. Each ends in the number, so that pages do not overlap. */
enum Sorting {
    NEWEST(
            "published_at desc, number desc",
            "(published_at < :at or published_at = cast(:at as timestamp with time zone) and number < :number)"),
    OLDEST(
            "published_at, number",
            "(published_at > :at or published_at = cast(:at as timestamp with time zone) and number > :number)"),
    HIGHEST("stars desc, number desc", "(stars < :stars or stars = :stars and number < :number)"),
    LOWEST("stars, number desc", "(stars > :stars or stars = :stars and number < :number)");

    private final String order;
    private final String behind;

    Sorting(String order, String behind) {
        this.order = order;
        this.behind = behind;
    }

    /** @throws Problem FIELD_INVALID */
    static Sorting parse(String text) {
        if (text == null) {
            return NEWEST;
        }
        return Arrays.stream(values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("sort", "must be newest, oldest, highest or lowest"));
    }

    String order() {
        return order;
    }

    /** The condition that holds for what comes after the last one of a page. */
    String behind() {
        return behind;
    }
}
