package io.aftersale.exchanges;

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

/** Where a shop says that its buyer has paid what a wanted article costs more. We never take it ourselves. */
@RestController
@RequestMapping("/api/cases/{number}/difference-payment")
@Tag(name = "Cases")
class ExchangeController {
    private final ExchangeOffers offers;
    private final CaseFiles files;
    private final Callers callers;
    private final TransactionTemplate transaction;

    ExchangeController(ExchangeOffers offers, CaseFiles files, Callers callers, TransactionTemplate transaction) {
        this.offers = offers;
        this.files = files;
        this.callers = callers;
        this.transaction = transaction;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"reference\":\"PAY-2026-77\",\"amountMinor\":500,\"method\":\"CARD\"}")
    record DifferencePayment(String buyerId, String reference, Long amountMinor, String method) {}

    @PostMapping
    @Operation(
            summary = "A difference was paid",
            description =
                    "Once, the exact amount that the case sheet shows. The reference is the payment's own; if the "
                            + "replacement comes back later, the money goes back to it.")
    CaseSheet pay(@PathVariable String number, @RequestBody DifferencePayment body) {
        String merchantId = callers.current().merchant(null);
        return transaction.execute(status -> {
            var file = files.lockOfBuyer(merchantId, number, body.buyerId());
            offers.payDifference(file, body.reference(), body.amountMinor(), body.method());
            return files.sheet(number);
        });
    }
}
