package io.aftersale.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of cases. It writes what it is given and decides nothing. */
@Repository
class Cases {
    private static final String COLUMNS = """
            number, merchant_id, kind, converted_to, order_id, buyer_id, currency, status, outcome, reason, basis,
            description, include_shipping, pay_to_method, card_token, requested_minor, refundable_minor, shipping_minor,
            paid_minor, application_no, disputed_at, applied_at, closed_at
            """;

    private final JdbcClient jdbc;
    private final Followers followers;

    Cases(JdbcClient jdbc, Followers followers) {
        this.jdbc = jdbc;
        this.followers = followers;
    }

    long nextNumber() {
        return jdbc.sql("select nextval('case_number_seq')").query(Long.class).single();
    }

    void insert(Case it) {
        jdbc.sql("insert into after_sale_case (" + COLUMNS + """
                        ) values (:number, :merchantId, :kind, null, :orderId, :buyerId, :currency, :status, null, :reason,
                        :basis, :description, :includeShipping, :payToMethod, :cardToken, :requestedMinor,
                        :refundableMinor, :shippingMinor, 0, :applicationNo, null, :appliedAt, null)
                        """)
                .param("number", it.number())
                .param("merchantId", it.merchantId())
                .param("kind", it.kind().name())
                .param("orderId", it.orderId())
                .param("buyerId", it.buyerId())
                .param("currency", it.currency())
                .param("status", it.status())
                .param("reason", it.reason().name())
                .param("basis", it.basis().name())
                .param("description", it.description())
                .param("includeShipping", it.includeShipping())
                .param("payToMethod", it.payToMethod())
                .param("cardToken", it.cardToken())
                .param("requestedMinor", it.requestedMinor())
                .param("refundableMinor", it.refundableMinor())
                .param("shippingMinor", it.shippingMinor())
                .param("applicationNo", it.applicationNo())
                .param("appliedAt", Times.column(it.appliedAt()))
                .update();
        followers.touched(it.number());
    }

    /** Replaces what was applied for by an amendment. */
    void amend(Case it) {
        jdbc.sql("""
                        update after_sale_case
                        set reason = :reason, basis = :basis, description = :description,
                            include_shipping = :includeShipping, pay_to_method = :payToMethod, card_token = :cardToken,
                            requested_minor = :requestedMinor, refundable_minor = :refundableMinor,
                            shipping_minor = :shippingMinor, application_no = :applicationNo
                        where number = :number
                        """)
                .param("reason", it.reason().name())
                .param("basis", it.basis().name())
                .param("description", it.description())
                .param("includeShipping", it.includeShipping())
                .param("payToMethod", it.payToMethod())
                .param("cardToken", it.cardToken())
                .param("requestedMinor", it.requestedMinor())
                .param("refundableMinor", it.refundableMinor())
                .param("shippingMinor", it.shippingMinor())
                .param("applicationNo", it.applicationNo())
                .param("number", it.number())
                .update();
        followers.touched(it.number());
    }

    Optional<Case> find(String number) {
        return jdbc.sql("select " + COLUMNS + " from after_sale_case where number = :number")
                .param("number", number)
                .query(Cases::read)
                .optional();
    }

    Optional<Case> find(String merchantId, String number) {
        return find(number).filter(it -> it.merchantId().equals(merchantId));
    }

    /** Like {@link #find(String)}, and keeps others from changing the case until the transaction ends. */
    Case lock(String number) {
        return jdbc.sql("select " + COLUMNS + " from after_sale_case where number = :number for update")
                .param("number", number)
                .query(Cases::read)
                .single();
    }

    boolean exists(String number) {
        return jdbc.sql("select count(*) from after_sale_case where number = :number")
                        .param("number", number)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** What a list may be narrowed to; null means any. {@code before} is the last number of the page before. */
    record Filter(String orderId, String buyerId, String status, String kind, String before) {}

    /** Newest first. */
    List<Case> list(String merchantId, Filter filter, int limit) {
        var sql = new StringBuilder("select " + COLUMNS + " from after_sale_case where merchant_id = :merchantId");
        narrow(sql, "order_id = :orderId", filter.orderId());
        narrow(sql, "buyer_id = :buyerId", filter.buyerId());
        narrow(sql, "status = :status", filter.status());
        narrow(sql, "kind = :kind", filter.kind());
        narrow(sql, "number < :before", filter.before());
        return jdbc.sql(sql.append(" order by number desc limit :limit").toString())
                .param("merchantId", merchantId)
                .param("orderId", filter.orderId())
                .param("buyerId", filter.buyerId())
                .param("status", filter.status())
                .param("kind", filter.kind())
                .param("before", filter.before())
                .param("limit", limit)
                .query(Cases::read)
                .list();
    }

    private static void narrow(StringBuilder sql, String condition, String value) {
        if (value != null) {
            sql.append(" and ").append(condition);
        }
    }

    int countOfBuyerSince(String merchantId, String buyerId, Instant since) {
        return jdbc.sql("""
                        select count(*) from after_sale_case
                        where merchant_id = :merchantId and buyer_id = :buyerId and applied_at > :since
                        """)
                .param("merchantId", merchantId)
                .param("buyerId", buyerId)
                .param("since", Times.column(since))
                .query(Integer.class)
                .single();
    }

    void enter(String number, String status, String outcome) {
        jdbc.sql(
                        "update after_sale_case set status = :status, outcome = coalesce(:outcome, outcome) where number = :number")
                .param("status", status)
                .param("outcome", outcome)
                .param("number", number)
                .update();
        followers.touched(number);
    }

    void close(String number, Instant at) {
        jdbc.sql("update after_sale_case set closed_at = :at where number = :number and closed_at is null")
                .param("at", Times.column(at))
                .param("number", number)
                .update();
        followers.touched(number);
    }

    /** @return false when it had become this before */
    boolean convert(String number, Conversion to) {
        return jdbc.sql("""
                                update after_sale_case set converted_to = :to
                                where number = :number and (converted_to is null or converted_to <> :to)
                                """).param("to", to.name()).param("number", number).update() == 1;
    }

    void dispute(String number, Instant at) {
        jdbc.sql("update after_sale_case set disputed_at = :at where number = :number")
                .param("at", Times.column(at))
                .param("number", number)
                .update();
    }

    void addPaid(String number, long amountMinor) {
        jdbc.sql("update after_sale_case set paid_minor = paid_minor + :amount where number = :number")
                .param("amount", amountMinor)
                .param("number", number)
                .update();
        followers.touched(number);
    }

    private static Case read(ResultSet row, int n) throws SQLException {
        return new Case(
                row.getString("number"),
                row.getString("merchant_id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("converted_to"),
                row.getString("order_id"),
                row.getString("buyer_id"),
                row.getString("currency"),
                row.getString("status"),
                row.getString("outcome"),
                Reason.valueOf(row.getString("reason")),
                Basis.valueOf(row.getString("basis")),
                row.getString("description"),
                row.getBoolean("include_shipping"),
                row.getString("pay_to_method"),
                row.getString("card_token"),
                row.getLong("requested_minor"),
                row.getLong("refundable_minor"),
                row.getLong("shipping_minor"),
                row.getLong("paid_minor"),
                row.getInt("application_no"),
                Times.instant(row, "disputed_at"),
                Times.instant(row, "applied_at"),
                Times.instant(row, "closed_at"));
    }
}
