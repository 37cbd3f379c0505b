package io.aftersale.feedback;

import io.aftersale.cases.Followers;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What buyers are invited to say, once for each closed case and each low review. An invitation is an offer that the shop
 * may show or not; it starts nothing by itself and is never a complaint that the buyer has not made.
 */
@Repository
public class Invitations {
    private static final int MOST = 100;
    private static final String COLUMNS = """
            select subject, reason, merchant_id, buyer_id, order_id, offered_at, satisfaction, answered_at,
                   feedback_number
            from invitation
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Followers followers;

    Invitations(JdbcClient jdbc, Clock clock, Followers followers) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.followers = followers;
    }

    /**
     * Offers the buyer of a low review to say in private what went wrong. Asked twice it offers once.
     *
     * @param reviewNumber the review that was published with two stars or fewer
     */
    public void offerRecovery(String reviewNumber, String merchantId, String buyerId, String orderId) {
        offer(reviewNumber, Invitation.LOW_REVIEW, merchantId, buyerId, orderId);
    }

    void offer(String subject, String reason, String merchantId, String buyerId, String orderId) {
        jdbc.sql("""
                        insert into invitation (subject, reason, merchant_id, buyer_id, order_id, offered_at)
                        select cast(:subject as varchar(20)), cast(:reason as varchar(20)),
                               cast(:merchantId as varchar(64)), cast(:buyerId as varchar(64)),
                               cast(:orderId as varchar(64)), cast(:now as timestamp with time zone)
                        where not exists (select 1 from invitation where subject = :subject)
                        """)
                .param("subject", subject)
                .param("reason", reason)
                .param("merchantId", merchantId)
                .param("buyerId", buyerId)
                .param("orderId", orderId)
                .param("now", Times.column(clock.instant()))
                .update();
    }

    Optional<Invitation> find(String subject) {
        return jdbc.sql(COLUMNS + " where subject = :subject")
                .param("subject", subject)
                .query(Invitations::read)
                .optional();
    }

    /** The low review whose offer a feedback took up, if it came of one. */
    Optional<String> reviewOf(String feedbackNumber) {
        return jdbc.sql("select subject from invitation where feedback_number = :feedback and reason = 'LOW_REVIEW'")
                .param("feedback", feedbackNumber)
                .query(String.class)
                .optional();
    }

    /** Those of a merchant that nobody has taken up, newest first; null matches all. */
    List<Invitation> open(String merchantId, String orderId, String buyerId) {
        return jdbc.sql(COLUMNS + """
                         where merchant_id = :merchantId and answered_at is null
                          and order_id = coalesce(cast(:orderId as varchar(64)), order_id)
                          and buyer_id = coalesce(cast(:buyerId as varchar(64)), buyer_id)
                        order by offered_at desc, subject desc limit :most
                        """)
                .param("merchantId", merchantId)
                .param("orderId", orderId)
                .param("buyerId", buyerId)
                .param("most", MOST)
                .query(Invitations::read)
                .list();
    }

    /** @throws Problem INVITATION_NOT_FOUND, ALREADY_RATED when it was taken up before */
    Invitation requireOpen(String subject, String merchantId, String buyerId) {
        Invitation it = find(subject)
                .filter(found ->
                        found.merchantId().equals(merchantId) && found.buyerId().equals(buyerId))
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVITATION_NOT_FOUND, "Nothing was offered for '" + subject + "' to this buyer."));
        if (it.answeredAt() != null) {
            throw taken(subject);
        }
        return it;
    }

    /**
     * Takes up an offer.
     *
     * @param satisfaction 1 to 5, or null where none was asked for
     * @param feedbackNumber the feedback that came of it, or null
     * @throws Problem ALREADY_RATED when it was taken up before
     */
    void takeUp(String subject, Integer satisfaction, String feedbackNumber) {
        int taken = jdbc.sql("""
                        update invitation
                        set satisfaction = :satisfaction, feedback_number = :feedback, answered_at = :now
                        where subject = :subject and answered_at is null
                        """)
                .param("satisfaction", satisfaction)
                .param("feedback", feedbackNumber)
                .param("now", Times.column(clock.instant()))
                .param("subject", subject)
                .update();
        if (taken == 0) {
            throw taken(subject);
        }
        followers.touched(subject);
    }

    private static Problem taken(String subject) {
        return new Problem(ProblemCode.ALREADY_RATED, "The buyer has answered the invitation for " + subject + ".");
    }

    private static Invitation read(ResultSet row, int n) throws SQLException {
        return new Invitation(
                row.getString("subject"),
                row.getString("reason"),
                row.getString("merchant_id"),
                row.getString("buyer_id"),
                row.getString("order_id"),
                Times.instant(row, "offered_at"),
                row.getObject("satisfaction", Integer.class),
                Times.instant(row, "answered_at"),
                row.getString("feedback_number"));
    }
}
