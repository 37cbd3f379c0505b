package io.aftersale.operations;

import io.aftersale.access.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where an operator finds steps that failed for good, tries them again, or has the flow go on without them. */
@RestController
@RequestMapping("/api/operations/incidents")
@Tag(name = "Operations", description = "What an operator does about work that is stuck; for administrators")
class IncidentController {
    private final IncidentDesk desk;
    private final Callers callers;

    IncidentController(IncidentDesk desk, Callers callers) {
        this.desk = desk;
        this.callers = callers;
    }

    @Schema(name = "IncidentReason", example = "{\"reason\":\"库存系统已恢复\"}")
    record Asked(String reason) {}

    @Schema(name = "IncidentList")
    record Page(List<Incident> items) {}

    @GetMapping
    @Operation(summary = "Steps that failed for good", description = "The oldest 200.")
    Page all() {
        return new Page(desk.all());
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Try a step once more", description = "In the background, at once. The reason is kept.")
    void retry(@PathVariable String id, @RequestBody Asked body) {
        desk.retry(callers.current(), id, body.reason());
    }

    @PostMapping("/{id}/skip")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Go on without a step",
            description = "Only where the flow can; never with steps that move money. The reason is kept.")
    void skip(@PathVariable String id, @RequestBody Asked body) {
        desk.skip(callers.current(), id, body.reason());
    }
}
