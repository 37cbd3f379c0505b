package io.aftersale.reviews;

import io.aftersale.access.Callers;
import io.aftersale.engine.DeclaredStatuses;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop brings what its buyers write, and moderators hide and restore. A system sees its own merchant's reviews. */
@RestController
@RequestMapping("/api/reviews")
@Tag(name = "Reviews", description = "Product reviews: written, edited, followed up, replied to, flagged, hidden")
class ReviewController {
    private static final int PAGE = 50;
    private static final String NUMBER = "RV-\\d{4}-\\d{8}";
    private static final String A_PART = "REVIEW (or absent), FOLLOW_UP or REPLY";

    private final AuthorDesk authors;
    private final ModerationDesk moderators;
    private final ReviewSheets sheets;
    private final Reviews reviews;
    private final DeclaredStatuses declared;
    private final Callers callers;

    ReviewController(
            AuthorDesk authors,
            ModerationDesk moderators,
            ReviewSheets sheets,
            Reviews reviews,
            DeclaredStatuses declared,
            Callers callers) {
        this.authors = authors;
        this.moderators = moderators;
        this.sheets = sheets;
        this.reviews = reviews;
        this.declared = declared;
        this.callers = callers;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"content\":\"用了两个月，依然不漏水\",\"evidence\":[]}")
    record FollowUp(String buyerId, String content, List<String> evidence) {}

    @Schema(example = "{\"content\":\"感谢您的认可，欢迎再来\"}")
    record Reply(String content) {}

    @Schema(example = "{\"readerId\":\"R-7\",\"reason\":\"ADVERTISING\",\"text\":\"在推销别的店\"}")
    record Flag(
            String readerId,
            String reason,
            String text,

            @Schema(description = A_PART, example = "REVIEW")
            String part) {}

    @Schema(name = "ReviewWithdrawal", example = "{\"buyerId\":\"B-1\"}")
    record Withdrawal(String buyerId) {}

    @Schema(example = "{\"reasonCode\":\"PERSONAL_DATA\",\"remark\":\"写了别人的手机号\"}")
    record Hiding(
            String reasonCode,
            String remark,

            @Schema(description = A_PART, example = "REVIEW")
            String part) {}

    @Schema(example = "{\"remark\":\"号码是客服热线\"}")
    record Restoration(
            String remark,

            @Schema(description = A_PART, example = "REVIEW")
            String part) {}

    @Schema(example = "{\"orderId\":\"O-1\",\"lineId\":\"1\"}")
    record Invitation(String orderId, String lineId) {}

    @Schema(name = "ReviewPage")
    record Page(List<ReviewSheet> items, String nextCursor) {}

    @PostMapping
    @Operation(summary = "Write a review", description = "One for each order line, up to 15 days after delivery.")
    @ApiResponse(responseCode = "201", description = "The review; Location says where", useReturnTypeSchema = true)
    ResponseEntity<ReviewSheet> write(@RequestBody ReviewBody body) {
        return created(authors.write(callers.current().merchant(body.merchantId()), body));
    }

    @PostMapping("/invitations")
    @Operation(summary = "Ask for a review", description = "Once for each order line; unanswered it stays NOT_RATED.")
    @ApiResponse(responseCode = "201", description = "The invitation", useReturnTypeSchema = true)
    ResponseEntity<ReviewSheet> invite(@RequestBody Invitation body) {
        if (body.orderId() == null || body.orderId().isBlank()) {
            throw Problem.missing("orderId");
        }
        if (body.lineId() == null || body.lineId().isBlank()) {
            throw Problem.missing("lineId");
        }
        return created(authors.invite(callers.current().merchant(null), body.orderId(), body.lineId()));
    }

    @GetMapping("/{number}")
    @Operation(summary = "Read a review")
    ReviewSheet read(@PathVariable String number, @RequestParam(required = false) String buyerId) {
        return reviews.find(callers.current().merchant(null), number)
                .filter(it -> buyerId == null || it.buyerId().equals(buyerId))
                .map(sheets::of)
                .orElseThrow(() -> AuthorDesk.notFound(number));
    }

    @GetMapping
    @Operation(summary = "List reviews", description = "Newest first; nextCursor is null on the last page.")
    Page list(
            @RequestParam(required = false) String orderId,
            @RequestParam(required = false) String buyerId,
            @RequestParam(required = false) String sku,
            @RequestParam(required = false) String status,
            @RequestParam(required = false) String cursor) {
        var filter = new Reviews.Filter(
                given("orderId", orderId),
                given("buyerId", buyerId),
                given("sku", sku),
                given("status", status),
                position(cursor));
        var found = reviews.list(callers.current().merchant(null), filter, PAGE + 1);
        if (found.isEmpty() && status != null && !declared.has(status)) {
            throw Problem.invalid("status", "is not one that any diagram declares");
        }
        boolean hasMore = found.size() > PAGE;
        var page = hasMore ? found.subList(0, PAGE) : found;
        return new Page(
                page.stream().map(sheets::of).toList(),
                hasMore ? page.get(PAGE - 1).number() : null);
    }

    @PutMapping("/{number}")
    @Operation(
            summary = "Edit a review",
            description =
                    "A new revision, scanned like the first; absent fields stay. The old one is public no longer.")
    ReviewSheet edit(@PathVariable String number, @RequestBody ReviewBody body) {
        return authors.edit(callers.current().merchant(body.merchantId()), number, body);
    }

    @PostMapping("/{number}/follow-up")
    @Operation(summary = "Follow a review up", description = "Once, up to 180 days after it was published.")
    @ResponseStatus(HttpStatus.CREATED)
    ReviewSheet followUp(@PathVariable String number, @RequestBody FollowUp body) {
        return authors.followUp(
                callers.current().merchant(null), number, body.buyerId(), body.content(), body.evidence());
    }

    @PostMapping("/{number}/reply")
    @Operation(summary = "Reply as the merchant", description = "Once; scanned and moderated like a review.")
    @ResponseStatus(HttpStatus.CREATED)
    ReviewSheet reply(@PathVariable String number, @RequestBody Reply body) {
        var caller = callers.current();
        return authors.reply(caller.merchant(null), number, body.content(), caller.userId());
    }

    @PostMapping("/{number}/flags")
    @Operation(summary = "Flag a review", description = "One flag for each reader; a moderator looks again.")
    @ResponseStatus(HttpStatus.CREATED)
    ReviewSheet flag(@PathVariable String number, @RequestBody Flag body) {
        return authors.flag(
                callers.current().merchant(null), number, body.part(), body.readerId(), body.reason(), body.text());
    }

    @PostMapping("/{number}/withdrawal")
    @Operation(summary = "Withdraw a review", description = "By its author, for good.")
    ReviewSheet withdraw(@PathVariable String number, @RequestBody Withdrawal body) {
        return authors.withdraw(callers.current().merchant(null), number, body.buyerId());
    }

    @PostMapping("/{number}/hiding")
    @Operation(summary = "Hide a review", description = "For moderators, with a legal reason; can be undone.")
    ReviewSheet hide(@PathVariable String number, @RequestBody Hiding body) {
        return moderators.hide(callers.current(), number, body.part(), body.reasonCode(), body.remark());
    }

    @PostMapping("/{number}/restoration")
    @Operation(summary = "Restore a hidden review", description = "For moderators: everything is as it was.")
    ReviewSheet restore(@PathVariable String number, @RequestBody(required = false) Restoration body) {
        var asked = body == null ? new Restoration(null, null) : body;
        return moderators.restore(callers.current(), number, asked.part(), asked.remark());
    }

    private static ResponseEntity<ReviewSheet> created(ReviewSheet sheet) {
        return ResponseEntity.created(URI.create("/api/reviews/" + sheet.number()))
                .body(sheet);
    }

    /** A filter that is there says something. */
    private static String given(String field, String value) {
        if (value != null && value.isBlank()) {
            throw Problem.invalid(field, "must not be empty");
        }
        return value;
    }

    private static String position(String cursor) {
        if (cursor == null || cursor.matches(NUMBER)) {
            return cursor;
        }
        throw new Problem(ProblemCode.CURSOR_INVALID, "Take the cursor from nextCursor of the page before.");
    }
}
