package io.aftersale.cases;

/** A picture as a case shows it; the picture itself is read at {@code /api/evidence/{id}}. */
record EvidenceView(String id, String mediaType, int bytes, String sha256) {}
