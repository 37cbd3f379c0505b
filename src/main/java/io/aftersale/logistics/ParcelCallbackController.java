package io.aftersale.logistics;

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

/** Where the carrier and the warehouse tell us where parcels are. */
@RestController
@RequestMapping("/api/callbacks")
@Tag(name = "Callbacks")
class ParcelCallbackController {
    private static final String SIGNED =
            "X-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of t.body>, at most five minutes old.";

    private final CallbackDesk callbacks;

    ParcelCallbackController(CallbackDesk callbacks) {
        this.callbacks = callbacks;
    }

    @Operation(
            summary = "Where the carrier has a parcel",
            description = "PICKED_UP, IN_TRANSIT or DELIVERED. " + SIGNED,
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(name = "CarrierEvent", type = "object"),
                                            examples = @ExampleObject("""
                            {"eventId":"C-1","trackingNumber":"SF1460000001","type":"IN_TRANSIT",
                             "at":"2026-11-22T10:00:00+08:00"}"""))))
    @PostMapping(
            path = "/carriers",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> hearCarrier(
            @RequestHeader(name = "X-Signature", required = false) String signature, @RequestBody byte[] body) {
        return callbacks.receive(ParcelNews.CARRIER, signature, body);
    }

    @Operation(
            summary = "What has arrived in the warehouse",
            description = "RECEIVED, with the authorization that lay in the parcel, or its tracking number. " + SIGNED,
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(name = "WarehouseEvent", type = "object"),
                                            examples = @ExampleObject("""
                            {"eventId":"W-1","authorization":"RAS-2026-00000001","type":"RECEIVED",
                             "evidence":[],"at":"2026-11-22T10:00:00+08:00"}"""))))
    @PostMapping(
            path = "/warehouse",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> hearWarehouse(
            @RequestHeader(name = "X-Signature", required = false) String signature, @RequestBody byte[] body) {
        return callbacks.receive(ParcelNews.WAREHOUSE, signature, body);
    }
}
