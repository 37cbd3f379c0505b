package io.aftersale.goods;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Payables;
import io.aftersale.engine.Rules;
import io.aftersale.orders.Component;
import io.aftersale.orders.OrderBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * What goods that came back are worth: asks the tables line by line, and works out unit by unit what of an approval is
 * payable. It keeps what the tables said and changes nothing else.
 */
@Service
class Assessor {
    static final String MANUAL = "MANUAL";

    private final GoodsLines lines;
    private final CaseFiles files;
    private final Payables payables;
    private final OrderBook orders;
    private final Rules rules;

    Assessor(GoodsLines lines, CaseFiles files, Payables payables, OrderBook orders, Rules rules) {
        this.lines = lines;
        this.files = files;
        this.payables = payables;
        this.orders = orders;
        this.rules = rules;
    }

    /**
     * What the tables say of a line.
     *
     * @param isKept whether their word goes on record
     */
    GoodsLine judge(CaseFile file, GoodsLine line, boolean isKept) {
        var bought = orders.find(file.merchantId(), file.orderId()).requireLine(line.lineId());
        var looked = new HashMap<String, Object>();
        looked.put("categoryGroup", CategoryGroup.of(bought.category()).name());
        looked.put("sealBroken", line.flaws().sealBroken());
        looked.put("serialAltered", line.flaws().serialAltered());
        looked.put("activated", line.flaws().activated());
        looked.put("tagRemoved", line.flaws().tagRemoved());
        looked.put("soiled", line.flaws().soiled());
        var intact = rules.ask("intactness", looked);
        String intactness = intact.text("intactness", MANUAL);
        var found = new HashMap<String, Object>();
        found.put("basis", file.basis());
        found.put("condition", line.condition());
        found.put("intactness", intactness);
        found.put("receivedShare", (long) line.receivedPerMille());
        var deduction = rules.ask("inspection-deduction", found);
        if (isKept) {
            files.keep(file.number(), line.lineId(), looked, intact);
            files.keep(file.number(), line.lineId(), found, deduction);
        }
        long perMille = Math.min(1000, Math.max(0, deduction.number("deductionPerMille", 0)));
        String disposition = line.disposition() != null ? line.disposition() : deduction.text("disposition", MANUAL);
        return line.judged(intactness, perMille, disposition);
    }

    /** What the approval covers of the accepted units, less what the tables deduct. */
    List<Component> payable(CaseFile file) {
        Map<CaseFile.Unit, Long> deductions = new HashMap<>();
        boolean isAll = true;
        for (GoodsLine line : lines.of(file.number())) {
            acceptedUnits(file, line).forEach(unit -> deductions.put(unit, line.deductionPerMille()));
            isAll &= line.accepted() == line.authorized();
        }
        boolean isShippingDue = isAll || files.isShippingRefundedForPart(file);
        var payable = new ArrayList<Component>();
        for (Component cover : payables.approved(file.number())) {
            if (cover.isShipping()) {
                if (isShippingDue) {
                    payable.add(cover);
                }
                continue;
            }
            Long perMille = deductions.get(new CaseFile.Unit(cover.lineId(), cover.unitNo()));
            long amount = perMille == null ? 0 : cover.amountMinor() - deduction(cover.amountMinor(), perMille);
            if (amount > 0) {
                payable.add(Component.unit(cover.lineId(), cover.unitNo(), amount));
            }
        }
        return payable;
    }

    /** Rounded in favour of the buyer, without ever leaving whole numbers. */
    static long deduction(long amountMinor, long perMille) {
        return amountMinor / 1000 * perMille + amountMinor % 1000 * perMille / 1000;
    }

    /** Of a line the first units in their order are the accepted ones. */
    static List<CaseFile.Unit> acceptedUnits(CaseFile file, GoodsLine line) {
        return file.unitsOf(line.lineId()).subList(0, line.accepted());
    }

    static long sum(List<Component> components) {
        return components.stream().mapToLong(Component::amountMinor).reduce(0, Math::addExact);
    }
}
