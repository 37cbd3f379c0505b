package io.aftersale.payouts;

import io.aftersale.callbacks.CallbackDesk;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the payment provider tells us what became of a refund. */
@RestController
@RequestMapping("/api/callbacks/payments")
@Tag(name = "Callbacks", description = "Signed events from outside; harmless when repeated, early or out of order")
class PaymentCallbackController {
    private final CallbackDesk callbacks;

    PaymentCallbackController(CallbackDesk callbacks) {
        this.callbacks = callbacks;
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
        return callbacks.receive(PaymentEvents.SENDER, header, body);
    }
}
