package io.aftersale.insight;

import io.aftersale.insight.Question.Dimension;
import java.time.LocalDate;
import java.util.Comparator;

/** What a group is told apart by; empty or null where that was not asked. */
record GroupKey(String kind, LocalDate day, String sku, String merchant, String reason)
        implements Comparable<GroupKey> {
    private static final Comparator<GroupKey> ORDER = Comparator.comparing(
                    GroupKey::day, Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder()))
            .thenComparing(GroupKey::kind)
            .thenComparing(GroupKey::sku)
            .thenComparing(GroupKey::merchant)
            .thenComparing(GroupKey::reason);

    static GroupKey of(Question question, SumKey key) {
        return new GroupKey(
                question.asks(Dimension.KIND) ? key.kind() : "",
                question.asks(Dimension.DAY) ? key.startsOn() : null,
                question.asks(Dimension.SKU) ? key.sku() : "",
                question.asks(Dimension.MERCHANT) ? key.merchantId() : "",
                question.asks(Dimension.REASON) ? key.reason() : "");
    }

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }
}
