package io.aftersale.cases;

import io.aftersale.access.Callers;
import io.aftersale.problems.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Where people who look at goods put pictures of them on a case; they are evidence like the buyer's own. */
@RestController
@RequestMapping("/api/cases/{number}/pictures")
@Tag(name = "Evidence")
class CasePictureController {
    private final Evidence evidence;
    private final CaseFiles files;
    private final Timeline timeline;
    private final CaseProcess process;
    private final Callers callers;
    private final TransactionTemplate transaction;

    CasePictureController(
            Evidence evidence,
            CaseFiles files,
            Timeline timeline,
            CaseProcess process,
            Callers callers,
            TransactionTemplate transaction) {
        this.evidence = evidence;
        this.files = files;
        this.timeline = timeline;
        this.process = process;
        this.callers = callers;
        this.transaction = transaction;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Put a picture on a case",
            description = "For people who inspect, diagnose or supervise, also with the session of the web apps.")
    EvidenceView take(@PathVariable String number, @RequestPart(name = "file", required = false) MultipartFile file)
            throws IOException {
        if (file == null) {
            throw Problem.missing("file");
        }
        byte[] bytes = file.getBytes();
        var caller = callers.current();
        return transaction.execute(status -> {
            CaseFile it = files.lockOf(caller.merchants(), number);
            if (CaseBoard.FINAL.contains(it.status())) {
                throw files.wrongState(it);
            }
            var picture = evidence.take(it.merchantId(), caller.userId(), bytes);
            evidence.attach(it.merchantId(), number, List.of(picture.id()));
            timeline.add(number, caller.userId(), "picture-added", "A picture of the goods 商品照片: " + picture.id());
            process.showChanges(number);
            return picture;
        });
    }
}
