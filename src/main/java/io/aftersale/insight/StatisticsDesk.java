package io.aftersale.insight;

import io.aftersale.access.Caller;
import io.aftersale.insight.Figures.Sheet;
import io.aftersale.insight.Question.Dimension;
import io.aftersale.insight.SumKey.Span;
import io.aftersale.problems.Problem;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers questions from the sums and from the changes that are not in them yet, as of one moment. What it reads grows
 * with days, reasons and products, never with cases. Nobody gets figures of a merchant that they do not act for.
 */
@Service
class StatisticsDesk {
    static final int MOST_GROUPS = 2_000;

    private final Sums sums;
    private final Changes changes;
    private final RatingDays ratings;
    private final Clock clock;
    private final ZoneId zone;
    private final TransactionTemplate oneMoment;

    StatisticsDesk(
            Sums sums,
            Changes changes,
            RatingDays ratings,
            Clock clock,
            @Value("${aftersale.zone}") ZoneId zone,
            PlatformTransactionManager transactions) {
        this.sums = sums;
        this.changes = changes;
        this.ratings = ratings;
        this.clock = clock;
        this.zone = zone;
        this.oneMoment = Bookkeeping.oneMoment(transactions);
    }

    /**
     * @param merchantId one merchant, or null for all that the caller acts for
     * @throws Problem FIELD_INVALID, FOREIGN_MERCHANT
     */
    Statistics answer(Caller caller, String merchantId, String from, String to, String by) {
        var question = Question.of(from, to, by, today());
        Set<String> merchants = merchants(caller, merchantId);
        return merchants.isEmpty()
                ? view(question, merchants, new Sheet().figures(null), List.of())
                : oneMoment.execute(status -> answer(question, merchants));
    }

    LocalDate today() {
        return clock.instant().atZone(zone).toLocalDate();
    }

    static Set<String> merchants(Caller caller, String merchantId) {
        return merchantId == null || merchantId.isBlank()
                ? new TreeSet<>(caller.merchants())
                : Set.of(caller.merchant(merchantId));
    }

    private Statistics answer(Question question, Set<String> merchants) {
        var waiting = changes.waiting(merchants, question.from(), question.to());
        var everything = new Question(question.from(), question.to(), Set.of());
        var total = gather(everything, merchants, waiting)
                .getOrDefault(new GroupKey("", null, "", "", ""), new Sheet())
                .figures(ratings.of(merchants, everything).get(new GroupKey("", null, "", "", "")));
        if (question.by().isEmpty()) {
            return view(question, merchants, total, List.of());
        }
        var stars = ratings.of(merchants, question);
        var sheets = gather(question, merchants, waiting);
        stars.keySet().forEach(key -> sheets.computeIfAbsent(key, none -> new Sheet()));
        var items = sheets.entrySet().stream()
                .map(it -> group(it.getKey(), it.getValue().figures(stars.get(it.getKey()))))
                .toList();
        return view(question, merchants, total, items);
    }

    private Map<GroupKey, Sheet> gather(Question question, Set<String> merchants, List<Changes.Waiting> waiting) {
        var sheets = new TreeMap<GroupKey, Sheet>();
        for (Question.Range range : question.ranges()) {
            sums.read(
                    merchants,
                    question.shape(),
                    range.span(),
                    range.from(),
                    range.to(),
                    question.asks(Dimension.DAY),
                    (key, tally) -> add(sheets, question, key, tally));
        }
        boolean hidesRules = question.asks(Dimension.DAY);
        for (Changes.Waiting change : waiting) {
            if (hidesRules && change.fact().measure().startsWith(Measure.RULE)) {
                continue;
            }
            SumKey.of(change.fact()).stream()
                    .filter(key -> key.span() == Span.D && key.shape() == question.shape())
                    .forEach(key -> add(sheets, question, key, change.tally()));
        }
        return sheets;
    }

    private static void add(Map<GroupKey, Sheet> sheets, Question question, SumKey key, Tally tally) {
        sheets.computeIfAbsent(GroupKey.of(question, key), none -> new Sheet())
                .add(key.currency(), key.measure(), tally);
    }

    private static Statistics.Group group(GroupKey key, Figures figures) {
        return new Statistics.Group(
                or(key.kind()), key.day(), or(key.sku()), or(key.merchant()), or(key.reason()), figures);
    }

    private static String or(String text) {
        return text.isEmpty() ? null : text;
    }

    /** With more groups than a page can take, those with the fewest cases are left out, and said to be. */
    private static Statistics view(
            Question question, Set<String> merchants, Figures total, List<Statistics.Group> items) {
        var shown = items.size() <= MOST_GROUPS
                ? items
                : items.stream()
                        .sorted(Comparator.comparingLong(
                                        (Statistics.Group it) -> it.figures().applied())
                                .reversed())
                        .limit(MOST_GROUPS)
                        .toList();
        return new Statistics(
                question.from(),
                question.to(),
                question.by().stream().sorted().map(Dimension::word).toList(),
                merchants,
                Buckets.ERROR,
                total,
                shown,
                items.size() - shown.size());
    }
}
