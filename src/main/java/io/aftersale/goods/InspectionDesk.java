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
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * What came back and what it is worth: counted by a person, judged by the tables, offered to the buyer where less is
 * payable than was approved. It never pays, and never chooses the next step.
 */
@Service
class InspectionDesk implements OffersOfCase {
    static final String FULL = "FULL";
    static final String PARTIAL = "PARTIAL";
    static final String DEADLINE = "deadline";
    private static final String RULES = "rules";
    /** Where refused goods go that turn out to be ours to keep after all. */
    private static final String UNSOLD = "REFURBISH";

    private static final Set<String> PLACES = Set.of("RESTOCK", "REFURBISH", "VENDOR", "DISPOSE");

    private final GoodsLines lines;
    private final Assessor assessor;
    private final ReturnAuthorizations returns;
    private final GoodsProcess process;
    private final CaseFiles files;
    private final Payables payables;
    private final Deadlines deadlines;
    private final Timeline timeline;

    InspectionDesk(
            GoodsLines lines,
            Assessor assessor,
            ReturnAuthorizations returns,
            GoodsProcess process,
            CaseFiles files,
            Payables payables,
            Deadlines deadlines,
            Timeline timeline) {
        this.lines = lines;
        this.assessor = assessor;
        this.returns = returns;
        this.process = process;
        this.files = files;
        this.payables = payables;
        this.deadlines = deadlines;
        this.timeline = timeline;
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
            GoodsLine judged = assessor.judge(file, line, false);
            if (line.accepted() > 0 && !PLACES.contains(judged.disposition())) {
                throw new Problem(
                                ProblemCode.FIELD_MISSING,
                                "The tables do not say where the accepted goods of line '" + line.lineId()
                                        + "' go: please choose a disposition.")
                        .with("field", "inspection.disposition");
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
            lines.put(caseNumber, assessor.judge(file, line, true));
        }
        return Assessor.sum(assessor.payable(file)) == Assessor.sum(payables.approved(caseNumber)) ? FULL : PARTIAL;
    }

    /** Offers the buyer what the inspection left. */
    Due offer(String caseNumber) {
        CaseFile file = files.lock(caseNumber);
        long offered = Assessor.sum(assessor.payable(file));
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
