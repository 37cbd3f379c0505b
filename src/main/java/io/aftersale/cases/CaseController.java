package io.aftersale.cases;

import io.aftersale.access.Callers;
import io.aftersale.engine.DeclaredStatuses;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop applies for its buyers and follows their cases. A system sees its own merchant's cases only. */
@RestController
@RequestMapping("/api/cases")
@Tag(name = "Cases", description = "After-sale applications and what becomes of them")
class CaseController {
    private static final int PAGE = 50;

    private final BuyerDesk desk;
    private final ExtensionDesk extensions;
    private final CaseSheets sheets;
    private final Cases cases;
    private final DeclaredStatuses declared;
    private final Callers callers;

    CaseController(
            BuyerDesk desk,
            ExtensionDesk extensions,
            CaseSheets sheets,
            Cases cases,
            DeclaredStatuses declared,
            Callers callers) {
        this.desk = desk;
        this.extensions = extensions;
        this.sheets = sheets;
        this.cases = cases;
        this.declared = declared;
        this.callers = callers;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"reason\":\"不想退了\"}")
    record Withdrawal(String buyerId, String reason) {}

    @Schema(example = "{\"buyerId\":\"B-1\",\"evidence\":[\"EV-1\"]}")
    record AddedEvidence(String buyerId, List<String> evidence) {}

    @Schema(example = "{\"buyerId\":\"B-1\",\"text\":\"签收当场拍的照片\",\"evidence\":[]}")
    record Dispute(String buyerId, String text, List<String> evidence) {}

    @Schema(example = """
            {"action":"Task_AuditApplication","dueAt":"2026-11-30T18:00:00+08:00","reason":"等待质检报告"}""")
    record Extension(String action, OffsetDateTime dueAt, String reason) {}

    @Schema(name = "CasePage")
    record Page(List<CaseSheet> items, String nextCursor) {}

    @PostMapping
    @Operation(summary = "Apply", description = "The same key and body again give the same answer, for 30 days.")
    @ApiResponse(responseCode = "201", description = "The case; Location says where it is", useReturnTypeSchema = true)
    ResponseEntity<CaseSheet> apply(
            @Parameter(required = true, example = "shop-2026-0001")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    String key,
            @RequestBody ApplicationBody body) {
        CaseSheet sheet = desk.apply(callers.current().merchant(body.merchantId()), key, body);
        return ResponseEntity.created(URI.create("/api/cases/" + sheet.number()))
                .body(sheet);
    }

    @PostMapping("/preview")
    @Operation(summary = "Look ahead", description = "What would be decided and refunded. Changes nothing.")
    CasePreview preview(@RequestBody ApplicationBody body) {
        return desk.preview(callers.current().merchant(body.merchantId()), body);
    }

    @GetMapping("/{number}")
    @Operation(summary = "Read a case")
    CaseSheet read(@PathVariable String number, @RequestParam(required = false) String buyerId) {
        return cases.find(callers.current().merchant(null), number)
                .filter(it -> buyerId == null || it.buyerId().equals(buyerId))
                .map(sheets::of)
                .orElseThrow(() -> BuyerDesk.notFound(number));
    }

    @GetMapping
    @Operation(summary = "List cases", description = "Newest first; nextCursor is null on the last page.")
    Page list(
            @RequestParam(required = false) String orderId,
            @RequestParam(required = false) String buyerId,
            @RequestParam(required = false) String status,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) String cursor) {
        var filter = new Cases.Filter(
                given("orderId", orderId),
                given("buyerId", buyerId),
                given("status", status),
                given("kind", kind) == null ? null : Kind.parse(kind).name(),
                position(cursor));
        List<Case> found = cases.list(callers.current().merchant(null), filter, PAGE + 1);
        if (found.isEmpty() && status != null && !declared.has(status)) {
            throw Problem.invalid("status", "is not one that any diagram declares");
        }
        boolean hasMore = found.size() > PAGE;
        List<Case> page = hasMore ? found.subList(0, PAGE) : found;
        return new Page(
                page.stream().map(sheets::of).toList(),
                hasMore ? cursor(page.get(PAGE - 1).number()) : null);
    }

    @PostMapping("/{number}/withdrawal")
    @Operation(summary = "Withdraw", description = "Possible until goods or money have moved.")
    CaseSheet withdraw(@PathVariable String number, @RequestBody Withdrawal body) {
        return desk.withdraw(callers.current().merchant(null), number, body.buyerId(), body.reason());
    }

    @PostMapping("/{number}/evidence")
    @Operation(summary = "Add evidence", description = "Kept whenever it comes; a case that waits for it goes on.")
    CaseSheet addEvidence(@PathVariable String number, @RequestBody AddedEvidence body) {
        return desk.addEvidence(callers.current().merchant(null), number, body.buyerId(), body.evidence());
    }

    @PostMapping("/{number}/dispute")
    @Operation(summary = "Dispute a rejection", description = "Once, within the time that the case sheet shows.")
    CaseSheet dispute(@PathVariable String number, @RequestBody Dispute body) {
        return desk.dispute(callers.current().merchant(null), number, body.buyerId(), body.text(), body.evidence());
    }

    @PostMapping("/{number}/amendment")
    @Operation(summary = "Amend after a rejection", description = "The rules are asked again; at most 5 applications.")
    CaseSheet amend(@PathVariable String number, @RequestBody ApplicationBody body) {
        return desk.amend(callers.current().merchant(body.merchantId()), number, body.buyerId(), body);
    }

    @PostMapping("/{number}/extension")
    @Operation(summary = "Give a wait more time", description = "For supervisors, once for each wait.")
    CaseSheet extend(@PathVariable String number, @RequestBody Extension body) {
        return extensions.extend(
                callers.current(),
                number,
                body.action(),
                body.dueAt() == null ? null : body.dueAt().toInstant(),
                body.reason());
    }

    @GetMapping("/{number}/waits")
    @Operation(
            summary = "What a case waits for",
            description = "For supervisors: who owes the next step by when, which rule says so, who gave more time.")
    List<ExtensionDesk.Wait> waits(@PathVariable String number) {
        return extensions.waits(callers.current(), number);
    }

    /** A filter that is there says something. */
    private static String given(String field, String value) {
        if (value != null && value.isBlank()) {
            throw Problem.invalid(field, "must not be empty");
        }
        return value;
    }

    private static String cursor(String number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.getBytes(StandardCharsets.US_ASCII));
    }

    private static String position(String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String number = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (number.matches("AS-\\d{4}-\\d{8}")) {
                return number;
            }
        } catch (IllegalArgumentException odd) {
            // Said below, like any other cursor that is not ours.
        }
        throw new Problem(ProblemCode.CURSOR_INVALID, "Take the cursor from nextCursor of the page before.");
    }
}
