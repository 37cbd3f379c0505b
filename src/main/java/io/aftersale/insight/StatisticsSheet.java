package io.aftersale.insight;

import io.aftersale.insight.Figures.Money;
import io.aftersale.insight.Figures.Spread;
import io.aftersale.insight.Figures.Taken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The same figures for a spreadsheet: one row for each group and currency. What a spreadsheet would take for a formula
 * is written as a text, with an apostrophe in front.
 */
final class StatisticsSheet {
    private static final List<String> COLUMNS = List.of(
            "kind,day,sku,merchant,reason,applied,approved,rejected,closed,open,approvalShare,rejectionShare",
            "auditMedianSeconds,auditP90Seconds,auditP99Seconds,goodsMedianSeconds,goodsP90Seconds,goodsP99Seconds",
            "moneyMedianSeconds,moneyP90Seconds,moneyP99Seconds,deadlinesKept,deadlinesMissed",
            "satisfactionCount,satisfactionMean,satisfactionVariance,feedbackCount,feedbackSatisfactionMean",
            "feedbackSatisfactionVariance,ratingCount,ratingMean,ratingVariance,outcomes,rules,currency",
            "requestedCount,requestedMinor,requestedMean,requestedVariance",
            "approvedCount,approvedMinor,approvedMean,approvedVariance,paidCount,paidMinor,paidMean,paidVariance",
            "chargedCount,chargedMinor,chargedMean,chargedVariance");

    /** How a formula begins, in half and in full width. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private StatisticsSheet() {}

    static String of(Statistics statistics) {
        var text = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        var groups = statistics.by().isEmpty()
                ? List.of(new Statistics.Group(null, null, null, null, null, statistics.total()))
                : statistics.items();
        for (Statistics.Group group : groups) {
            List<Money> amounts = group.figures().amounts().isEmpty()
                    ? List.of(new Money(null, null, null, null, null))
                    : group.figures().amounts();
            amounts.forEach(money -> text.append(row(group, money).stream()
                            .map(StatisticsSheet::cell)
                            .collect(Collectors.joining(",")))
                    .append("\r\n"));
        }
        return text.toString();
    }

    private static List<Object> row(Statistics.Group group, Money money) {
        var it = group.figures();
        var row = new ArrayList<Object>(Arrays.asList(
                group.kind(),
                group.day(),
                group.sku(),
                group.merchant(),
                group.reason(),
                it.applied(),
                it.approved(),
                it.rejected(),
                it.closed(),
                it.open(),
                it.approvalShare() == null ? null : it.approvalShare().value(),
                it.rejectionShare() == null ? null : it.rejectionShare().value()));
        for (Taken taken :
                Arrays.asList(it.times().audit(), it.times().goods(), it.times().money())) {
            row.add(taken == null ? null : taken.medianSeconds());
            row.add(taken == null ? null : taken.p90Seconds());
            row.add(taken == null ? null : taken.p99Seconds());
        }
        row.add(it.deadlines().kept());
        row.add(it.deadlines().missed());
        row.add(it.satisfaction() == null ? null : it.satisfaction().count());
        row.addAll(meanAndVariance(it.satisfaction()));
        row.add(it.feedback() == null ? null : it.feedback().count());
        row.addAll(meanAndVariance(it.feedback() == null ? null : it.feedback().satisfaction()));
        row.add(it.rating() == null ? null : it.rating().count());
        row.add(it.rating() == null ? null : it.rating().mean());
        row.add(it.rating() == null ? null : it.rating().variance());
        row.add(it.outcomes().entrySet().stream()
                .map(outcome -> outcome.getKey() + "=" + outcome.getValue())
                .collect(Collectors.joining(" ")));
        row.add(it.rules().stream()
                .map(hit ->
                        hit.table() + ":" + hit.version() + ":" + Objects.toString(hit.rule(), "") + "=" + hit.hits())
                .collect(Collectors.joining(" ")));
        row.add(money.currency());
        for (Spread spread : Arrays.asList(money.requested(), money.approved(), money.paid(), money.charged())) {
            row.add(spread == null ? null : spread.count());
            row.add(spread == null ? null : spread.sum());
            row.add(spread == null ? null : spread.mean());
            row.add(spread == null ? null : spread.variance());
        }
        return row;
    }

    private static List<Object> meanAndVariance(Spread spread) {
        return spread == null ? Arrays.asList(null, null) : List.of(spread.mean(), spread.variance());
    }

    private static String cell(Object value) {
        String text = Objects.toString(value, "");
        if (value instanceof String && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> ",;\"\r\n".indexOf(c) >= 0) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
