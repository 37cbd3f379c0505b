package io.aftersale.callbacks;

import java.time.Instant;
import java.util.Map;

/**
 * What somebody outside told us unasked.
 *
 * @param sender who told it, as its handler names itself
 * @param eventId the sender's own id of it
 * @param facts what its handler understood of it
 * @param tries how often it was tried to apply it
 */
public record Callback(String sender, String eventId, Map<String, String> facts, Instant receivedAt, int tries) {}
