package io.aftersale.cases;

import java.util.Map;
import java.util.Objects;

/**
 * Who pays the way to the buyer and the way back, as the table {@code refund-components} said of an application: SELLER,
 * BUYER, NONE, or MANUAL where people decide.
 */
record Freight(String out, String back) {
    static Freight of(Map<String, ?> outputs) {
        return new Freight(word(outputs, "freightOut"), word(outputs, "freightBack"));
    }

    private static String word(Map<String, ?> outputs, String name) {
        return Objects.toString(outputs.get(name), "MANUAL");
    }
}
