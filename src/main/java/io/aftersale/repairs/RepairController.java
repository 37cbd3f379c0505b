package io.aftersale.repairs;

import io.aftersale.access.Callers;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseSheet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop passes on what its buyer says to the quote of a repair. */
@RestController
@RequestMapping("/api/cases/{number}")
@Tag(name = "Cases")
class RepairController {
    private final QuoteDesk quotes;
    private final CaseFiles files;
    private final Callers callers;
    private final TransactionTemplate transaction;

    RepairController(QuoteDesk quotes, CaseFiles files, Callers callers, TransactionTemplate transaction) {
        this.quotes = quotes;
        this.files = files;
        this.callers = callers;
        this.transaction = transaction;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"accept\":true}")
    record QuoteAnswer(String buyerId, Boolean accept) {}

    @PostMapping("/quote-answer")
    @Operation(
            summary = "Answer the quote of a repair",
            description = "Once, within the time that the case sheet shows. Declined, it goes back unrepaired.")
    CaseSheet answerQuote(@PathVariable String number, @RequestBody QuoteAnswer body) {
        String merchantId = callers.current().merchant(null);
        return transaction.execute(status -> {
            quotes.answer(files.lockOfBuyer(merchantId, number, body.buyerId()), body.accept());
            return files.sheet(number);
        });
    }
}
