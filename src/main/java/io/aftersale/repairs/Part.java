package io.aftersale.repairs;

/** What went into a repair: a part or a step, how many of it, and what it and the labour cost in minor units. */
record Part(String name, int quantity, long costMinor, long labourMinor) {}
