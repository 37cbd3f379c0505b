package io.aftersale.cases;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes a call that is sent twice one call. A key is taken in a transaction of its own before the work
 * begins and bound to its answer in the very transaction that makes the case; a holder that died loses the key when its
 * lease is over, and can no longer commit.
 */
@Repository
class IdempotencyKeys {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final Clock clock;

    IdempotencyKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Either the right to do the work, as {@code holder}, or the answer that was given before. */
    record Taken(String merchantId, String key, String holder, Optional<String> answer) {}

    private record Row(String bodyHash, String holder, Instant leaseUntil, Instant createdAt, String answer) {}

    /** @throws Problem IDEMPOTENCY_KEY_REUSED for another body, REQUEST_STILL_RUNNING while its holder works */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Taken take(String merchantId, String key, String bodyHash) {
        String holder = UUID.randomUUID().toString();
        Instant now = clock.instant();
        var known = find(merchantId, key);
        if (known.isPresent() && known.get().createdAt().plus(KEPT).isBefore(now)) {
            delete(merchantId, key, known.get().holder());
            known = Optional.empty();
        }
        if (known.isEmpty()) {
            try {
                insert(merchantId, key, bodyHash, holder, now);
                return new Taken(merchantId, key, holder, Optional.empty());
            } catch (DuplicateKeyException other) {
                throw stillRunning();
            }
        }
        Row row = known.get();
        if (!row.bodyHash().equals(bodyHash)) {
            throw new Problem(ProblemCode.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used for another body.");
        }
        if (row.answer() != null) {
            return new Taken(merchantId, key, row.holder(), Optional.of(row.answer()));
        }
        if (row.leaseUntil().isAfter(now) || !takeOver(merchantId, key, row.holder(), holder, now)) {
            throw stillRunning();
        }
        return new Taken(merchantId, key, holder, Optional.empty());
    }

    /** Binds the key to its answer, in the transaction that makes the case. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void bind(Taken taken, String caseNumber, String answer) {
        int bound = jdbc.sql("""
                        update idempotency_key set case_number = :caseNumber, answer = :answer
                        where merchant_id = :merchantId and idem_key = :key and holder = :holder and answer is null
                        """)
                .param("caseNumber", caseNumber)
                .param("answer", answer)
                .param("merchantId", taken.merchantId())
                .param("key", taken.key())
                .param("holder", taken.holder())
                .update();
        if (bound == 0) {
            throw stillRunning();
        }
    }

    /** The work failed and left nothing: the key may be used again. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void drop(Taken taken) {
        delete(taken.merchantId(), taken.key(), taken.holder());
    }

    private Optional<Row> find(String merchantId, String key) {
        return jdbc.sql("""
                        select body_hash, holder, lease_until, created_at, answer from idempotency_key
                        where merchant_id = :merchantId and idem_key = :key
                        """)
                .param("merchantId", merchantId)
                .param("key", key)
                .query((row, n) -> new Row(
                        row.getString("body_hash"),
                        row.getString("holder"),
                        Times.instant(row, "lease_until"),
                        Times.instant(row, "created_at"),
                        row.getString("answer")))
                .optional();
    }

    private void insert(String merchantId, String key, String bodyHash, String holder, Instant now) {
        jdbc.sql("""
                        insert into idempotency_key (merchant_id, idem_key, body_hash, holder, lease_until, created_at)
                        values (:merchantId, :key, :bodyHash, :holder, :leaseUntil, :now)
                        """)
                .param("merchantId", merchantId)
                .param("key", key)
                .param("bodyHash", bodyHash)
                .param("holder", holder)
                .param("leaseUntil", Times.column(now.plus(LEASE)))
                .param("now", Times.column(now))
                .update();
    }

    private boolean takeOver(String merchantId, String key, String oldHolder, String holder, Instant now) {
        return jdbc.sql("""
                                update idempotency_key set holder = :holder, lease_until = :leaseUntil
                                where merchant_id = :merchantId and idem_key = :key and holder = :oldHolder
                                  and answer is null
                                """)
                        .param("holder", holder)
                        .param("leaseUntil", Times.column(now.plus(LEASE)))
                        .param("merchantId", merchantId)
                        .param("key", key)
                        .param("oldHolder", oldHolder)
                        .update()
                == 1;
    }

    private void delete(String merchantId, String key, String holder) {
        jdbc.sql("""
                        delete from idempotency_key
                        where merchant_id = :merchantId and idem_key = :key and holder = :holder
                        """)
                .param("merchantId", merchantId)
                .param("key", key)
                .param("holder", holder)
                .update();
    }

    private static Problem stillRunning() {
        return new Problem(
                ProblemCode.REQUEST_STILL_RUNNING, "A request with this Idempotency-Key is still being worked on.");
    }
}
