package io.aftersale.crash;

/** A rating that the driver gave to an article: stars alone, which are published without a look. */
record Stars(String sku, int stars) {}
