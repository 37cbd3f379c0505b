package io.aftersale.cases;

import io.aftersale.engine.TaskAnswer;
import io.aftersale.engine.TaskAnswers;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Takes what an arbitrator answers to {@code Task_ArbitrateDispute}: uphold or overturn, and who bears the loss, in per
 * cent that sum to 100. Never from who audited or confirmed on this case.
 */
@Component
class DisputeAnswers implements TaskAnswers {
    /** Who arbitrated before audited nothing: a case may be disputed again when its goods were inspected. */
    private static final Set<String> AUDITED = Set.of("AUDIT", "CONFIRM");

    private static final List<String> PARTIES = List.of("buyer", "seller", "platform", "carrier");
    private static final Set<String> FIELDS = Set.of(
            "decision",
            "liability",
            "liabilityBuyer",
            "liabilitySeller",
            "liabilityPlatform",
            "liabilityCarrier",
            "remark");

    private final Cases cases;
    private final Audits audits;
    private final Timeline timeline;

    DisputeAnswers(Cases cases, Audits audits, Timeline timeline) {
        this.cases = cases;
        this.audits = audits;
        this.timeline = timeline;
    }

    @Override
    public String task() {
        return "Task_ArbitrateDispute";
    }

    @Override
    public Map<String, Object> take(TaskAnswer given) {
        var answer = new Answer(given, FIELDS);
        Case it = cases.lock(given.businessKey());
        if (audits.of(it.number()).stream()
                .anyMatch(made -> AUDITED.contains(made.step()) && made.by().equals(given.assignee()))) {
            throw new Problem(
                    ProblemCode.SAME_PERSON,
                    "You took part in the audit of this case, so somebody else must arbitrate.");
        }
        String decision = answer.oneOf("decision", "UPHOLD", "OVERTURN");
        String liability = liability(given, answer);
        String remark = answer.remark();
        audits.add(
                it.number(),
                it.applicationNo(),
                "ARBITRATE",
                given.assignee(),
                decision,
                null,
                null,
                liability,
                remark);
        timeline.add(it.number(), given.assignee(), "dispute-arbitrated", BuyerWords.arbitrated(liability), remark);
        return Map.of("decision", decision);
    }

    /** The split as "buyer/seller/platform/carrier". */
    private static String liability(TaskAnswer given, Answer answer) {
        var shares = answer.text("liability").isPresent() ? nested(given, answer) : answer;
        String prefix = answer.text("liability").isPresent() ? "" : "liability";
        List<Long> parts = PARTIES.stream()
                .map(party -> shares.wholeNumber(prefix.isEmpty() ? party : prefix + capitalised(party))
                        .orElse(0L))
                .toList();
        if (parts.stream().anyMatch(part -> part < 0 || part > 100)
                || parts.stream().mapToLong(Long::longValue).sum() != 100) {
            throw Problem.invalid(
                    "liability", "must be whole per cent of buyer, seller, platform and carrier that sum to 100");
        }
        return parts.stream().map(String::valueOf).collect(Collectors.joining("/"));
    }

    private static Answer nested(TaskAnswer given, Answer answer) {
        if (!(answer.raw("liability") instanceof Map<?, ?> split)) {
            throw Problem.invalid("liability", "must be JSON with buyer, seller, platform and carrier");
        }
        var fields = new HashMap<String, Object>();
        split.forEach((party, share) -> fields.put(String.valueOf(party), share));
        return new Answer(
                new TaskAnswer(
                        given.task(),
                        given.taskId(),
                        given.assignee(),
                        given.businessKey(),
                        given.merchantId(),
                        fields,
                        Map.of()),
                Set.copyOf(PARTIES));
    }

    private static String capitalised(String party) {
        return Character.toUpperCase(party.charAt(0)) + party.substring(1);
    }
}
