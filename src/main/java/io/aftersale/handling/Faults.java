package io.aftersale.handling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aftersale.orders.Order;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers all that is wrong with the parts of a handling. A part is asked for its first fault and then, as if that one
 * were mended, for the next: so a shop hears at once of all that can be told, each fault in the words of the part's own
 * call. It ends where the rest of a part cannot be looked at without the member that is wrong.
 */
final class Faults {
    private static final JsonNode NOTHING = NullNode.instance;

    /** What stands in for a wrong member while the others are looked at; nothing of it is ever stored. */
    private static final Map<Part, Map<String, JsonNode>> STAND_INS = Map.of(
            Part.AFTER_SALE,
            Map.of(
                    "reason", TextNode.valueOf("DAMAGED"),
                    "description", NOTHING,
                    "amountMinor", NOTHING,
                    "includeShipping", NOTHING,
                    "payTo", NOTHING,
                    "evidence", NOTHING),
            Part.REVIEW,
            Map.of("stars", IntNode.valueOf(3), "content", NOTHING, "evidence", NOTHING),
            Part.FEEDBACK,
            Map.of(
                    "topic",
                    TextNode.valueOf("OTHER"),
                    "content",
                    TextNode.valueOf("-"),
                    "caseNumber",
                    NOTHING,
                    "recoveryOf",
                    NOTHING));

    private final Order order;
    private final List<Map<String, Object>> found = new ArrayList<>();

    Faults(Order order) {
        this.order = order;
    }

    /** Looks at a part and says what came of it. */
    interface Check<T> {
        /** @throws Problem the first thing that is wrong */
        T of(JsonNode body);
    }

    /** What a part's check gives; null where the part was not asked for, or anything is wrong with it. */
    <T> T check(Part part, JsonNode body, Check<T> check) {
        if (body == null) {
            return null;
        }
        JsonNode asked = body.deepCopy();
        var mended = new HashSet<String>();
        while (true) {
            try {
                T result = check.of(asked);
                return mended.isEmpty() ? result : null;
            } catch (Problem problem) {
                if (!goesOn(part, asked, problem.body(), mended)) {
                    return null;
                }
            }
        }
    }

    /** @throws Problem HANDLING_REFUSED with the faults of all parts, if there are any */
    void requireNone() {
        if (found.isEmpty()) {
            return;
        }
        var parts =
                found.stream().map(it -> it.get("part").toString()).distinct().toList();
        throw new Problem(
                        ProblemCode.HANDLING_REFUSED,
                        "Nothing was stored, since this is refused: " + String.join(", ", parts) + ".")
                .with("faults", found);
    }

    /** Notes a fault, and puts something harmless in its place if there is such a thing. */
    private boolean goesOn(Part part, JsonNode asked, Map<String, Object> fault, Set<String> mended) {
        String member = String.valueOf(fault.get("field")).split("[.\\[]", 2)[0];
        if (mended.contains(member)) {
            // It is about the stand-in, which the shop has not sent.
            return false;
        }
        fault.remove("type");
        fault.remove("title");
        fault.put("part", part.member());
        found.add(fault);
        JsonNode standIn = standIn(part, fault, member);
        if (standIn == null || !(asked instanceof ObjectNode object)) {
            return false;
        }
        mended.add(member);
        if (standIn == NOTHING) {
            object.remove(member);
        } else {
            object.set(member, standIn);
        }
        return true;
    }

    private JsonNode standIn(Part part, Map<String, Object> fault, String member) {
        if ("field-unknown".equals(fault.get("code"))) {
            return NOTHING;
        }
        var known = new HashMap<>(STAND_INS.get(part));
        known.put("orderId", TextNode.valueOf(order.orderId()));
        known.put("buyerId", TextNode.valueOf(order.buyerId()));
        return known.get(member);
    }
}
