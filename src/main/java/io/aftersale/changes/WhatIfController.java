package io.aftersale.changes;

import io.aftersale.access.Callers;
import io.aftersale.problems.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Where process owners see the decision tables and try a change of one before they deploy it. Nothing is changed here. */
@RestController
@RequestMapping("/api/rules")
@Tag(name = "Rules", description = "Decision tables, and what a change of one would have changed")
class WhatIfController {
    private static final String LAST = "1000";

    private final WhatIfDesk desk;
    private final Callers callers;
    private final ZoneId zone;

    WhatIfController(WhatIfDesk desk, Callers callers, @Value("${aftersale.zone}") ZoneId zone) {
        this.desk = desk;
        this.callers = callers;
        this.zone = zone;
    }

    record Tables(List<Table> items) {}

    record Table(
            String key,
            String name,
            int version,
            String versionTag,
            OffsetDateTime deployedAt,
            boolean packaged,
            long decisions) {}

    @GetMapping
    @Operation(summary = "The tables that are asked now, with the decisions that a candidate can be tried on")
    Tables tables() {
        return new Tables(desk.tables(callers.current()).stream()
                .map(it -> new Table(
                        it.deployed().key(),
                        it.deployed().name(),
                        it.deployed().version(),
                        it.deployed().versionTag(),
                        it.deployed().deployedAt().atZone(zone).toOffsetDateTime(),
                        it.deployed().packaged(),
                        it.decisions()))
                .toList());
    }

    @GetMapping("/{table}/file")
    @Operation(summary = "The file of the version that is asked now, to be changed in Modeler")
    ResponseEntity<byte[]> file(@PathVariable String table) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + table + ".dmn\"")
                .body(desk.file(table));
    }

    @PostMapping(
            path = "/{table}/what-if",
            consumes = {
                MediaType.APPLICATION_XML_VALUE,
                MediaType.TEXT_XML_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    @Operation(
            summary = "What would have come out differently with this table",
            description = "The body is the candidate as Modeler saves it. Nothing is changed or kept.")
    WhatIf whatIf(
            @PathVariable String table,
            @Parameter(description = "the newest cases to try it on, at most 10000") @RequestParam(defaultValue = LAST)
                    String last,
            @RequestBody(required = false) byte[] candidate) {
        byte[] file = candidate == null ? new byte[0] : candidate;
        return desk.replay(callers.current(), table, file, number(last));
    }

    @PostMapping(path = "/{table}/what-if", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "The same, with the candidate as the part 'file'")
    WhatIf whatIf(
            @PathVariable String table,
            @RequestParam(defaultValue = LAST) String last,
            @RequestParam(required = false) MultipartFile file)
            throws IOException {
        if (file == null) {
            throw Problem.missing("file");
        }
        return desk.replay(callers.current(), table, file.getBytes(), number(last));
    }

    private static int number(String last) {
        if (!last.matches("[0-9]{1,6}")) {
            throw Problem.invalid("last", "is a number from 1 to " + WhatIfDesk.MOST_CASES);
        }
        return Integer.parseInt(last);
    }
}
