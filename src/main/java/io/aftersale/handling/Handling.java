package io.aftersale.handling;

import java.time.Instant;
import java.util.Map;

/** Parts of one order that were asked for together, each with the number under which it runs by itself. */
record Handling(
        String number,
        String merchantId,
        String orderId,
        String buyerId,
        String status,
        String outcome,
        Instant openedAt,
        Instant closedAt,
        Map<Part, String> parts) {}
