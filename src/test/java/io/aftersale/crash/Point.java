package io.aftersale.crash;

import java.util.Arrays;
import java.util.List;

/**
 * The places of a payout and of a shipment at which a node is made to die, in the order in which they are passed. Each
 * is the beginning or the end of a method of the application, or a moment on the wire to those outside.
 */
enum Point {
    PAYOUT_BEFORE_RESERVE(Edge.BEFORE, "payouts.PayoutDesk.reserve"),
    PAYOUT_RESERVED_UNCOMMITTED(Edge.AFTER, "payouts.PayoutDesk.reserve"),
    PAYOUT_RESERVED(Edge.BEFORE, "payouts.Teller.issue"),
    PAYOUT_BEFORE_ATTEMPT_ROW(Edge.BEFORE, "payouts.Payouts.startAttempt"),
    PAYOUT_ATTEMPT_ROW_UNCOMMITTED(Edge.AFTER, "payouts.Payouts.startAttempt"),
    PAYOUT_ATTEMPT_ROW(Edge.BEFORE, "payouts.HttpPaymentGateway.refund"),
    PAYOUT_BYTES_SENT(Edge.SENT, "POST /payments/refunds "),
    PAYOUT_BOOKED_BY_PROVIDER(Edge.ANSWERED, "POST /payments/refunds "),
    PAYOUT_RESPONSE_READ(Edge.AFTER, "payouts.HttpPaymentGateway.refund"),
    PAYOUT_RESULT_UNCOMMITTED(Edge.AFTER, "payouts.Teller.write"),
    PAYOUT_RESULT_WRITTEN(Edge.AFTER, "payouts.Teller.issue"),
    PAYOUT_CALLBACK_BEFORE_STORED(Edge.BEFORE, "callbacks.CallbackInbox.keep", "sender=payment-provider"),
    PAYOUT_CALLBACK_STORED(Edge.AFTER, "callbacks.CallbackInbox.keep", "sender=payment-provider"),
    PAYOUT_CALLBACK_BEFORE_APPLIED(Edge.BEFORE, "payouts.Teller.hear"),
    PAYOUT_CALLBACK_HEARD(Edge.AFTER, "payouts.Teller.hear"),
    PAYOUT_CALLBACK_APPLIED(Edge.BEFORE, "callbacks.CallbackInbox.done", "sender=payment-provider"),

    STOCK_BEFORE_RESERVE(Edge.BEFORE, "exchanges.StockHolds.insert"),
    STOCK_ATTEMPT_ROW(Edge.BEFORE, "logistics.HttpDepot.reserve"),
    STOCK_RESERVATION_SENT(Edge.SENT, "PUT /stock/reservations/"),
    STOCK_RESERVATION_BOOKED(Edge.ANSWERED, "PUT /stock/reservations/"),
    STOCK_RESPONSE_READ(Edge.AFTER, "logistics.HttpDepot.reserve"),
    STOCK_RESERVED(Edge.AFTER, "exchanges.StockDesk.reserve"),
    STOCK_HANDED_OUT(Edge.AFTER, "logistics.HttpDepot.handOut"),
    SHIPMENT_PLANNED_UNCOMMITTED(Edge.AFTER, "logistics.Movements.insert"),
    SHIPMENT_BEFORE_ATTEMPT_ROW(Edge.BEFORE, "logistics.Movements.startAttempt"),
    SHIPMENT_ATTEMPT_ROW(Edge.BEFORE, "logistics.HttpDepot.put"),
    SHIPMENT_BYTES_SENT(Edge.SENT, "PUT /carrier/parcels/"),
    SHIPMENT_BOOKED_BY_CARRIER(Edge.ANSWERED, "PUT /carrier/parcels/"),
    MOVEMENT_BYTES_SENT(Edge.SENT, "PUT /stock/movements/"),
    MOVEMENT_BOOKED_BY_STOCK(Edge.ANSWERED, "PUT /stock/movements/"),
    SHIPMENT_RESPONSE_READ(Edge.AFTER, "logistics.HttpDepot.put"),
    SHIPMENT_RESULT_UNCOMMITTED(Edge.AFTER, "logistics.Movements.finish"),
    SHIPMENT_RESULT_WRITTEN(Edge.AFTER, "logistics.Dispatcher.send"),
    SHIPMENT_CALLBACK_STORED(Edge.AFTER, "callbacks.CallbackInbox.keep", "sender=carrier"),
    RECEIPT_CALLBACK_STORED(Edge.AFTER, "callbacks.CallbackInbox.keep", "sender=warehouse"),
    SHIPMENT_CALLBACK_BEFORE_APPLIED(Edge.BEFORE, "logistics.ParcelDesk.hear"),
    SHIPMENT_CALLBACK_APPLIED(Edge.AFTER, "logistics.ParcelDesk.hear");

    /** The side of a method, or of an exchange with those outside, on which it lies. */
    enum Edge {
        BEFORE,
        AFTER,
        /** The request is on the wire; nobody outside has read it yet. */
        SENT,
        /** They have answered; the answer is not with us yet. */
        ANSWERED;

        boolean isOnTheWire() {
            return this == SENT || this == ANSWERED;
        }
    }

    private static final String ROOMS = "io.aftersale.";

    final Edge edge;
    /** A method with its class, or how a request begins. */
    final String place;
    /** What the method's first argument must tell of, to be meant; empty for any. */
    final String about;

    Point(Edge edge, String place) {
        this(edge, place, "");
    }

    Point(Edge edge, String place, String about) {
        this.edge = edge;
        this.place = edge.isOnTheWire() ? place : ROOMS + place;
        this.about = about;
    }

    /** Whether a place that is passed is this one; on the wire the place is how the request begins. */
    boolean isAt(Edge side, String passed, String what) {
        return edge == side
                && (edge.isOnTheWire() ? passed.startsWith(place) : passed.equals(place))
                && what.contains(about);
    }

    String typeName() {
        return place.substring(0, place.lastIndexOf('.'));
    }

    String methodName() {
        return place.substring(place.lastIndexOf('.') + 1);
    }

    /** Those inside of the application's code. */
    static List<Point> inCode() {
        return Arrays.stream(values())
                .filter(point -> !point.edge.isOnTheWire())
                .toList();
    }
}
