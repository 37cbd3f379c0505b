package io.aftersale.insight;

import io.aftersale.access.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where systems, owners and supervisors read figures of the merchants that they act for. */
@RestController
@Tag(name = "Statistics", description = "What the flows do, in figures")
class StatisticsController {
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final StatisticsDesk desk;
    private final RiskDesk risks;
    private final Callers callers;

    StatisticsController(StatisticsDesk desk, RiskDesk risks, Callers callers) {
        this.desk = desk;
        this.risks = risks;
        this.callers = callers;
    }

    @GetMapping("/api/statistics")
    @Operation(
            summary = "Counts, amounts, times and shares",
            description = "Cases count on the day they were applied for. Amounts are in minor units, by currency.")
    Statistics statistics(
            @Parameter(example = "2026-11-01", description = "first day; without it, 30 days up to the last one")
                    @RequestParam(required = false)
                    String from,
            @Parameter(example = "2026-11-30", description = "last day; without it, today")
                    @RequestParam(required = false)
                    String to,
            @Parameter(description = "kind, day, sku, merchant, reason; kind,day; kind,reason; sku,reason; or nothing")
                    @RequestParam(required = false)
                    String by,
            @Parameter(description = "one merchant; without it, all that the caller acts for")
                    @RequestParam(required = false)
                    String merchantId) {
        return desk.answer(callers.current(), merchantId, from, to, by);
    }

    @GetMapping(path = "/api/statistics.csv", produces = "text/csv")
    @Operation(summary = "The same for a spreadsheet", description = "One row for each group and currency.")
    ResponseEntity<byte[]> sheet(
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to,
            @RequestParam(required = false) String by,
            @RequestParam(required = false) String merchantId) {
        var statistics = desk.answer(callers.current(), merchantId, from, to, by);
        String name = "statistics-" + statistics.from() + "-" + statistics.to() + ".csv";
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                // The mark lets spreadsheets read Chinese.
                .body(("\uFEFF" + StatisticsSheet.of(statistics)).getBytes(StandardCharsets.UTF_8));
    }

    /** The waits at risk, the most urgent first. */
    record AtRisk(List<Risk> items, long overdue, long dueWithinADay) {}

    @GetMapping("/api/statistics/deadlines")
    @Operation(summary = "Waits of the desks that are overdue or due within a day", description = "At most 50.")
    AtRisk deadlines(@RequestParam(required = false) String merchantId) {
        return risks.atRisk(StatisticsDesk.merchants(callers.current(), merchantId));
    }
}
