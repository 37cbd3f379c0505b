package io.aftersale.reviews;

import io.aftersale.cases.AfterCase;
import io.aftersale.cases.CaseFile;
import io.aftersale.cases.CaseFiles;
import io.aftersale.cases.Times;
import io.aftersale.orders.OrderBook;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the buyer of a closed case for a review of what it was about. What is to be asked is written down when the case
 * closes and asked in the background, each in a transaction of its own, so that no case waits for it. Who may not review
 * any more, or has been asked or has written before, is not asked.
 */
@Component
class ReviewInvitations implements AfterCase {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewInvitations.class);
    private static final Set<String> ENDS = Set.of("COMPLETED", "CLOSED");
    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final CaseFiles cases;
    private final OrderBook orders;
    private final AuthorDesk desk;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReviewInvitations(
            JdbcClient jdbc,
            CaseFiles cases,
            OrderBook orders,
            AuthorDesk desk,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.orders = orders;
        this.desk = desk;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Noted(String caseNumber, String merchantId, String orderId, String lineId) {}

    @Override
    public void closed(String caseNumber) {
        CaseFile file = cases.lock(caseNumber);
        if (!ENDS.contains(file.status())) {
            return;
        }
        for (String lineId : file.lineIds()) {
            jdbc.sql("""
                            insert into review_invitation (case_number, line_id, merchant_id, order_id, noted_at)
                            values (:caseNumber, :lineId, :merchantId, :orderId, :at)
                            """)
                    .param("caseNumber", caseNumber)
                    .param("lineId", lineId)
                    .param("merchantId", file.merchantId())
                    .param("orderId", file.orderId())
                    .param("at", Times.column(clock.instant()))
                    .update();
        }
    }

    /** Asks what is to be asked. Every node may do it at the same time: whoever deletes the row asks. */
    @Scheduled(
            initialDelayString = "${aftersale.reviews.invite-every:PT1M}",
            fixedDelayString = "${aftersale.reviews.invite-every:PT1M}")
    void inviteAll() {
        for (Noted noted : noted()) {
            try {
                transaction.executeWithoutResult(status -> invite(noted));
            } catch (RuntimeException failed) {
                LOG.warn("The buyer of case {} could not be asked for a review yet", noted.caseNumber(), failed);
            }
        }
    }

    private void invite(Noted noted) {
        int taken = jdbc.sql("delete from review_invitation where case_number = :caseNumber and line_id = :lineId")
                .param("caseNumber", noted.caseNumber())
                .param("lineId", noted.lineId())
                .update();
        if (taken == 1) {
            desk.inviteIfPossible(orders.lock(noted.merchantId(), noted.orderId()), noted.lineId());
        }
    }

    private List<Noted> noted() {
        return jdbc.sql("""
                        select case_number, merchant_id, order_id, line_id from review_invitation
                        order by noted_at limit :most
                        """)
                .param("most", MOST)
                .query((row, n) -> new Noted(
                        row.getString("case_number"),
                        row.getString("merchant_id"),
                        row.getString("order_id"),
                        row.getString("line_id")))
                .list();
    }
}
