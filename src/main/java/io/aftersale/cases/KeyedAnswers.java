package io.aftersale.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what is asked for once for each Idempotency-Key of a merchant: the same key and body again get the same answer,
 * however often a shop repeats a call whose answer it never saw.
 */
@Service
public class KeyedAnswers {
    private static final int MOST_KEY = 200;

    private final IdempotencyKeys keys;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;

    KeyedAnswers(IdempotencyKeys keys, TransactionTemplate transaction, ObjectMapper json) {
        this.keys = keys;
        this.transaction = transaction;
        this.json = json;
    }

    /** What was made: its number, and what the call is answered with. */
    public record Made<T>(String number, T answer) {}

    /**
     * @param body what is asked for; the same key with another one is refused. Of a card number only the last four
     *     digits go into what is kept of it
     * @param work makes what is asked for, in the transaction that binds the key to the answer
     * @return the answer as it was given first
     * @throws Problem IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_REUSED, REQUEST_STILL_RUNNING, and whatever the work
     *     throws; nothing is left of it then, and the key may be used again
     */
    public <T> T answer(String merchantId, String key, Object body, Class<T> type, Supplier<Made<T>> work) {
        if (key == null || key.isBlank() || key.length() > MOST_KEY) {
            throw new Problem(
                    ProblemCode.IDEMPOTENCY_KEY_INVALID,
                    "The header Idempotency-Key must have 1 to " + MOST_KEY + " characters.");
        }
        var taken = keys.take(merchantId, key, fingerprint(body));
        if (taken.answer().isPresent()) {
            return read(taken.answer().get(), type);
        }
        boolean done = false;
        try {
            T answer = transaction.execute(status -> {
                var made = work.get();
                keys.bind(taken, made.number(), write(made.answer()));
                return made.answer();
            });
            done = true;
            return answer;
        } finally {
            if (!done) {
                keys.drop(taken);
            }
        }
    }

    private String fingerprint(Object body) {
        String text = FreeText.mask(write(body));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Plain records can be written", impossible);
        }
    }

    private <T> T read(String answer, Class<T> type) {
        try {
            return json.readValue(answer, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A kept answer cannot be read", broken);
        }
    }
}
