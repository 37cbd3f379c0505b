package io.aftersale.insight;

import io.aftersale.access.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where people see which way cases take through the diagrams. Nothing is changed here. */
@RestController
@RequestMapping("/api/statistics/flows")
@Tag(name = "Statistics")
class FlowHeatController {
    private final HeatDesk desk;
    private final Callers callers;

    FlowHeatController(HeatDesk desk, Callers callers) {
        this.desk = desk;
        this.callers = callers;
    }

    record FlowVersions(List<FlowVersion> items) {}

    record FlowVersion(String key, String name, int version, String versionTag) {}

    @GetMapping
    @Operation(summary = "The flows that are deployed, with their versions, the newest first")
    FlowVersions flows() {
        return new FlowVersions(desk.flows().stream()
                .map(it -> new FlowVersion(it.key(), it.name(), it.version(), it.versionTag()))
                .toList());
    }

    @GetMapping("/{key}/{version}")
    @Operation(
            summary = "How often and how long each step was taken",
            description = "With the diagram. Cases that ended long ago are gone from the history.")
    FlowHeat heat(
            @PathVariable String key, @PathVariable int version, @RequestParam(required = false) String merchantId) {
        return desk.of(key, version, StatisticsDesk.merchants(callers.current(), merchantId));
    }
}
