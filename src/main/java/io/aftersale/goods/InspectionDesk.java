package io.aftersale.goods;

import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Deadlines;
import io.aftersale.cases.Due;
import io.aftersale.cases.Kind;
import io.aftersale.cases.OfferChoice;
import io.aftersale.cases.OffersOfCase;
import io.aftersale.cases.Payables;
import io.aftersale.cases.Timeline;
import io.aftersale.engine.Rules;
import io.aftersale.logistics.Movement;
import io.aftersale.logistics.Movements;
import io.aftersale.orders.Component;
import io.aftersale.orders.Ledger;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * What came back and what it is worth: counted by a person, judged by the tables, offered to the buyer where less is
 * payable than was approved, and fixed once. It never pays, and never chooses the next step.
 */
@Service
class InspectionDesk implements OffersOfCase {
    static final String FULL = "FULL";
    static final String PARTIAL = "PARTIAL";
    static final String ACCEPTED = "ACCEPTED";
    static final String NOTHING = "NOTHING";
    static final String MISSING = "MISSING";
    static final String MANUAL = "MANUAL";
    private static final String DEADLINE = "deadline";
    private static final String RULES = "rules";
    /** Where refused goods go that turn out to be ours to keep after all. */
    private static final String UNSOLD = "REFURBISH";

    private static final Set<String> PLACES = Set.of("RESTOCK", "REFURBISH", "VENDOR", "DISPOSE");

    private final GoodsLines lines;
    private final Movements movements;
    private final ReturnAuthorizations returns;
    private final GoodsProcess process;
    private final CaseFiles files;
    private final Payables payables;
    private final OrderBook orders;
    private final Ledger ledger;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final Rules rules;

    InspectionDesk(
            GoodsLines lines,
            Movements movements,
            ReturnAuthorizations returns,
            GoodsProcess process,
            CaseFiles files,
            Payables payables,
            OrderBook orders,
            Ledger ledger,
            Deadlines deadlines,
            Timeline timeline,
            Rules rules) {
        this.lines = lines;
        this.movements = movements;
        this.returns = returns;
        this.process = process;
        this.files = files;
        this.payables = payables;
        this.orders = orders;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.rules = rules;
    }

    Due request(String caseNumber) {
        return deadlines.open(caseNumber, "inspection", null, ReturnDesk.WAREHOUSE, "Task_InspectGoods");
    }

    void escalate(String caseNumber) {
        timeline.add(caseNumber, DEADLINE, "inspection-escalated", "Passed on to the supervisors 已升级至主管");
    }

    /**
     * Keeps what a person counted.
     *
     * @throws Problem FIELD_MISSING when the table cannot say where accepted units go and the inspector did not
     */
    void keep(CaseFile file, List<GoodsLine> counted, String by, String remark) {
        for (GoodsLine line : counted) {
            GoodsLine judged = judge(file, line, false);
            if (line.accepted() > 0 && !PLACES.contains(judged.disposition())) {
                throw Problem.missing("inspection.disposition");
            }
            lines.put(file.number(), line);
        }
        int received = counted.stream().mapToInt(GoodsLine::received).sum();
        int accepted = counted.stream().mapToInt(GoodsLine::accepted).sum();
        timeline.add(
                file.number(),
                by,
                "goods-inspected",
                "Inspected 已验货: received 收到 " + received + ", accepted 收下 " + accepted,
                remark);
    }

    /** Asks the tables about each line; says whether anything is cut of what was approved. */
    String assess(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        for (GoodsLine line : lines.of(caseNumber)) {
            lines.put(caseNumber, judge(file, line, true));
        }
        return sum(payable(file)) == sum(payables.approved(caseNumber)) ? FULL : PARTIAL;
    }

    private GoodsLine judge(CaseFile file, GoodsLine line, boolean isKept) {
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

    /** Offers the buyer what the inspection left. */
    Due offer(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        long offered = sum(payable(file));
        returns.offer(caseNumber, offered);
        timeline.add(
                caseNumber,
                RULES,
                "partial-amount-offered",
                (file.kind() == Kind.EXCHANGE
                                ? "After the inspection your goods are worth 验货后可抵: "
                                : "After the inspection we offer 验货后可退: ")
                        + CaseForms.money(offered, file.currency()));
        return deadlines.open(caseNumber, "offer", null, ReturnDesk.BUYER, "Gateway_AwaitOfferAnswer");
    }

    @Override
    public Set<OfferChoice> open(CaseFile file) {
        return returns.find(file.number())
                .filter(it -> it.offeredMinor() != null && it.offerAnswer() == null && it.endedAt() == null)
                .map(it -> Set.of(OfferChoice.ACCEPT, OfferChoice.DISPUTE))
                .orElse(Set.of());
    }

    /** @throws Problem WRONG_STATE when it was answered at the same time */
    @Override
    public void answer(CaseFile file, OfferChoice choice) {
        if (!returns.answerOffer(file.number(), choice.name())) {
            throw files.wrongState(file);
        }
        boolean isDisputed = choice == OfferChoice.DISPUTE;
        timeline.add(
                file.number(),
                ReturnDesk.BUYER,
                isDisputed ? "decision-disputed" : "offer-accepted",
                isDisputed ? "The buyer disputes the inspection 买家对验货结果有异议" : "The offer was accepted 买家接受部分退款");
        if (!process.tellOfferAnswered(file.number(), choice.name())) {
            throw files.wrongState(file);
        }
    }

    void acceptBySilence(String caseNumber) {
        timeline.add(caseNumber, DEADLINE, "offer-accepted", "Accepted since nobody objected 逾期未答复，视为接受");
    }

    /** An arbitrator found for the buyer: all that was approved is payable. */
    void overturn(String caseNumber) {
        for (GoodsLine line : lines.of(caseNumber)) {
            lines.put(
                    caseNumber, line.acceptedInFull(PLACES.contains(line.disposition()) ? line.disposition() : UNSOLD));
        }
        timeline.add(caseNumber, RULES, "inspection-overturned", "Decided for you 仲裁支持您的申请");
    }

    /** Nobody confirmed the receipt in time: all counts as received, and lies on no shelf. */
    void acceptUnseen(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        for (String lineId : file.lineIds()) {
            int all = file.quantityOf(lineId);
            lines.put(
                    caseNumber,
                    new GoodsLine(lineId, all, 0, all, null, GoodsLine.Flaws.NONE, null, 0, MISSING, DEADLINE));
        }
        timeline.add(caseNumber, DEADLINE, "goods-accepted-unseen", "Counts as received 逾期未确认，视为已收货");
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
        var payable = payable(file);
        payables.fix(file.number(), payable);
        orders.lock(file.merchantId(), file.orderId());
        for (GoodsLine line : lines.of(file.number())) {
            acceptedUnits(file, line).forEach(unit -> ledger.useUp(file.number(), unit.lineId(), unit.unitNo()));
            move(file, line, line.disposition(), line.kept());
            move(file, line, Movement.RETURN_TO_BUYER, line.toBuyer());
        }
        deadlines.close(file.number(), null);
        returns.end(file.number());
        timeline.add(
                file.number(),
                RULES,
                "goods-accepted",
                (file.kind() == Kind.EXCHANGE ? "Worth for the exchange 可抵: " : "To be refunded 应退: ")
                        + CaseForms.money(sum(payable), file.currency()));
        return sum(payable) > 0 ? ACCEPTED : NOTHING;
    }

    private void move(CaseFile file, GoodsLine line, String disposition, int quantity) {
        if (quantity > 0) {
            String sku = orders.find(file.merchantId(), file.orderId())
                    .requireLine(line.lineId())
                    .sku();
            movements.insert(Movement.planned(
                    file.number(), file.merchantId(), line.lineId(), sku, disposition, quantity, null));
        }
    }

    /** What the approval covers of the accepted units, less what the tables deduct. */
    private List<Component> payable(CaseFile file) {
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

    private static List<CaseFile.Unit> acceptedUnits(CaseFile file, GoodsLine line) {
        return file.unitsOf(line.lineId()).subList(0, line.accepted());
    }

    private static long sum(List<Component> components) {
        return components.stream().mapToLong(Component::amountMinor).reduce(0, Math::addExact);
    }

    /** Every line of the case is counted once, and no other. */
    static void requireAllLines(CaseFile file, List<GoodsLine> counted) {
        var missing = new HashSet<>(file.lineIds());
        for (GoodsLine line : counted) {
            if (!missing.remove(line.lineId())) {
                throw Problem.invalid("inspection", "names the line '" + line.lineId() + "' twice or without need");
            }
        }
        if (!missing.isEmpty()) {
            throw Problem.invalid("inspection", "does not say what came of the lines " + missing);
        }
    }
}
