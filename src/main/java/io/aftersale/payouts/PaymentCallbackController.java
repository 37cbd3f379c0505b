package io.aftersale.payouts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the payment provider tells us what became of a refund. Checks the signature, keeps the event, answers, and
 * leaves what follows from it to the worker. The same event again is answered the same.
 */
@RestController
@RequestMapping("/api/callbacks/payments")
@Tag(name = "Callbacks", description = "Signed events from outside; harmless when repeated, early or out of order")
class PaymentCallbackController {
    static final String SENDER = "payment-provider";
    private static final int MOST_BYTES = 16_384;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,40}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final CallbackSignature signature;
    private final PaymentInbox inbox;
    private final PaymentEventWorker worker;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    PaymentCallbackController(CallbackSignature signature, PaymentInbox inbox, PaymentEventWorker worker, Clock clock) {
        this.signature = signature;
        this.clock = clock;
        this.inbox = inbox;
        this.worker = worker;
    }

    @Operation(
            summary = "What became of a refund",
            description = "X-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of t.body>, at most five minutes old.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(name = "PaymentEvent", type = "object"),
                                            examples = @ExampleObject("""
                            {"eventId":"E-1","key":"PO-1","status":"SETTLED","amountMinor":3000,
                             "currency":"CNY","refundId":"R-1"}"""))))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> receive(
            @RequestHeader(name = "X-Signature", required = false) String header, @RequestBody byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new Problem(ProblemCode.REQUEST_TOO_LARGE, "An event has at most " + MOST_BYTES + " bytes.");
        }
        if (!signature.isGood(header, body)) {
            throw new Problem(
                    ProblemCode.SIGNATURE_INVALID,
                    "The header X-Signature is missing, wrong, or more than five minutes off.");
        }
        var event = read(body);
        boolean isReadable = event.payoutId() != null && event.saidStatus() != null;
        boolean isNew = inbox.keep(event, isReadable);
        if (isNew) {
            worker.wake();
        }
        return Map.of("received", true);
    }

    private PaymentEvent read(byte[] body) {
        JsonNode event;
        try {
            event = json.readTree(body);
        } catch (IOException malformed) {
            throw malformed();
        }
        String eventId = matching(ID, event.path("eventId"));
        if (eventId == null) {
            throw new Problem(ProblemCode.FIELD_MISSING, "The field 'eventId' is required.").with("field", "eventId");
        }
        JsonNode amount = event.path("amountMinor");
        boolean isAmount = amount.isIntegralNumber() && amount.canConvertToLong();
        return new PaymentEvent(
                SENDER,
                eventId,
                matching(ID, event.path("key")),
                matching(WORD, event.path("status")),
                isAmount ? amount.longValue() : null,
                matching(CURRENCY, event.path("currency")),
                matching(ID, event.path("refundId")),
                text(body),
                clock.instant(),
                0);
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

    private static String matching(Pattern pattern, JsonNode value) {
        String text = value.textValue();
        return text != null && pattern.matcher(text).matches() ? text : null;
    }

    private static Problem malformed() {
        return new Problem(ProblemCode.MALFORMED_REQUEST, "The body is not valid JSON.");
    }
}
