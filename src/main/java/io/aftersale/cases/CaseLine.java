package io.aftersale.cases;

/** A line of a case: so many units of an order line, what of it can be refunded, and what the rules said of it. */
record CaseLine(String lineId, int quantity, long refundableMinor, String verdict) {}
