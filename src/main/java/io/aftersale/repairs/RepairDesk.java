package io.aftersale.repairs;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Conversion;
import io.aftersale.cases.Conversions;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.Payables;
import io.aftersale.cases.Timeline;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
import io.aftersale.orders.Ledger;
import io.aftersale.orders.OrderBook;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * The technicians' work: diagnosis, terms, repair, and what a repair becomes when it cannot or need not be done. It keeps
 * records and asks the tables; it never chooses the next step, and pays nothing.
 */
@Service
class RepairDesk {
    static final String TECHNICIANS = "technicians";
    private static final String DEADLINE = "deadline";
    private static final String RULES = "rules";
    /** Where a faulty thing goes that stays with us. */
    private static final String TO_VENDOR = "VENDOR";

    private final Repairs repairs;
    private final Remedies remedies;
    private final CaseFiles files;
    private final Conversions conversions;
    private final Payables payables;
    private final OrderBook orders;
    private final Ledger ledger;
    private final Movements movements;
    private final Deadlines deadlines;
    private final Timeline timeline;

    RepairDesk(
            Repairs repairs,
            Remedies remedies,
            CaseFiles files,
            Conversions conversions,
            Payables payables,
            OrderBook orders,
            Ledger ledger,
            Movements movements,
            Deadlines deadlines,
            Timeline timeline) {
        this.repairs = repairs;
        this.remedies = remedies;
        this.files = files;
        this.conversions = conversions;
        this.payables = payables;
        this.orders = orders;
        this.ledger = ledger;
        this.movements = movements;
        this.deadlines = deadlines;
        this.timeline = timeline;
    }

    /** The thing is here and waits for a technician; asked again, it waits again. */
    Due requestDiagnosis(String caseNumber) {
        repairs.receive(files.lock(caseNumber));
        return deadlines.open(caseNumber, "diagnosis", null, TECHNICIANS, "Task_DiagnoseFault");
    }

    void escalateDiagnosis(String caseNumber) {
        timeline.add(caseNumber, DEADLINE, "diagnosis-escalated", "Passed on to the supervisors 已升级至主管");
    }

    void keepDiagnosis(CaseFile file, Repair.Diagnosis found, String remark) {
        repairs.diagnose(file.number(), found);
        deadlines.close(file.number(), null);
        timeline.add(
                file.number(),
                found.by(),
                "fault-diagnosed",
                "Diagnosed 检测结果: " + found.cause() + (found.repairable() ? "" : " (cannot be repaired 无法修复)"),
                remark);
    }

    /** @return what {@code repair-terms} says, MANUAL where people have to look again */
    String decideTerms(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        var said = remedies.decide(file, repairs.find(caseNumber).orElseThrow());
        repairs.decide(caseNumber, said.terms(), said.remedies());
        timeline.add(caseNumber, RULES, "terms-decided", "Terms of the repair 维修方案: " + said.terms());
        return said.terms();
    }

    Due start(String caseNumber) {
        Due due = deadlines.open(caseNumber, "repair", null, TECHNICIANS, "Task_RepairGoods");
        repairs.start(caseNumber, due.dueAt());
        timeline.add(caseNumber, RULES, "repair-started", "The repair begins 开始维修");
        return due;
    }

    /** The repair takes too long: the law may open other ways to the buyer, who need not take them. */
    void recordDelay(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        repairs.delay(caseNumber);
        List<String> open = remedies.open(file, repairs.find(caseNumber).orElseThrow());
        repairs.open(caseNumber, open);
        timeline.add(
                caseNumber,
                DEADLINE,
                "repair-overdue",
                "The repair takes too long 维修超时"
                        + (open.isEmpty() ? "" : "; open to the buyer 买家可选: " + String.join(", ", open)));
    }

    void keepWork(CaseFile file, String result, List<Part> parts, String by, String remark) {
        repairs.finish(file.number(), result, by, parts);
        deadlines.close(file.number(), null);
        long cost = parts.stream()
                .mapToLong(part -> Math.addExact(part.costMinor(), part.labourMinor()))
                .reduce(0, Math::addExact);
        boolean isRepaired = result.equals(Repair.REPAIRED);
        timeline.add(
                file.number(),
                by,
                isRepaired ? "goods-repaired" : "repair-failed",
                isRepaired ? "Repaired 已修好" : "Cannot be repaired 无法修复",
                "Parts and labour 配件与工时: " + CaseForms.money(cost, file.currency())
                        + (remark == null ? "" : "; " + remark));
    }

    /** The same model instead, which lies set aside; the faulty thing stays with us. */
    void convertToExchange(String caseNumber) {
        conversions.record(caseNumber, Conversion.EXCHANGE, RULES);
        keepHere(files.lock(caseNumber));
    }

    /** Money back for a thing that stays with us: all that the approval covers, fixed once. */
    void convertToRefund(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        conversions.record(caseNumber, Conversion.REFUND, RULES);
        payables.fix(caseNumber, payables.approved(caseNumber));
        orders.lock(file.merchantId(), file.orderId());
        file.units().forEach(unit -> ledger.useUp(caseNumber, unit.lineId(), unit.unitNo()));
        keepHere(file);
    }

    private void keepHere(CaseFile file) {
        deadlines.close(file.number(), null);
        if (repairs.putAway(file.number())) {
            String lineId = file.lineIds().get(0);
            movements.insert(Movement.planned(
                    file.number(),
                    file.merchantId(),
                    lineId,
                    orders.find(file.merchantId(), file.orderId())
                            .requireLine(lineId)
                            .sku(),
                    TO_VENDOR,
                    file.quantityOf(lineId),
                    null));
        }
    }
}
