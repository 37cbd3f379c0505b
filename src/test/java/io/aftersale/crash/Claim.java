package io.aftersale.crash;

/**
 * What the driver asked for and was promised, in its own words and from its own memory: the campaign's model of one case.
 *
 * @param dueMinor what must come back in the end, in minor units; 0 when the driver rejects it
 */
record Claim(String orderId, String number, String tenderId, boolean isAudited, boolean isApproved, long dueMinor) {}
