package io.aftersale.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * An order of the demo.
 *
 * @param ago how long before the start each time was: placed, paid, shipped, delivered
 * @param facts the rest of what the shop tells
 */
record SampleOrder(String shop, String orderId, Map<String, Duration> ago, ObjectNode facts) {
    ObjectNode factsAt(Instant now) {
        ObjectNode told = facts.deepCopy();
        ago.forEach((what, time) ->
                told.put(what + "At", now.minus(time).atOffset(ZoneOffset.UTC).toString()));
        return told;
    }
}
