package io.aftersale.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes an event in: checks the signature, keeps it, wakes the worker. What follows from it is left to the worker. The
 * same event again is answered the same.
 */
@Service
public class CallbackDesk {
    private static final int MOST_BYTES = 16_384;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

    private record Sender(CallbackHandler handler, CallbackSignature signature) {}

    private final Map<String, Sender> senders = new HashMap<>();
    private final CallbackInbox inbox;
    private final CallbackWorker worker;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    CallbackDesk(List<CallbackHandler> handlers, CallbackInbox inbox, CallbackWorker worker, Clock clock) {
        this.inbox = inbox;
        this.worker = worker;
        this.clock = clock;
        for (CallbackHandler it : handlers) {
            // Signatures are judged by the real time, since their senders do not know the engine's clock.
            var sender = new Sender(it, new CallbackSignature(it.secret(), InstantSource.system()));
            if (senders.put(it.sender(), sender) != null) {
                throw new IllegalStateException("Two handlers want the events of " + it.sender());
            }
        }
    }

    /**
     * Keeps an event, once.
     *
     * @param signature the header X-Signature; null when there was none
     * @return the answer for its sender
     * @throws Problem SIGNATURE_INVALID, MALFORMED_REQUEST, FIELD_MISSING, REQUEST_TOO_LARGE
     */
    public Map<String, Object> receive(String senderName, String signature, byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new Problem(ProblemCode.REQUEST_TOO_LARGE, "An event has at most " + MOST_BYTES + " bytes.");
        }
        Sender sender = senders.get(senderName);
        if (!sender.signature().isGood(signature, body)) {
            throw new Problem(
                    ProblemCode.SIGNATURE_INVALID,
                    "The header X-Signature is missing, wrong, or more than five minutes off.");
        }
        JsonNode event = read(body);
        String eventId = event.path("eventId").textValue();
        if (eventId == null || !ID.matcher(eventId).matches()) {
            throw new Problem(ProblemCode.FIELD_MISSING, "The field 'eventId' is required.").with("field", "eventId");
        }
        var facts = sender.handler().read(event);
        var it = new Callback(senderName, eventId, facts.orElse(Map.of()), clock.instant(), 0);
        if (inbox.keep(it, text(body), facts.isPresent())) {
            worker.wake(senderName);
        }
        return Map.of("received", true);
    }

    /**
     * Has something applied as if its sender had told it, once the transaction around us has ended: what people found
     * out about an event, for example.
     *
     * @param eventId ids of this kind never come from outside: they hold a slash
     */
    public void keep(String senderName, String eventId, Map<String, String> facts) {
        inbox.keep(new Callback(senderName, eventId, facts, clock.instant(), 0), "{}", true);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    worker.wake(senderName);
                }
            });
        } else {
            worker.wake(senderName);
        }
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException malformed) {
            throw malformed();
        }
    }

    private String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return FreeText.mask(json.writeValueAsString(json.readTree(text)));
        } catch (CharacterCodingException | JsonProcessingException unreadable) {
            throw malformed();
        }
    }

    private static Problem malformed() {
        return new Problem(ProblemCode.MALFORMED_REQUEST, "The body is not valid JSON.");
    }
}
