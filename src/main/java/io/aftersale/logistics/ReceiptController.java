package io.aftersale.logistics;

import io.aftersale.access.Callers;
import io.aftersale.problems.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where people in the warehouse say that a parcel is here, by the number on it or by the slip in it. */
@RestController
@RequestMapping("/api/parcels/receipts")
@Tag(name = "Parcels", description = "For people in the warehouse, also with the session of the web apps")
class ReceiptController {
    private static final Pattern TRACKING_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{3,63}");
    private static final Pattern AUTHORIZATION = Pattern.compile("[A-Z0-9-]{4,24}");

    private final ParcelDesk desk;
    private final Callers callers;

    ReceiptController(ParcelDesk desk, Callers callers) {
        this.desk = desk;
        this.callers = callers;
    }

    /** @param ifKnown whether a parcel that nobody waits for is to be refused; null for no */
    @Schema(example = "{\"trackingNumber\":\"SF1460000001\",\"authorization\":null,\"ifKnown\":true}")
    record Receipt(String trackingNumber, String authorization, Boolean ifKnown) {}

    @PostMapping
    @Operation(
            summary = "A parcel is here",
            description = "One of the two numbers is enough. Said again it changes nothing; a parcel that nobody knows "
                    + "becomes a task of the warehouse, unless ifKnown says that it is to be refused.")
    Map<String, String> receive(@RequestBody Receipt body) {
        String trackingNumber = matching("trackingNumber", body.trackingNumber(), TRACKING_NUMBER);
        String authorization = matching("authorization", body.authorization(), AUTHORIZATION);
        if (trackingNumber == null && authorization == null) {
            throw Problem.missing("trackingNumber");
        }
        var caller = callers.current();
        boolean ifKnown = Boolean.TRUE.equals(body.ifKnown());
        return Map.of(
                "result", desk.receive(trackingNumber, authorization, ifKnown, caller.userId(), caller.merchants()));
    }

    private static String matching(String field, String value, Pattern pattern) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (!pattern.matcher(value.strip()).matches()) {
            throw Problem.invalid(field, "has characters or a length that such a number does not have");
        }
        return value.strip();
    }
}
