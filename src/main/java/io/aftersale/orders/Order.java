package io.aftersale.orders;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a shop told us of an order: who bought what, paid how, and when it came. Known by merchant and order id. Amounts
 * are in minor units of {@code currency}; a time that has not come is null.
 */
public record Order(
        String merchantId,
        String orderId,
        String buyerId,
        String currency,
        Instant placedAt,
        Instant paidAt,
        Instant shippedAt,
        Instant deliveredAt,
        Instant installedAt,
        long shippingPaidMinor,
        List<OrderLine> lines,
        List<Tender> tenders) {

    public Optional<OrderLine> line(String lineId) {
        return lines.stream().filter(line -> line.lineId().equals(lineId)).findFirst();
    }

    /** @throws Problem LINE_UNKNOWN */
    public OrderLine requireLine(String lineId) {
        return line(lineId)
                .orElseThrow(() -> new Problem(
                                ProblemCode.LINE_UNKNOWN, "The order " + orderId + " has no line '" + lineId + "'.")
                        .with("lineId", lineId));
    }

    /** When this line came; a replacement has a day of its own. Null as long as it has not come. */
    public Instant deliveredAt(OrderLine line) {
        return line.wasTold() ? deliveredAt : line.replacement().deliveredAt();
    }

    public boolean isPaid() {
        return paidAt != null;
    }

    public boolean isShipped() {
        return shippedAt != null || deliveredAt != null;
    }

    public boolean isDelivered() {
        return deliveredAt != null;
    }

    /** All that the buyer paid by the shop's word: the lines that it told and the shipping. */
    public long totalMinor() {
        return lines.stream()
                .filter(OrderLine::wasTold)
                .mapToLong(OrderLine::paidMinor)
                .reduce(shippingPaidMinor, Math::addExact);
    }
}
