package io.aftersale.goods;

import io.aftersale.access.Callers;
import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseSheet;
import io.aftersale.logistics.ParcelDesk;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop says that its buyer has sent goods back. */
@RestController
@RequestMapping("/api/cases/{number}")
@Tag(name = "Cases")
class GoodsController {
    private final ReturnDesk returns;
    private final ParcelDesk parcels;
    private final CaseFiles files;
    private final Callers callers;
    private final TransactionTemplate transaction;

    GoodsController(
            ReturnDesk returns, ParcelDesk parcels, CaseFiles files, Callers callers, TransactionTemplate transaction) {
        this.returns = returns;
        this.parcels = parcels;
        this.files = files;
        this.callers = callers;
        this.transaction = transaction;
    }

    @Schema(example = "{\"buyerId\":\"B-1\",\"carrier\":\"SF Express\",\"trackingNumber\":\"SF1460000001\"}")
    record Shipment(String buyerId, String carrier, String trackingNumber) {}

    @PostMapping("/shipment")
    @Operation(summary = "Goods were sent back", description = "Once, while the case waits for them.")
    CaseSheet ship(@PathVariable String number, @RequestBody Shipment body) {
        return change(number, body.buyerId(), file -> {
            returns.ship(file, body.carrier(), body.trackingNumber());
            parcels.announce(file.number(), body.trackingNumber().strip());
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
