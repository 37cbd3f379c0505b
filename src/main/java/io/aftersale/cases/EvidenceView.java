package io.aftersale.cases;

/** A picture on a case, by its id. */
record EvidenceView(String id) {}
