package io.aftersale.cases;

import io.aftersale.engine.Rules;
import java.util.HashMap;
import org.springframework.stereotype.Service;

/**
 * The audit of a case, step by step as the diagram asks: who looks at it until when, what was decided by which rule or
 * person, and the one approval without which nothing is paid. It never chooses the next step.
 */
@Service
class AuditDesk {
    static final String RULES = "rules";
    static final String DEADLINE = "deadline";
    private static final String AUDIT_OVERDUE = "audit-overdue";
    static final long DISPUTE_PRIORITY = 70;
    private static final String SUPERVISORS = "supervisors";

    private final Cases cases;
    private final CaseDesk desk;
    private final Audits audits;
    private final Payables payables;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final Rules rules;
    private final Rulings rulings;

    AuditDesk(
            Cases cases,
            CaseDesk desk,
            Audits audits,
            Payables payables,
            Deadlines deadlines,
            Timeline timeline,
            Rules rules,
            Rulings rulings) {
        this.cases = cases;
        this.desk = desk;
        this.audits = audits;
        this.payables = payables;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.rules = rules;
        this.rulings = rulings;
    }

    /** Who audits, how many approvals it takes, how urgent it is, and until when. */
    record Route(String candidateGroup, int approvals, int priority, Due due) {}

    Route route(String number) {
        Case it = cases.lock(number);
        var inputs = new HashMap<String, Object>();
        inputs.put("kind", it.kind().name());
        inputs.put("amountMinor", it.requestedMinor());
        inputs.put("casesOfBuyer30d", (long) desk.casesOfBuyer(it));
        inputs.put("verdict", rulings.verdict(number).map(Verdict::value).orElse(Verdict.AUDIT));
        var ruling = rules.ask("audit-routing", inputs);
        rulings.keep(it, new Eligibility.Asked(null, inputs, ruling));
        String group = ruling.text("candidateGroup", SUPERVISORS);
        // An audit that nobody routed to is never done by fewer people than the strictest rule asks for.
        int approvals = (int) Math.max(1, ruling.number("approvals", 2));
        var due = deadlines.open(number, "audit", approvals, null, group, "Task_AuditApplication");
        timeline.add(number, RULES, "audit-requested", "Being reviewed 审核中", ruled(number, "audit-routing"));
        return new Route(group, approvals, (int) ruling.number("priority", 50), due);
    }

    void approveByRule(String number) {
        Case it = cases.lock(number);
        approve(
                it,
                it.requestedMinor(),
                "RULES",
                RULES,
                "application-approved",
                it.kind().approvedAtOnce(),
                ruled(number, "eligibility"));
    }

    void approveByTimeout(String number) {
        Case it = cases.lock(number);
        approve(
                it,
                it.requestedMinor(),
                "DEADLINE",
                DEADLINE,
                "application-approved",
                "Approved because the review took too long 审核超时，自动通过",
                ruled(number, "deadlines"));
    }

    /** The decision of the people who audited becomes the approval. */
    void recordApproval(String number) {
        Case it = cases.lock(number);
        long amount = audits.latest(number, "AUDIT")
                .map(Audits.Decision::approvedMinor)
                .orElseThrow(() -> new IllegalStateException("Nobody has audited the case " + number));
        approve(it, amount);
        deadlines.close(number, null);
        timeline.add(number, lastAuditor(it), "application-approved", "Approved 已通过");
    }

    void rejectByRule(String number) {
        Case it = cases.lock(number);
        var verdict = rulings.verdict(number).orElseThrow();
        audits.add(number, it.applicationNo(), "RULES", RULES, "REJECT", null, verdict.reasonCode(), null, null);
        timeline.add(
                number,
                RULES,
                "application-rejected",
                "Rejected by the rules 规则未通过: " + verdict.legalBasis(),
                verdict.reasonCode() + ", " + ruled(number, "eligibility"));
    }

    /** A person has rejected it; the decision is already on record. */
    void recordRejection(String number) {
        Case it = cases.lock(number);
        var decision = audits.of(number).stream()
                .filter(made -> made.decision().equals("REJECT"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalStateException("Nobody has rejected the case " + number));
        timeline.add(
                number,
                lastAuditor(it),
                "application-rejected",
                BuyerWords.rejected(RejectCode.valueOf(decision.reasonCode())));
    }

    /** Starts the buyer's time to dispute or amend after a rejection. */
    Due openObjection(String number) {
        return deadlines.open(number, "objection", null, "buyer", "Gateway_AwaitObjection");
    }

    Due requestConfirmation(String number) {
        var due = deadlines.open(number, "confirm", 2, null, SUPERVISORS, "Task_ConfirmAudit");
        timeline.add(number, RULES, "confirmation-requested", "A second person reviews it 二次审核中");
        return due;
    }

    /** Once for each audit: where the time for it is over when an audit comes back with evidence, it comes again. */
    void remind(String number) {
        noteOnce(number, "audit-reminded", "The reviewers were reminded 已提醒审核人员");
    }

    /** Once for each audit, as with {@link #remind}. */
    void escalateAudit(String number) {
        noteOnce(number, "audit-escalated", "The supervisors may decide too 已升级至主管");
    }

    void escalateConfirmation(String number) {
        timeline.add(number, DEADLINE, "confirmation-escalated", "The second review is late 复核超时，已催办");
    }

    void escalateArbitration(String number) {
        timeline.add(number, DEADLINE, "arbitration-escalated", "The arbitration is late 仲裁超时，已催办");
    }

    private void noteOnce(String number, String event, String text) {
        cases.lock(number);
        var told = timeline.of(number).stream().map(Timeline.Entry::event).toList();
        int begun = Math.max(told.lastIndexOf("audit-requested"), told.lastIndexOf(AUDIT_OVERDUE));
        int before = told.lastIndexOf(event);
        if (before == -1 || before < begun) {
            timeline.add(number, DEADLINE, event, text);
        }
    }

    /** An audit that must not approve itself goes to the supervisors with a new clock. */
    Due handToSupervisors(String number, int approvals) {
        timeline.add(number, DEADLINE, AUDIT_OVERDUE, "Passed on to the supervisors 审核超时，已转交主管");
        return deadlines.open(number, "supervision", approvals, null, SUPERVISORS, "Task_AuditApplication");
    }

    Due askForEvidence(String number) {
        Case it = cases.lock(number);
        var due = deadlines.open(number, "evidence", null, "buyer", "Gateway_AwaitEvidence");
        timeline.add(number, lastAuditor(it), "evidence-requested", "Please add pictures or papers 请补充凭证");
        return due;
    }

    /** Who the audit goes back to, and until when. */
    record Resumed(String reviewer, Due due) {}

    /** Back to the same reviewer with what was left of the clock. */
    Resumed resume(String number, String group, int approvals) {
        String reviewer = lastAuditor(cases.lock(number));
        var told = timeline.of(number).stream().map(Timeline.Entry::event).toList();
        if (told.lastIndexOf("evidence-added") < told.lastIndexOf("evidence-requested")) {
            timeline.add(number, DEADLINE, "evidence-overdue", "No evidence came in time 逾期未补充凭证");
        }
        timeline.add(number, RULES, "audit-resumed", "Being reviewed again 继续审核");
        return new Resumed(reviewer, deadlines.resume(number, approvals, group, "Task_AuditApplication"));
    }

    Due openDispute(String number) {
        return deadlines.open(number, "arbitration", null, "arbitrators", "Task_ArbitrateDispute");
    }

    /** The arbitrator found for the buyer: what people approved counts, or else all that was asked for. */
    void overturn(String number) {
        Case it = cases.lock(number);
        long amount = audits.of(number).stream()
                .filter(made -> made.step().equals("AUDIT") && made.approvedMinor() != null)
                .filter(made -> made.round() == it.applicationNo())
                .map(Audits.Decision::approvedMinor)
                .reduce((first, second) -> second)
                .orElse(it.refundableMinor());
        approve(it, amount);
        deadlines.close(number, null);
        timeline.add(number, arbitrator(number), "dispute-overturned", "Decided for you 仲裁支持您的申请");
    }

    void uphold(String number) {
        deadlines.close(number, null);
        timeline.add(number, arbitrator(number), "dispute-upheld", "The rejection stands 仲裁维持原决定");
    }

    void withdraw(String number) {
        deadlines.closeAll(number);
    }

    /** The user who audited last, for the timeline and to give the case back to. */
    String lastAuditor(Case it) {
        return audits.of(it.number()).stream()
                .filter(made -> made.step().equals("AUDIT") || made.step().equals("CONFIRM"))
                .map(Audits.Decision::by)
                .reduce((first, second) -> second)
                .orElse(RULES);
    }

    /** Which rule of a table was the last to say something, for staff. */
    private String ruled(String number, String table) {
        return rulings.latest(number, table).orElse(table);
    }

    private String arbitrator(String number) {
        return audits.latest(number, "ARBITRATE").map(Audits.Decision::by).orElse(RULES);
    }

    private void approve(Case it, long amountMinor, String step, String by, String event, String text, String rule) {
        audits.add(it.number(), it.applicationNo(), step, by, "APPROVE", amountMinor, null, null, null);
        approve(it, amountMinor);
        deadlines.close(it.number(), null);
        timeline.add(it.number(), by, event, text, rule);
    }

    private void approve(Case it, long amountMinor) {
        audits.approve(it.number(), amountMinor);
        if (it.kind().paysAtApproval()) {
            payables.fix(it.number(), payables.approved(it.number()));
        }
    }
}
