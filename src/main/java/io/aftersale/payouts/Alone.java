package io.aftersale.payouts;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commits a piece of record on its own, whatever becomes of the transaction around it: what went over the wire has
 * happened. A piece that lost a race for its rows left nothing behind and is written again.
 */
@Component
class Alone {
    private static final Logger LOG = LoggerFactory.getLogger(Alone.class);
    private static final int TRIES = 5;

    private final TransactionTemplate transaction;

    Alone(PlatformTransactionManager transactions) {
        transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** @param record only touches the database, since it may be done more than once */
    <T> T commit(Supplier<T> record) {
        for (int tryNo = 1; ; tryNo++) {
            try {
                return transaction.execute(status -> record.get());
            } catch (PessimisticLockingFailureException | DuplicateKeyException race) {
                if (tryNo == TRIES) {
                    throw race;
                }
                LOG.debug("Lost a race for rows, try {}: {}", tryNo, race.getMessage());
            }
        }
    }
}
