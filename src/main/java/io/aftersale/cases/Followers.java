package io.aftersale.cases;

import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Gathers which records a transaction has changed and tells the followers when it is about to commit, so that they see
 * it whole and belong to it: both happen or neither. Numbers come in their order, so that nobody locks them crosswise.
 */
@Component
public class Followers {
    private final ObjectProvider<RecordFollower> all;

    Followers(ObjectProvider<RecordFollower> all) {
        this.all = all;
    }

    /** Something of this record has changed. */
    public void touched(String number) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            all.forEach(follower -> follower.changed(number));
            return;
        }
        TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Round.class::isInstance)
                .map(Round.class::cast)
                .filter(round -> round.owner() == this)
                .findFirst()
                .orElseGet(this::begin)
                .numbers
                .add(number);
    }

    private Round begin() {
        var round = new Round();
        TransactionSynchronizationManager.registerSynchronization(round);
        return round;
    }

    /** What one transaction has touched. */
    private final class Round implements TransactionSynchronization {
        private final TreeSet<String> numbers = new TreeSet<>();

        private Followers owner() {
            return Followers.this;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            for (String number = numbers.pollFirst(); number != null; number = numbers.pollFirst()) {
                String changed = number;
                all.forEach(follower -> follower.changed(changed));
            }
        }
    }
}
