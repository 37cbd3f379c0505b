package io.aftersale.cases;

import io.aftersale.access.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop says that its buyer wants something else than was applied for, within the same case. */
@RestController
@RequestMapping("/api/cases/{number}/conversion")
@Tag(name = "Cases")
class ConversionController {
    private final Conversions conversions;
    private final CaseFiles files;
    private final Callers callers;
    private final TransactionTemplate transaction;

    ConversionController(Conversions conversions, CaseFiles files, Callers callers, TransactionTemplate transaction) {
        this.conversions = conversions;
        this.files = files;
        this.callers = callers;
        this.transaction = transaction;
    }

    @Schema(name = "CaseConversion", example = "{\"buyerId\":\"B-1\",\"to\":\"REFUND\"}")
    record Asked(String buyerId, String to) {}

    @PostMapping
    @Operation(
            summary = "Convert a case",
            description =
                    "REFUND, RETURN, EXCHANGE or ALLOWANCE, where the case allows it as it stands; a refusal says "
                            + "in 'open' what it could become now. The kind of the case stays, convertedTo says what it became.")
    CaseSheet convert(@PathVariable String number, @RequestBody Asked body) {
        String merchantId = callers.current().merchant(null);
        return transaction.execute(status -> {
            conversions.ask(files.lockOfBuyer(merchantId, number, body.buyerId()), body.to());
            return files.sheet(number);
        });
    }
}
