package io.aftersale.cases;

import io.aftersale.engine.Rules;
import io.aftersale.engine.Ruling;
import io.aftersale.orders.OrderBook;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Opens the files of cases for the rooms that handle them, and keeps what their tables said. Moves no process. */
@Service
public class CaseFiles {
    private final Cases cases;
    private final CaseLines lines;
    private final Rules rules;
    private final Rulings rulings;
    private final CaseSheets sheets;
    private final OrderBook orders;
    private final Warranty warranty;
    private final Evidence evidence;

    CaseFiles(
            Cases cases,
            CaseLines lines,
            Rules rules,
            Rulings rulings,
            CaseSheets sheets,
            OrderBook orders,
            Warranty warranty,
            Evidence evidence) {
        this.cases = cases;
        this.lines = lines;
        this.rules = rules;
        this.rulings = rulings;
        this.sheets = sheets;
        this.evidence = evidence;
        this.orders = orders;
        this.warranty = warranty;
    }

    /** The file of a case, which nobody else changes until the transaction ends. */
    public CaseFile lock(String number) {
        return file(cases.lock(number));
    }

    /**
     * The same for a call that a shop makes for its buyer.
     *
     * @throws Problem CASE_NOT_FOUND for a foreign or unknown number, BUYER_NOT_FOUND for another buyer
     */
    public CaseFile lockOfBuyer(String merchantId, String number, String buyerId) {
        ofBuyer(merchantId, number, buyerId);
        return file(cases.lock(number));
    }

    /**
     * The file of a case of a shop's buyer, to read.
     *
     * @throws Problem CASE_NOT_FOUND for a foreign or unknown number, BUYER_NOT_FOUND for another buyer
     */
    public CaseFile ofBuyer(String merchantId, String number, String buyerId) {
        if (buyerId == null || buyerId.isBlank()) {
            throw Problem.missing("buyerId");
        }
        Case it = cases.find(merchantId, number).orElseThrow(() -> BuyerDesk.notFound(number));
        if (!it.buyerId().equals(buyerId)) {
            throw new Problem(
                    ProblemCode.BUYER_NOT_FOUND, "The case " + number + " is not one of buyer '" + buyerId + "'.");
        }
        return file(it);
    }

    /**
     * The same for a person who works for these merchants.
     *
     * @throws Problem CASE_NOT_FOUND for a number that is none of theirs
     */
    public CaseFile lockOf(Set<String> merchantIds, String number) {
        return cases.find(number)
                .filter(it -> merchantIds.contains(it.merchantId()))
                .map(it -> lock(number))
                .orElseThrow(() -> BuyerDesk.notFound(number));
    }

    /**
     * Puts pictures on a case; one that is there already stays.
     *
     * @throws Problem EVIDENCE_UNKNOWN, EVIDENCE_TAKEN, EVIDENCE_TOO_MANY
     */
    public void attach(CaseFile file, List<String> evidenceIds) {
        evidence.attach(file.merchantId(), file.number(), evidenceIds);
    }

    /** The refusal of what does not fit the state of a case. */
    public Problem wrongState(CaseFile file) {
        return new Problem(ProblemCode.WRONG_STATE, "The case " + file.number() + " does not take this as it stands.")
                .with("currentStatus", file.status());
    }

    public CaseSheet sheet(String number) {
        return sheets.of(number);
    }

    /** How the units of a line stood when the buyer applied: what is claimed in time does not run out under way. */
    public Warranty.Standing standing(CaseFile file, String lineId) {
        var order = orders.find(file.merchantId(), file.orderId());
        var appliedAt = cases.find(file.number()).orElseThrow().appliedAt();
        return warranty.of(order, file.unitsOf(lineId), appliedAt).get(lineId);
    }

    /** Keeps what a table said of a line, with what it was asked. */
    public void keep(String number, String lineId, Map<String, Object> inputs, Ruling ruling) {
        rulings.keep(cases.find(number).orElseThrow(), new Eligibility.Asked(lineId, inputs, ruling));
    }

    /** Whether the shipping goes back too where only a part of the goods was accepted, by {@code refund-components}. */
    public boolean isShippingRefundedForPart(CaseFile file) {
        var inputs = new HashMap<String, Object>();
        inputs.put("kind", file.kind().name());
        inputs.put("basis", file.basis());
        inputs.put("wholeOrder", false);
        var ruling = rules.ask("refund-components", inputs);
        keep(file.number(), null, inputs, ruling);
        return ruling.isTrue("shippingRefunded");
    }

    private CaseFile file(Case it) {
        return new CaseFile(
                it.number(),
                it.merchantId(),
                it.orderId(),
                it.buyerId(),
                it.currency(),
                it.kind(),
                it.basis().name(),
                it.status(),
                it.convertedTo(),
                lines.named(it.number()));
    }
}
