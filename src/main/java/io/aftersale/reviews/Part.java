package io.aftersale.reviews;

import io.aftersale.problems.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of a review: the buyer's own, the buyer's later word, and one of the merchant. */
enum Part {
    REVIEW("Review 评价"),
    FOLLOW_UP("Follow-up 追评"),
    REPLY("Merchant's reply 商家回复");

    private final String words;

    Part(String words) {
        this.words = words;
    }

    /** What people read. */
    String words() {
        return words;
    }

    /** The event of the timeline that something was done with this part, such as {@code follow-up-written}. */
    String event(String done) {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + done;
    }

    /**
     * The part that a call means; the review itself where it names none.
     *
     * @throws Problem FIELD_INVALID
     */
    static Part parse(String text) {
        if (text == null) {
            return REVIEW;
        }
        return Arrays.stream(values())
                .filter(it -> it.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "part",
                        "must be one of "
                                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
