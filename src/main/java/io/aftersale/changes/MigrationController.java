package io.aftersale.changes;

import io.aftersale.access.Callers;
import io.aftersale.problems.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where process owners move running cases to another version of their flow. */
@RestController
@RequestMapping("/api/flows/{key}/migration")
@Tag(name = "Flows", description = "Moving running cases to another version of their flow")
class MigrationController {
    private final MigrationDesk desk;
    private final Callers callers;

    MigrationController(MigrationDesk desk, Callers callers) {
        this.desk = desk;
        this.callers = callers;
    }

    @Schema(name = "MigrationOrder", example = "{\"from\":1,\"to\":2,\"leaveOthers\":false}")
    record Order(Integer from, Integer to, Boolean leaveOthers) {}

    @GetMapping
    @Operation(
            summary = "What would become of the running cases",
            description = "Each place where cases stand is tried on one of them and taken back. Nothing is changed.")
    MigrationPlanView plan(
            @PathVariable String key,
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to) {
        return desk.plan(callers.current(), key, version("from", from), version("to", to));
    }

    @PostMapping
    @Operation(
            summary = "Move the running cases, in the background",
            description = "With leaveOthers those that do not fit are left where they are; else nothing is moved.")
    ResponseEntity<MigrationStatus> move(@PathVariable String key, @RequestBody Order order) {
        var status = desk.move(
                callers.current(),
                key,
                version("from", order.from()),
                version("to", order.to()),
                Boolean.TRUE.equals(order.leaveOthers()));
        return ResponseEntity.accepted()
                .location(URI.create("/api/flows/" + key + "/migration/" + status.batchId()))
                .body(status);
    }

    @GetMapping("/{batchId}")
    @Operation(summary = "How far a migration has come")
    MigrationStatus status(@PathVariable String key, @PathVariable String batchId) {
        return desk.status(callers.current(), key, batchId);
    }

    private static int version(String field, String given) {
        if (given == null) {
            throw Problem.missing(field);
        }
        if (!given.matches("[1-9][0-9]{0,6}")) {
            throw Problem.invalid(field, "is the number of a version");
        }
        return Integer.parseInt(given);
    }

    private static int version(String field, Integer given) {
        return version(field, given == null ? null : given.toString());
    }
}
