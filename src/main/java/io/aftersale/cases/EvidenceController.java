package io.aftersale.cases;

import io.aftersale.access.Callers;
import io.aftersale.problems.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Where a shop brings pictures and where shop and staff look at them. A browser is told to take them for nothing but
 * pictures, and to ask again each time, so that who may no longer look does not.
 */
@RestController
@RequestMapping("/api/evidence")
@Tag(name = "Evidence", description = "Pictures that buyers give; a case takes them by their ids")
class EvidenceController {
    private final Evidence evidence;
    private final Callers callers;

    EvidenceController(Evidence evidence, Callers callers) {
        this.evidence = evidence;
        this.callers = callers;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Upload a picture",
            description = "JPEG, PNG, GIF or WebP of at most 5 MiB, told by its content; metadata is taken out.")
    @ApiResponse(responseCode = "201", description = "The picture's id", useReturnTypeSchema = true)
    ResponseEntity<EvidenceView> take(@RequestPart(name = "file", required = false) MultipartFile file)
            throws IOException {
        if (file == null) {
            throw Problem.missing("file");
        }
        var caller = callers.current();
        var view = evidence.take(caller.merchant(null), caller.userId(), file.getBytes());
        return ResponseEntity.created(URI.create("/api/evidence/" + view.id())).body(view);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read a picture", description = "Also with the session of the web apps.")
    @ApiResponse(
            responseCode = "200",
            description = "The picture",
            content = @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> read(@PathVariable String id, HttpServletResponse response) {
        response.setCharacterEncoding(null); // a picture has none
        var stored = evidence.read(callers.current(), id);
        var format = EvidenceFormat.ofMediaType(stored.view().mediaType());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(format.mediaType()))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag(stored.view().sha256())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(stored.view().id() + "." + format.extension())
                                .build()
                                .toString())
                .body(stored.picture());
    }
}
