package io.aftersale.reviews;

import io.aftersale.access.Callers;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What readers of a shop see of its products: ratings and published reviews. */
@RestController
@RequestMapping("/api")
@Tag(name = "Ratings", description = "What buyers think of products, counted exactly")
class ProductController {
    private static final int PAGE = 20;

    private final Ratings ratings;
    private final Reviews reviews;
    private final ReviewSheets sheets;
    private final Callers callers;

    ProductController(Ratings ratings, Reviews reviews, ReviewSheets sheets, Callers callers) {
        this.ratings = ratings;
        this.reviews = reviews;
        this.sheets = sheets;
        this.callers = callers;
    }

    @Schema(name = "PublicReviewPage")
    record Page(List<PublicReview> items, String nextCursor) {}

    @GetMapping("/products/{sku}/rating")
    @Operation(summary = "The rating of a product", description = "Null where there are no reviews, never 0 or 5.")
    RatingView rating(
            @PathVariable String sku,
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to) {
        return counted(sku, from, to);
    }

    @GetMapping("/ratings")
    @Operation(summary = "The rating of all products of the merchant", description = "By days, if they are given.")
    RatingView ratings(@RequestParam(required = false) String from, @RequestParam(required = false) String to) {
        return counted(null, from, to);
    }

    @GetMapping("/products/{sku}/reviews")
    @Operation(summary = "The published reviews of a product", description = "sort: newest, oldest, highest, lowest.")
    Page reviews(
            @PathVariable String sku,
            @RequestParam(required = false) String sort,
            @RequestParam(required = false) String cursor) {
        String merchantId = callers.current().merchant(null);
        var sorting = Sorting.parse(sort);
        var found = reviews.listOfProduct(merchantId, sku, sorting, last(merchantId, sku, cursor), PAGE + 1);
        boolean hasMore = found.size() > PAGE;
        var page = hasMore ? found.subList(0, PAGE) : found;
        return new Page(
                page.stream().map(sheets::publicly).toList(),
                hasMore ? page.get(PAGE - 1).number() : null);
    }

    private Review last(String merchantId, String sku, String cursor) {
        if (cursor == null) {
            return null;
        }
        return reviews.find(merchantId, cursor)
                .filter(it -> it.sku().equals(sku) && it.publishedAt() != null)
                .orElseThrow(() ->
                        new Problem(ProblemCode.CURSOR_INVALID, "Take the cursor from nextCursor of the page before."));
    }

    private RatingView counted(String sku, String from, String to) {
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        if (first != null && last != null && last.isBefore(first)) {
            throw Problem.invalid("to", "must not be before 'from'");
        }
        return RatingView.of(sku, ratings.of(callers.current().merchant(null), sku, first, last));
    }

    private static LocalDate day(String field, String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException odd) {
            throw Problem.invalid(field, "must be a day such as 2026-11-22");
        }
    }
}
