package io.aftersale.feedback;

import io.aftersale.problems.Problem;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a feedback is about. */
public enum Topic {
    DELIVERY("配送"),
    PRODUCT("商品"),
    SERVICE("服务"),
    PRICE("价格"),
    OTHER("其他");

    private final String chinese;

    Topic(String chinese) {
        this.chinese = chinese;
    }

    /** The name with the Chinese word beside it, for people. */
    String text() {
        return name() + " " + chinese;
    }

    /** @throws Problem FIELD_MISSING, FIELD_INVALID */
    static Topic parse(String text) {
        if (text == null || text.isBlank()) {
            throw Problem.missing("topic");
        }
        return Arrays.stream(values())
                .filter(topic -> topic.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "topic",
                        "must be one of "
                                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
