package io.aftersale.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The store of orders, their lines and tenders. It writes what it is given; {@link OrderBook} decides. */
@Repository
class Orders {
    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Order> find(String merchantId, String orderId) {
        return read(merchantId, orderId, "");
    }

    /** Like {@link #find}, and keeps others from changing the order or its ledger until the transaction ends. */
    Optional<Order> lock(String merchantId, String orderId) {
        return read(merchantId, orderId, " for update");
    }

    private Optional<Order> read(String merchantId, String orderId, String lock) {
        var lines = jdbc.sql("""
                        select line_id, sku, title, category, goods_class, no_reason_excluded, quantity, paid_minor,
                               warranty_months, replaces_for, delivered_at
                        from order_line where merchant_id = :merchantId and order_id = :orderId order by position
                        """).param("merchantId", merchantId).param("orderId", orderId);
        var tenders = jdbc.sql("""
                        select tender_id, method, amount_minor
                        from tender
                        where merchant_id = :merchantId and order_id = :orderId and paid_for is null order by position
                        """).param("merchantId", merchantId).param("orderId", orderId);
        return jdbc.sql("""
                        select merchant_id, order_id, buyer_id, currency, placed_at, paid_at, shipped_at, delivered_at,
                               installed_at, shipping_paid_minor
                        from shop_order where merchant_id = :merchantId and order_id = :orderId
                        """ + lock)
                .param("merchantId", merchantId)
                .param("orderId", orderId)
                .query((row, n) -> new Order(
                        row.getString("merchant_id"),
                        row.getString("order_id"),
                        row.getString("buyer_id"),
                        row.getString("currency"),
                        instant(row, "placed_at"),
                        instant(row, "paid_at"),
                        instant(row, "shipped_at"),
                        instant(row, "delivered_at"),
                        instant(row, "installed_at"),
                        row.getLong("shipping_paid_minor"),
                        lines.query(Orders::line).list(),
                        tenders.query(Orders::tender).list()))
                .optional();
    }

    void insert(Order order) {
        jdbc.sql("""
                        insert into shop_order (merchant_id, order_id, buyer_id, currency, placed_at, paid_at, shipped_at,
                               delivered_at, installed_at, shipping_paid_minor)
                        values (:merchantId, :orderId, :buyerId, :currency, :placedAt, :paidAt, :shippedAt, :deliveredAt,
                               :installedAt, :shippingPaidMinor)
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("buyerId", order.buyerId())
                .param("currency", order.currency())
                .param("placedAt", timestamp(order.placedAt()))
                .param("paidAt", timestamp(order.paidAt()))
                .param("shippedAt", timestamp(order.shippedAt()))
                .param("deliveredAt", timestamp(order.deliveredAt()))
                .param("installedAt", timestamp(order.installedAt()))
                .param("shippingPaidMinor", order.shippingPaidMinor())
                .update();
        for (int i = 0; i < order.lines().size(); i++) {
            insertLine(order, order.lines().get(i), i + 1);
        }
        for (int i = 0; i < order.tenders().size(); i++) {
            insertTender(order, order.tenders().get(i), i + 1);
        }
    }

    void update(Order order) {
        jdbc.sql("""
                        update shop_order
                        set paid_at = :paidAt, shipped_at = :shippedAt, delivered_at = :deliveredAt,
                            installed_at = :installedAt, shipping_paid_minor = :shippingPaidMinor
                        where merchant_id = :merchantId and order_id = :orderId
                        """)
                .param("paidAt", timestamp(order.paidAt()))
                .param("shippedAt", timestamp(order.shippedAt()))
                .param("deliveredAt", timestamp(order.deliveredAt()))
                .param("installedAt", timestamp(order.installedAt()))
                .param("shippingPaidMinor", order.shippingPaidMinor())
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .update();
        for (int i = 0; i < order.lines().size(); i++) {
            var line = order.lines().get(i);
            if (updateLine(order, line) == 0) {
                insertLine(order, line, i + 1);
            }
        }
        for (int i = 0; i < order.tenders().size(); i++) {
            var tender = order.tenders().get(i);
            if (updateTender(order, tender) == 0) {
                insertTender(order, tender, i + 1);
            }
        }
    }

    /** Adds a line that went out in exchange for others; its units come after all that were told so far. */
    void addReplacement(Order order, OrderLine line) {
        insertLine(order, line, order.lines().size() + 1);
    }

    /** Adds what the buyer paid on top of an exchange. */
    void addPayment(Order order, Tender tender, String caseNumber) {
        insertTender(order, tender, order.tenders().size() + 1);
        jdbc.sql("""
                        update tender set paid_for = :caseNumber
                        where merchant_id = :merchantId and order_id = :orderId and tender_id = :tenderId
                        """)
                .param("caseNumber", caseNumber)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("tenderId", tender.tenderId())
                .update();
    }

    List<String> replacementLines(String caseNumber) {
        return jdbc.sql("select line_id from order_line where replaces_for = :caseNumber order by position, line_id")
                .param("caseNumber", caseNumber)
                .query(String.class)
                .list();
    }

    boolean hasTender(String merchantId, String orderId, String tenderId) {
        return jdbc.sql("""
                                select count(*) from tender
                                where merchant_id = :merchantId and order_id = :orderId and tender_id = :tenderId
                                """)
                        .param("merchantId", merchantId)
                        .param("orderId", orderId)
                        .param("tenderId", tenderId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The buyer has what a case sent in exchange. */
    void arrive(String caseNumber, Instant at) {
        jdbc.sql("update order_line set delivered_at = :at where replaces_for = :caseNumber and delivered_at is null")
                .param("at", timestamp(at))
                .param("caseNumber", caseNumber)
                .update();
    }

    private void insertLine(Order order, OrderLine line, int position) {
        jdbc.sql("""
                        insert into order_line (merchant_id, order_id, line_id, position, sku, title, category,
                               goods_class, no_reason_excluded, quantity, paid_minor, warranty_months, replaces_for)
                        values (:merchantId, :orderId, :lineId, :position, :sku, :title, :category, :goodsClass,
                               :noReasonExcluded, :quantity, :paidMinor, :warrantyMonths, :replacesFor)
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", line.lineId())
                .param("position", position)
                .param("sku", line.sku())
                .param("title", line.title())
                .param("category", line.category())
                .param("goodsClass", line.goodsClass().name())
                .param("noReasonExcluded", line.noReasonExcluded())
                .param("quantity", line.quantity())
                .param("paidMinor", line.paidMinor())
                .param("warrantyMonths", line.warrantyMonths())
                .param(
                        "replacesFor",
                        line.replacement() == null ? null : line.replacement().caseNumber())
                .update();
    }

    private int updateLine(Order order, OrderLine line) {
        return jdbc.sql("""
                        update order_line
                        set sku = :sku, title = :title, category = :category, goods_class = :goodsClass,
                            no_reason_excluded = :noReasonExcluded, quantity = :quantity, paid_minor = :paidMinor,
                            warranty_months = :warrantyMonths
                        where merchant_id = :merchantId and order_id = :orderId and line_id = :lineId
                        """)
                .param("sku", line.sku())
                .param("title", line.title())
                .param("category", line.category())
                .param("goodsClass", line.goodsClass().name())
                .param("noReasonExcluded", line.noReasonExcluded())
                .param("quantity", line.quantity())
                .param("paidMinor", line.paidMinor())
                .param("warrantyMonths", line.warrantyMonths())
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("lineId", line.lineId())
                .update();
    }

    private void insertTender(Order order, Tender tender, int position) {
        jdbc.sql("""
                        insert into tender (merchant_id, order_id, tender_id, position, method, amount_minor)
                        values (:merchantId, :orderId, :tenderId, :position, :method, :amountMinor)
                        """)
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("tenderId", tender.tenderId())
                .param("position", position)
                .param("method", tender.method().name())
                .param("amountMinor", tender.amountMinor())
                .update();
    }

    private int updateTender(Order order, Tender tender) {
        return jdbc.sql("""
                        update tender set amount_minor = :amountMinor
                        where merchant_id = :merchantId and order_id = :orderId and tender_id = :tenderId
                        """)
                .param("amountMinor", tender.amountMinor())
                .param("merchantId", order.merchantId())
                .param("orderId", order.orderId())
                .param("tenderId", tender.tenderId())
                .update();
    }

    private static OrderLine line(ResultSet row, int n) throws SQLException {
        return new OrderLine(
                row.getString("line_id"),
                row.getString("sku"),
                row.getString("title"),
                row.getString("category"),
                GoodsClass.valueOf(row.getString("goods_class")),
                row.getBoolean("no_reason_excluded"),
                row.getInt("quantity"),
                row.getLong("paid_minor"),
                row.getInt("warranty_months"),
                replacement(row));
    }

    private static OrderLine.Replacement replacement(ResultSet row) throws SQLException {
        String caseNumber = row.getString("replaces_for");
        return caseNumber == null ? null : new OrderLine.Replacement(caseNumber, instant(row, "delivered_at"));
    }

    private static Tender tender(ResultSet row, int n) throws SQLException {
        return new Tender(
                row.getString("tender_id"), TenderMethod.valueOf(row.getString("method")), row.getLong("amount_minor"));
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
