package io.aftersale.cases;

/**
 * A unit under a case with what of it can be refunded, in minor units. {@code isRest} says that an earlier case already
 * gave back a part of it; {@code payableMinor} is null until what is payable is fixed.
 */
record CaseUnit(String lineId, int unitNo, long refundableMinor, boolean isRest, Long payableMinor) {}
