package io.aftersale.handling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What was asked for of one order, part by part, as it came in: nothing of it is checked yet. {@code orderId} is null
 * where only the parts name the order; a part that was not asked for is absent.
 */
record HandlingRequest(String orderId, Map<Part, JsonNode> parts) {}
