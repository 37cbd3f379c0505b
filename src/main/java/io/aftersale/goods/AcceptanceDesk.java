package io.aftersale.goods;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Kind;
import io.aftersale.cases.Payables;
import io.aftersale.cases.Timeline;
import io.aftersale.cases.Wishes;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
import io.aftersale.orders.Ledger;
import io.aftersale.orders.OrderBook;
import org.springframework.stereotype.Service;

/**
 * The end of a way back: fixes what is payable, once, uses up the units that are paid for, and writes down where each
 * thing goes. It pays nothing and moves nothing itself.
 */
@Service
class AcceptanceDesk {
    static final String ACCEPTED = "ACCEPTED";
    static final String NOTHING = "NOTHING";
    static final String MISSING = "MISSING";

    private final GoodsLines lines;
    private final Assessor assessor;
    private final Movements movements;
    private final ReturnAuthorizations returns;
    private final CaseFiles files;
    private final Wishes wishes;
    private final Payables payables;
    private final OrderBook orders;
    private final Ledger ledger;
    private final Deadlines deadlines;
    private final Timeline timeline;

    AcceptanceDesk(
            GoodsLines lines,
            Assessor assessor,
            Movements movements,
            ReturnAuthorizations returns,
            CaseFiles files,
            Wishes wishes,
            Payables payables,
            OrderBook orders,
            Ledger ledger,
            Deadlines deadlines,
            Timeline timeline) {
        this.lines = lines;
        this.assessor = assessor;
        this.movements = movements;
        this.returns = returns;
        this.files = files;
        this.wishes = wishes;
        this.payables = payables;
        this.orders = orders;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.timeline = timeline;
    }

    /** Nobody confirmed the receipt in time: all counts as received, and lies on no shelf. */
    void acceptUnseen(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        for (String lineId : file.lineIds()) {
            int all = file.quantityOf(lineId);
            lines.put(
                    caseNumber,
                    new GoodsLine(
                            lineId,
                            all,
                            0,
                            all,
                            null,
                            GoodsLine.Flaws.NONE,
                            null,
                            0,
                            MISSING,
                            InspectionDesk.DEADLINE));
        }
        timeline.add(caseNumber, InspectionDesk.DEADLINE, "goods-accepted-unseen", "Counts as received 逾期未确认，视为已收货");
        accept(file);
    }

    /**
     * Fixes what is payable, uses up the units that are paid for, and writes down where everything goes.
     *
     * @return ACCEPTED when anything is payable
     */
    String recordAcceptance(String caseNumber) {
        return accept(files.lock(caseNumber));
    }

    private String accept(CaseFile file) {
        var payable = assessor.payable(file);
        payables.fix(file.number(), payable);
        orders.lock(file.merchantId(), file.orderId());
        String address = wishes.of(file.number()).addressLine();
        for (GoodsLine line : lines.of(file.number())) {
            Assessor.acceptedUnits(file, line)
                    .forEach(unit -> ledger.useUp(file.number(), unit.lineId(), unit.unitNo()));
            move(file, line, line.disposition(), line.kept(), null);
            move(file, line, Movement.RETURN_TO_BUYER, line.toBuyer(), address);
        }
        deadlines.close(file.number(), null);
        returns.end(file.number());
        timeline.add(
                file.number(),
                "rules",
                "goods-accepted",
                (file.kind() == Kind.EXCHANGE ? "Worth for the exchange 可抵: " : "To be refunded 应退: ")
                        + CaseForms.money(Assessor.sum(payable), file.currency()));
        return Assessor.sum(payable) > 0 ? ACCEPTED : NOTHING;
    }

    private void move(CaseFile file, GoodsLine line, String disposition, int quantity, String address) {
        if (quantity > 0) {
            String sku = orders.find(file.merchantId(), file.orderId())
                    .requireLine(line.lineId())
                    .sku();
            movements.insert(Movement.planned(
                    file.number(), file.merchantId(), line.lineId(), sku, disposition, quantity, address));
        }
    }
}
