package io.aftersale.cases;

import io.aftersale.access.Callers;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a shop says that its buyer has paid what the case sheet asks for: what a wanted article costs more, or a quoted
 * repair. Whichever room asked for it takes note; we never take money ourselves.
 */
@RestController
@RequestMapping("/api/cases/{number}/difference-payment")
@Tag(name = "Cases")
class PaymentController {
    private final ObjectProvider<PaymentsOfCase> rooms;
    private final CaseFiles files;
    private final Callers callers;
    private final TransactionTemplate transaction;

    PaymentController(
            ObjectProvider<PaymentsOfCase> rooms, CaseFiles files, Callers callers, TransactionTemplate transaction) {
        this.rooms = rooms;
        this.files = files;
        this.callers = callers;
        this.transaction = transaction;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"reference\":\"PAY-2026-77\",\"amountMinor\":500,\"method\":\"CARD\"}")
    record DifferencePayment(String buyerId, String reference, Long amountMinor, String method) {}

    @PostMapping
    @Operation(
            summary = "A difference or a quoted repair was paid",
            description = "Once, the exact amount that the case sheet shows. The reference is the payment's own; if a "
                    + "replacement comes back later, the money goes back to it.")
    CaseSheet pay(@PathVariable String number, @RequestBody DifferencePayment body) {
        String merchantId = callers.current().merchant(null);
        return transaction.execute(status -> {
            var file = files.lockOfBuyer(merchantId, number, body.buyerId());
            take(file, Payment.of(body.reference(), body.amountMinor(), body.method()));
            return files.sheet(number);
        });
    }

    private void take(CaseFile file, Payment payment) {
        var room = rooms.stream()
                .filter(it -> it.owedMinor(file).isPresent())
                .findFirst()
                .orElseThrow(() -> files.wrongState(file));
        long owed = room.owedMinor(file).getAsLong();
        if (payment.amountMinor() != owed) {
            throw new Problem(
                            ProblemCode.DIFFERENCE_NOT_EXACT,
                            "What is owed is " + owed + ", not " + payment.amountMinor() + ".")
                    .with("field", "amountMinor")
                    .with("differenceMinor", owed);
        }
        if (rooms.stream().anyMatch(it -> it.knows(file.merchantId(), payment.reference()))) {
            throw new Problem(
                            ProblemCode.PAYMENT_REFERENCE_TAKEN,
                            "The payment " + payment.reference() + " was for something else.")
                    .with("field", "reference");
        }
        room.pay(file, payment);
    }
}
