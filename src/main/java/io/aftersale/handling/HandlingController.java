package io.aftersale.handling;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersale.access.Callers;
import io.aftersale.cases.KeyedAnswers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.EnumMap;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop asks for several things of one order in one go, and sees them together. */
@RestController
@RequestMapping("/api")
@Tag(
        name = "One order in one go",
        description = "After-sale, review and feedback of one order together: all or nothing")
class HandlingController {
    private final HandlingProcess process;
    private final HandlingSheets sheets;
    private final Callers callers;
    private final KeyedAnswers answers;
    private final TransactionTemplate transaction;

    HandlingController(
            HandlingProcess process,
            HandlingSheets sheets,
            Callers callers,
            KeyedAnswers answers,
            TransactionTemplate transaction) {
        this.process = process;
        this.sheets = sheets;
        this.callers = callers;
        this.answers = answers;
        this.transaction = transaction;
    }

    @Schema(name = "HandlingRequest", example = """
                    {"afterSale":{"kind":"REFUND","buyerId":"B-1","lines":[{"lineId":"1","quantity":1}],"reason":"DAMAGED"},
                     "feedback":{"buyerId":"B-1","topic":"DELIVERY","content":"快递很快，但是包装破了"}}""")
    record Body(
            String merchantId,

            @Schema(description = "As for POST /api/cases; orderId may be left out", type = "object")
            JsonNode afterSale,

            @Schema(description = "As for POST /api/reviews; orderId may be left out", type = "object")
            JsonNode review,

            @Schema(description = "As for POST /api/feedback; orderId may be left out", type = "object")
            JsonNode feedback) {
        HandlingRequest ofOrder(String orderId) {
            var parts = new EnumMap<Part, JsonNode>(Part.class);
            put(parts, Part.AFTER_SALE, afterSale);
            put(parts, Part.REVIEW, review);
            put(parts, Part.FEEDBACK, feedback);
            return new HandlingRequest(orderId, parts);
        }

        private static void put(EnumMap<Part, JsonNode> parts, Part part, JsonNode body) {
            if (body != null && !body.isNull()) {
                parts.put(part, body);
            }
        }
    }

    @PostMapping("/orders/{orderId}/handling")
    @Operation(
            summary = "Ask for several things of one order in one go",
            description = "All are checked before any is stored; one that is refused refuses all, with every fault."
                    + " With an Idempotency-Key the same key and body again give the same answer, for 30 days.")
    @ApiResponse(responseCode = "201", description = "The whole; Location says where", useReturnTypeSchema = true)
    ResponseEntity<HandlingSheet> handle(
            @PathVariable String orderId,
            @Parameter(example = "shop-2026-0001") @RequestHeader(name = "Idempotency-Key", required = false)
                    String key,
            @RequestBody Body body) {
        String merchantId = callers.current().merchant(body.merchantId());
        var asked = body.ofOrder(orderId);
        HandlingSheet sheet = key == null
                ? transaction.execute(status -> start(merchantId, asked).answer())
                : answers.answer(merchantId, key, asked, HandlingSheet.class, () -> start(merchantId, asked));
        return ResponseEntity.created(URI.create("/api/handlings/" + sheet.number()))
                .body(sheet);
    }

    @GetMapping("/handlings/{number}")
    @Operation(summary = "Read all parts of one order together")
    HandlingSheet read(@PathVariable String number, @RequestParam(required = false) String buyerId) {
        return sheets.of(callers.current().merchant(null), number, buyerId);
    }

    private KeyedAnswers.Made<HandlingSheet> start(String merchantId, HandlingRequest asked) {
        String number = process.start(asked);
        return new KeyedAnswers.Made<>(number, sheets.of(merchantId, number, null));
    }
}
