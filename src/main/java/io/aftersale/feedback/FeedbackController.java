package io.aftersale.feedback;

import io.aftersale.access.Callers;
import io.aftersale.cases.CaseSheet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop passes on what its buyers say, and how satisfied they are with what became of it. */
@RestController
@RequestMapping("/api")
@Tag(name = "Feedback", description = "What buyers say about the shop, in private")
class FeedbackController {
    private final BuyerSide buyers;
    private final FeedbackSheets sheets;
    private final Callers callers;

    FeedbackController(BuyerSide buyers, FeedbackSheets sheets, Callers callers) {
        this.buyers = buyers;
        this.sheets = sheets;
        this.callers = callers;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"satisfaction\":4}")
    record Satisfaction(String buyerId, Integer satisfaction) {}

    /** An invitation that nobody has taken up; {@code subject} is the number of the closed case or the low review. */
    @Schema(name = "Invitation")
    record Offered(String subject, String reason, String orderId, String buyerId, OffsetDateTime offeredAt) {}

    @PostMapping("/feedback")
    @Operation(
            summary = "Give feedback",
            description = "Private; an agent answers within the time on the sheet. recoveryOf takes up an invitation.")
    @ApiResponse(responseCode = "201", description = "The feedback; Location says where", useReturnTypeSchema = true)
    ResponseEntity<FeedbackSheet> give(@RequestBody FeedbackBody body) {
        FeedbackSheet sheet = buyers.give(callers.current().merchant(body.merchantId()), body);
        return ResponseEntity.created(URI.create("/api/feedback/" + sheet.number()))
                .body(sheet);
    }

    @GetMapping("/feedback/{number}")
    @Operation(summary = "Read a feedback")
    FeedbackSheet read(@PathVariable String number, @RequestParam(required = false) String buyerId) {
        return buyers.read(callers.current().merchant(null), number, buyerId);
    }

    @PostMapping("/feedback/{number}/satisfaction")
    @Operation(summary = "Rate the answer", description = "1 to 5, once, while the feedback is ANSWERED.")
    FeedbackSheet rate(@PathVariable String number, @RequestBody Satisfaction body) {
        return buyers.rate(callers.current().merchant(null), number, body.buyerId(), body.satisfaction());
    }

    @GetMapping("/feedback/invitations")
    @Operation(
            summary = "What buyers are invited to say",
            description =
                    "Open ones, newest first: closed cases to rate, and low reviews to say more about in private.")
    List<Offered> invitations(
            @RequestParam(required = false) String orderId, @RequestParam(required = false) String buyerId) {
        return buyers.openInvitations(callers.current().merchant(null), orderId, buyerId).stream()
                .map(it -> new Offered(
                        it.subject(), it.reason(), it.orderId(), it.buyerId(), sheets.local(it.offeredAt())))
                .toList();
    }

    @PostMapping("/cases/{number}/satisfaction")
    @Operation(
            summary = "Rate how a closed case was handled",
            description = "1 to 5, once, by invitation of the case sheet; a low one is followed up as a feedback.")
    CaseSheet rateCase(@PathVariable String number, @RequestBody Satisfaction body) {
        return buyers.rateCase(callers.current().merchant(null), number, body.buyerId(), body.satisfaction());
    }
}
