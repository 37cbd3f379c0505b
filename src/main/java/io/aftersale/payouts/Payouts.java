package io.aftersale.payouts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The store of payouts and their attempts. Every change is fenced: by the hold under which it was obtained, or by the
 * state it may leave. What is settled or cancelled never changes its state again. It opens no transaction and decides
 * nothing; a method that returns a boolean says whether its row was changed.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Payouts {
    private static final String SELECT = """
            select p.id, p.case_number, p.merchant_id, p.order_id, p.tender_id, p.tender_method, p.method, p.card_token,
                   p.amount_minor, p.currency, p.status, p.decline_reason, p.contradiction, p.provider_ref,
                   p.outside_reference, p.finance_decision, p.stopped_at, p.checks, p.fence, p.wait_stage, p.wait_until,
                   case when p.leased_until > current_timestamp then 1 else 0 end as held,
                   (select count(*) from payout_attempt a where a.payout_id = p.id) as attempts
            from payout p
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Payouts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The right to talk with the provider about a payout for a while, given to one at a time.
     *
     * @param isInDoubt some send may have been booked: ask before sending again
     */
    record Hold(Payout payout, long fence, boolean isInDoubt) {}

    /** A try to send, as finance sees it; {@code outcome} is null while nothing is known. */
    record Attempt(int attemptNo, Instant startedAt, Instant endedAt, String outcome, String detail) {}

    void insert(Payout payout, int portionNo) {
        jdbc.sql("""
                        insert into payout (id, case_number, merchant_id, order_id, portion_no, tender_id, tender_method,
                               method, card_token, amount_minor, currency, status, reserved_at)
                        values (:id, :caseNumber, :merchantId, :orderId, :portionNo, :tenderId, :tenderMethod, :method,
                               :cardToken, :amountMinor, :currency, 'RESERVED', :now)
                        """)
                .param("id", payout.id())
                .param("caseNumber", payout.caseNumber())
                .param("merchantId", payout.merchantId())
                .param("orderId", payout.orderId())
                .param("portionNo", portionNo)
                .param("tenderId", payout.tenderId())
                .param("tenderMethod", payout.tenderMethod())
                .param("method", payout.method())
                .param("cardToken", payout.cardToken())
                .param("amountMinor", payout.amountMinor())
                .param("currency", payout.currency())
                .param("now", now())
                .update();
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    Optional<Payout> find(String id) {
        return jdbc.sql(SELECT + " where p.id = :id")
                .param("id", id)
                .query(Payouts::read)
                .optional();
    }

    /** Like {@link #find}, and nobody changes it until the transaction ends. */
    Optional<Payout> lock(String id) {
        jdbc.sql("select id from payout where id = :id for update")
                .param("id", id)
                .query(String.class)
                .optional();
        return find(id);
    }

    /** The payouts of a case, in the order in which money goes back. */
    @Transactional(propagation = Propagation.SUPPORTS)
    List<Payout> of(String caseNumber) {
        return jdbc.sql(SELECT + " where p.case_number = :caseNumber order by p.portion_no")
                .param("caseNumber", caseNumber)
                .query(Payouts::read)
                .list();
    }

    /** Those without an end, oldest first; of these merchants, or of all. */
    @Transactional(propagation = Propagation.SUPPORTS)
    List<Payout> open(boolean ofAll, Set<String> merchants, int most) {
        return jdbc.sql(SELECT + """
                         where p.status not in ('SETTLED', 'CANCELLED')
                           and (cast(:ofAll as boolean) or p.merchant_id in (:merchants))
                        order by p.reserved_at, p.id limit :most
                        """)
                .param("ofAll", ofAll)
                .param("merchants", merchants.isEmpty() ? Set.of("") : merchants)
                .param("most", most)
                .query(Payouts::read)
                .list();
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    List<Attempt> attemptsOf(String id) {
        return jdbc.sql("""
                        select attempt_no, started_at, ended_at, outcome, detail from payout_attempt
                        where payout_id = :id order by attempt_no
                        """)
                .param("id", id)
                .query((row, n) -> new Attempt(
                        row.getInt("attempt_no"),
                        instant(row, "started_at"),
                        instant(row, "ended_at"),
                        row.getString("outcome"),
                        row.getString("detail")))
                .list();
    }

    /** Takes hold of a payout that is not final, unless somebody else holds it; the database's clock decides. */
    Optional<Hold> hold(String id, Duration lease) {
        int held = jdbc.sql("""
                        update payout
                        set fence = fence + 1,
                            leased_until = current_timestamp + cast(:seconds as int) * interval '1' second
                        where id = :id and status not in ('SETTLED', 'CANCELLED')
                          and (leased_until is null or leased_until <= current_timestamp)
                        """)
                .param("seconds", lease.toSeconds())
                .param("id", id)
                .update();
        return held == 0
                ? Optional.empty()
                : find(id).map(payout -> new Hold(payout, payout.fence(), isInDoubt(payout.id())));
    }

    void release(Hold hold) {
        fenced(hold, "leased_until = null");
    }

    private boolean isInDoubt(String id) {
        return jdbc.sql("""
                                select count(*) from payout_attempt
                                where payout_id = :id and (outcome is null or outcome not in ('DECLINED', 'NOT_BOOKED'))
                                """).param("id", id).query(Long.class).single() > 0;
    }

    /**
     * Writes down that a send begins.
     *
     * @return false when the hold was lost; nothing may be sent then
     */
    boolean startAttempt(Hold hold) {
        if (!fenced(hold, "status = 'SENDING', sending_at = :now, decline_reason = null, contradiction = null")) {
            return false;
        }
        // Whoever begins anew has asked before: what was open until now was not booked.
        close(hold.payout().id(), "NOT_BOOKED", null);
        jdbc.sql("""
                        insert into payout_attempt (payout_id, attempt_no, started_at)
                        select :id, coalesce(max(attempt_no), 0) + 1, :now from payout_attempt where payout_id = :id
                        """).param("id", hold.payout().id()).param("now", now()).update();
        return true;
    }

    /** Paid, whoever says so first. */
    boolean settle(String id, String providerRef) {
        boolean isFirst = jdbc.sql("""
                                update payout
                                set status = 'SETTLED', settled_at = :now, provider_ref = :providerRef,
                                    contradiction = null, leased_until = null, wait_stage = null, wait_until = null
                                where id = :id and status not in ('SETTLED', 'CANCELLED')
                                """)
                        .param("now", now())
                        .param("providerRef", providerRef)
                        .param("id", id)
                        .update()
                == 1;
        if (isFirst) {
            close(id, "SETTLED", null);
        }
        return isFirst;
    }

    boolean pending(Hold hold, String providerRef) {
        return result(hold, PayoutStatus.PENDING, "pending_at", new Said("PENDING", providerRef, null, null, null));
    }

    boolean fail(Hold hold, String reason) {
        return result(hold, PayoutStatus.FAILED, "failed_at", new Said("DECLINED", null, reason, null, reason));
    }

    /** Nothing is booked: it stands where it stood before it was sent. */
    boolean notBooked(Hold hold) {
        return result(hold, PayoutStatus.RESERVED, "unknown_at", new Said("NOT_BOOKED", null, null, null, null));
    }

    boolean unknown(Hold hold, String why) {
        return result(hold, PayoutStatus.UNKNOWN, "unknown_at", new Said("UNKNOWN", null, null, null, why));
    }

    boolean contradict(Hold hold, String what) {
        return result(hold, PayoutStatus.UNKNOWN, "unknown_at", new Said("CONTRADICTED", null, null, what, what));
    }

    /** The provider will never book it any more. */
    boolean stopped(Hold hold) {
        boolean isMine = fenced(hold, "stopped_at = :now, leased_until = null");
        if (isMine) {
            close(hold.payout().id(), "NOT_BOOKED", "stopped");
        }
        return isMine;
    }

    /** What is remembered of an answer: the attempt's outcome and detail, and what goes with the payout. */
    private record Said(
            String outcome, String providerRef, String declineReason, String contradiction, String detail) {}

    private boolean result(Hold hold, PayoutStatus status, String timeColumn, Said said) {
        boolean isMine = jdbc.sql("update payout set status = :status, " + timeColumn + " = :now, " + """
                                    provider_ref = coalesce(:providerRef, provider_ref),
                                    decline_reason = :declineReason, contradiction = :contradiction,
                                    leased_until = null
                                where id = :id and fence = :fence and status not in ('SETTLED', 'CANCELLED')
                                """)
                        .param("status", status.name())
                        .param("now", now())
                        .param("providerRef", said.providerRef())
                        .param("declineReason", said.declineReason())
                        .param("contradiction", said.contradiction())
                        .param("id", hold.payout().id())
                        .param("fence", hold.fence())
                        .update()
                == 1;
        if (isMine) {
            close(hold.payout().id(), said.outcome(), said.detail());
        }
        return isMine;
    }

    /** Gives every send whose outcome was open the one that is known now. */
    private void close(String id, String outcome, String detail) {
        jdbc.sql("""
                        update payout_attempt
                        set outcome = :outcome, ended_at = coalesce(ended_at, :now), detail = coalesce(:detail, detail)
                        where payout_id = :id
                          and (outcome is null or outcome not in ('SETTLED', 'DECLINED', 'NOT_BOOKED'))
                        """)
                .param("outcome", outcome)
                .param("now", now())
                .param("detail", detail)
                .param("id", id)
                .update();
    }

    private boolean fenced(Hold hold, String change) {
        return jdbc.sql("update payout set " + change
                                + " where id = :id and fence = :fence and status not in ('SETTLED', 'CANCELLED')")
                        .param("now", now())
                        .param("id", hold.payout().id())
                        .param("fence", hold.fence())
                        .update()
                == 1;
    }

    /** It begins to wait under a deadline. */
    void startWait(String id, String stage, Instant until) {
        jdbc.sql("update payout set wait_stage = :stage, wait_until = :until where id = :id")
                .param("stage", stage)
                .param("until", column(until))
                .param("id", id)
                .update();
    }

    /** Once more the outcome was not there. */
    void countCheck(String id) {
        jdbc.sql("update payout set checks = checks + 1 where id = :id")
                .param("id", id)
                .update();
    }

    /** Finance wants it tried again: what was said before counts no more, what may be booked still does. */
    boolean retry(String id, String who) {
        return jdbc.sql("""
                                update payout
                                set finance_decision = 'RETRY', finance_by = :who, checks = 0, contradiction = null,
                                    decline_reason = null, wait_stage = null, wait_until = null,
                                    status = case when status = 'FAILED' then 'RESERVED' else status end
                                where id = :id and status not in ('SETTLED', 'CANCELLED')
                                """).param("who", who).param("id", id).update() == 1;
    }

    /** Finance wants it closed; {@code reference} only where it was paid outside. */
    boolean decide(String id, String decision, String reference, String who) {
        return jdbc.sql("""
                                update payout
                                set finance_decision = :decision, finance_by = :who, outside_reference = :reference,
                                    stopped_at = null
                                where id = :id and status not in ('SETTLED', 'CANCELLED')
                                """)
                        .param("decision", decision)
                        .param("who", who)
                        .param("reference", reference)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Paid outside, on the word of finance. */
    boolean settleOutside(String id) {
        return jdbc.sql("""
                                update payout
                                set status = 'SETTLED', settled_at = :now, contradiction = null, wait_stage = null,
                                    wait_until = null
                                where id = :id and status not in ('SETTLED', 'CANCELLED')
                                  and finance_decision = 'PAID_OUTSIDE' and outside_reference is not null
                                """).param("now", now()).param("id", id).update() == 1;
    }

    /** Given up; only where finance says so and nothing can be booked any more. */
    boolean cancel(String id) {
        return jdbc.sql("""
                                update payout
                                set status = 'CANCELLED', cancelled_at = :now, wait_stage = null, wait_until = null
                                where id = :id and status not in ('SETTLED', 'CANCELLED')
                                  and finance_decision = 'CANCEL'
                                  and (stopped_at is not null
                                       or not exists (select 1 from payout_attempt a where a.payout_id = payout.id
                                                      and (a.outcome is null
                                                           or a.outcome not in ('DECLINED', 'NOT_BOOKED'))))
                                """).param("now", now()).param("id", id).update() == 1;
    }

    /** The provider says paid where our record says otherwise: kept for people to see. */
    void noteContradiction(String id, String what, String providerRef) {
        jdbc.sql("""
                        update payout
                        set contradiction = :what, provider_ref = coalesce(:providerRef, provider_ref)
                        where id = :id
                        """)
                .param("what", what)
                .param("providerRef", providerRef)
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return column(clock.instant());
    }

    private static OffsetDateTime column(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Payout read(ResultSet row, int n) throws SQLException {
        return new Payout(
                row.getString("id"),
                row.getString("case_number"),
                row.getString("merchant_id"),
                row.getString("order_id"),
                row.getString("tender_id"),
                row.getString("tender_method"),
                row.getString("method"),
                row.getString("card_token"),
                row.getLong("amount_minor"),
                row.getString("currency"),
                PayoutStatus.valueOf(row.getString("status")),
                row.getString("decline_reason"),
                row.getString("contradiction"),
                row.getString("provider_ref"),
                row.getString("outside_reference"),
                row.getString("finance_decision"),
                instant(row, "stopped_at"),
                row.getInt("checks"),
                row.getLong("fence"),
                row.getString("wait_stage"),
                instant(row, "wait_until"),
                row.getInt("held") == 1,
                row.getInt("attempts"));
    }
}
