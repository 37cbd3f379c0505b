package io.aftersale.payouts;

import io.aftersale.access.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where an operator or finance finds money that is under way, asks for its outcome, or brings it to finance's desk. */
@RestController
@RequestMapping("/api/operations/payouts")
@Tag(name = "Operations", description = "What an operator does about work that is stuck; for administrators")
class OpenPayoutController {
    private final OpenPayoutDesk desk;
    private final Callers callers;

    OpenPayoutController(OpenPayoutDesk desk, Callers callers) {
        this.desk = desk;
        this.callers = callers;
    }

    @Schema(name = "PayoutReason", example = "{\"reason\":\"支付方确认系统已恢复\"}")
    record Asked(String reason) {}

    /** A payout without an end. Never a card number. */
    @Schema(name = "OpenPayout")
    record View(
            String id,
            String caseNumber,
            String merchantId,
            String orderId,
            long amountMinor,
            String currency,
            String status,
            int attempts,
            String contradiction,
            String waitsFor,
            OffsetDateTime waitsUntil) {
        static View of(Payout payout) {
            return new View(
                    payout.id(),
                    payout.caseNumber(),
                    payout.merchantId(),
                    payout.orderId(),
                    payout.amountMinor(),
                    payout.currency(),
                    payout.status().name(),
                    payout.attempts(),
                    payout.contradiction(),
                    payout.waitStage(),
                    time(payout.waitUntil()));
        }

        private static OffsetDateTime time(Instant at) {
            return at == null ? null : at.atOffset(ZoneOffset.UTC);
        }
    }

    @Schema(name = "OpenPayoutList")
    record Page(List<View> items) {}

    @GetMapping
    @Operation(summary = "Money that is under way", description = "The oldest 200 payouts that have no end yet.")
    Page all() {
        return new Page(desk.all(callers.current()).stream().map(View::of).toList());
    }

    @PostMapping("/{id}/query")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Ask the provider now",
            description = "What was never booked is then sent again, under the same key. The reason is kept.")
    void query(@PathVariable String id, @RequestBody Asked body) {
        desk.query(callers.current(), id, body.reason());
    }

    @PostMapping("/{id}/referral")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Bring it to finance now",
            description = "Finance tries again, says that it was paid outside, or cancels. The reason is kept.")
    void refer(@PathVariable String id, @RequestBody Asked body) {
        desk.refer(callers.current(), id, body.reason());
    }
}
