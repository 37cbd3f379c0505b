package io.aftersale.insight;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds up what has changed, a batch in a transaction: after a crash a change is either waiting or in the sums, never both
 * and never neither. At night everything is counted anew from the records and held against the sums; a difference is
 * told, not hidden.
 */
@Component
class Bookkeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);
    private static final int BATCH = 2_000;

    private final Changes changes;
    private final Sums sums;
    private final Facts facts;
    private final TransactionTemplate transaction;
    private final TransactionTemplate oneMoment;

    Bookkeeping(Changes changes, Sums sums, Facts facts, PlatformTransactionManager transactions) {
        this.changes = changes;
        this.sums = sums;
        this.facts = facts;
        this.transaction = new TransactionTemplate(transactions);
        this.oneMoment = oneMoment(transactions);
    }

    /** Everything that is read within it is as of one moment, on both databases. */
    static TransactionTemplate oneMoment(PlatformTransactionManager transactions) {
        var template = new TransactionTemplate(transactions);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        template.setReadOnly(true);
        return template;
    }

    /** Several nodes may do it at the same time; one waits for the other. */
    @Scheduled(fixedDelayString = "${aftersale.insight.fold-every:5s}")
    void keepUp() {
        for (String number : changes.uncounted(BATCH)) {
            transaction.executeWithoutResult(status -> changes.changed(number));
        }
        int folded = fold();
        while (folded == BATCH) {
            folded = fold();
        }
    }

    /** @return how many changes went into the sums */
    int fold() {
        Integer folded = transaction.execute(status -> {
            if (changes.waiting(1).isEmpty()) {
                return 0;
            }
            sums.hold();
            var batch = changes.waiting(BATCH);
            Map<SumKey, Tally> more = new HashMap<>();
            batch.forEach(change -> SumKey.of(change.fact())
                    .forEach(key ->
                            more.computeIfAbsent(key, none -> new Tally()).add(change.tally())));
            sums.add(more);
            changes.drop(batch);
            return batch.size();
        });
        return folded == null ? 0 : folded;
    }

    @Scheduled(cron = "0 10 4 * * *")
    void checkAtNight() {
        var differences = recount();
        if (differences.isEmpty()) {
            LOG.info("The figures agree with the records");
        } else {
            LOG.error(
                    "{} figures differ from the records, for example {}",
                    differences.size(),
                    differences.entrySet().iterator().next());
        }
    }

    /** Counts all records anew, at one moment; what the sums and waiting changes have too many, by where it stands. */
    Map<SumKey, Tally> recount() {
        var difference = new TreeMap<SumKey, Tally>();
        oneMoment.executeWithoutResult(status -> {
            sums.all((key, tally) ->
                    difference.computeIfAbsent(key, none -> new Tally()).add(tally));
            changes.waiting(Integer.MAX_VALUE)
                    .forEach(change -> SumKey.of(change.fact())
                            .forEach(key -> difference
                                    .computeIfAbsent(key, none -> new Tally())
                                    .add(change.tally())));
            var counted = new HashMap<SumKey, Tally>();
            facts.all(fact -> SumKey.of(fact)
                    .forEach(key ->
                            counted.computeIfAbsent(key, none -> new Tally()).add(fact)));
            counted.forEach((key, tally) ->
                    difference.computeIfAbsent(key, none -> new Tally()).subtract(tally));
        });
        difference.values().removeIf(Tally::isNothing);
        return difference;
    }
}
