package io.aftersale.books;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where an operator has a day compared again, after the provider's book could not be read or was mended. */
@RestController
@RequestMapping("/api/operations/books")
@Tag(name = "Operations", description = "What an operator does about work that is stuck; for administrators")
class BooksController {
    private final Reconciliation reconciliation;
    private final Clock clock;

    BooksController(Reconciliation reconciliation, Clock clock) {
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    @Schema(name = "ComparedBooks")
    record View(LocalDate day, int bookings, int differences) {}

    @PostMapping("/{day}")
    @Operation(
            summary = "Compare a day with the provider's book",
            description = "Each difference that is new becomes a task of finance. No record is changed.")
    View compare(@Parameter(example = "2026-11-22") @PathVariable String day) {
        var compared = reconciliation.compare(day(day));
        if (!compared.isDone()) {
            throw new Problem(ProblemCode.PROVIDER_SILENT, "The provider's book cannot be read now; please try again.");
        }
        return new View(compared.day(), compared.bookings(), compared.differences());
    }

    private LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
            if (!day.isAfter(today) && day.isAfter(today.minusYears(3))) {
                return day;
            }
        } catch (DateTimeParseException odd) {
            // Said below, like any other day that cannot be compared.
        }
        throw Problem.invalid("day", "must be a day of the last three years, such as 2026-11-22");
    }
}
