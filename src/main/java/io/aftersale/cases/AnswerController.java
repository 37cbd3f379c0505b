package io.aftersale.cases;

import io.aftersale.access.Callers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a shop passes on what its buyer says to an offer, and that a parcel has arrived. Whichever room waits for it
 * takes it; this one never knows what follows.
 */
@RestController
@RequestMapping("/api/cases/{number}")
@Tag(name = "Cases")
class AnswerController {
    private final ObjectProvider<OffersOfCase> offers;
    private final ObjectProvider<ParcelsOfCase> parcels;
    private final CaseFiles files;
    private final Callers callers;
    private final TransactionTemplate transaction;

    AnswerController(
            ObjectProvider<OffersOfCase> offers,
            ObjectProvider<ParcelsOfCase> parcels,
            CaseFiles files,
            Callers callers,
            TransactionTemplate transaction) {
        this.offers = offers;
        this.parcels = parcels;
        this.files = files;
        this.callers = callers;
        this.transaction = transaction;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"choice\":\"ACCEPT\"}")
    record OfferAnswer(String buyerId, String choice) {}

    @Schema(example = "{\"buyerId\":\"B-1\"}")
    record Receipt(String buyerId) {}

    @PostMapping("/offer-answer")
    @Operation(
            summary = "Answer an offer",
            description = "Once: ACCEPT or DISPUTE what an inspection left, REFUND or WAIT where stock has run out.")
    CaseSheet answerOffer(@PathVariable String number, @RequestBody OfferAnswer body) {
        return change(number, body.buyerId(), file -> {
            var choice = Named.parse(OfferChoice.class, "choice", body.choice());
            offers.stream()
                    .filter(room -> room.open(file).contains(choice))
                    .findFirst()
                    .orElseThrow(() -> files.wrongState(file))
                    .answer(file, choice);
        });
    }

    @PostMapping("/receipt-confirmation")
    @Operation(
            summary = "A parcel has arrived",
            description = "The shop has what came back, or the buyer has what was sent, whichever is on its way.")
    CaseSheet confirmReceipt(@PathVariable String number, @RequestBody Receipt body) {
        return change(number, body.buyerId(), file -> {
            if (parcels.stream().noneMatch(room -> room.confirm(file))) {
                throw files.wrongState(file);
            }
        });
    }

    private CaseSheet change(String number, String buyerId, Consumer<CaseFile> step) {
        String merchantId = callers.current().merchant(null);
        return transaction.execute(status -> {
            step.accept(files.lockOfBuyer(merchantId, number, buyerId));
            return files.sheet(number);
        });
    }
}
