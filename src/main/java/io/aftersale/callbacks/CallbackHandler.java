package io.aftersale.callbacks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What one sender's events mean. The room that knows the sender implements it; each sender has one. It is asked by the
 * worker, never by the sender's own call, and not inside a transaction.
 */
public interface CallbackHandler {
    /** The sender's name, which makes its event ids unique; at most 40 characters, and never changed. */
    String sender();

    /** The secret that signs this sender's events. */
    String secret();

    /** What we understand of an event, ids and words in their own patterns; empty when it is nothing to us. */
    Optional<Map<String, String>> read(JsonNode event);

    /**
     * Does what follows from an event. It may be told again and in any order, and does nothing twice. What it throws is
     * a reason to try again later.
     */
    Heard apply(Callback event);

    /** What became of an event: whether it was about something of ours, and a note for people. */
    record Heard(boolean isOurs, String note) {}
}
