package io.aftersale.orders;

import io.aftersale.access.Callers;
import io.aftersale.problems.FreeText;
import io.aftersale.problems.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a shop tells its orders and reads them back. A system sees its own merchant's orders only. */
@RestController
@RequestMapping("/api/orders")
@Tag(name = "Orders", description = "The shop's facts of an order: what was bought, paid, shipped and delivered")
class OrderController {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final long MOST_MINOR = 100_000_000_000L;
    private static final int MOST_UNITS = 9_999;
    private static final int MOST_WARRANTY_MONTHS = 600;
    private static final int MOST_LINES = 500;
    private static final int LEAST_YEAR = 1990;
    private static final int MOST_YEAR = 2999;

    private final OrderBook book;
    private final Callers callers;
    private final ZoneId zone;

    OrderController(OrderBook book, Callers callers, @Value("${aftersale.zone}") ZoneId zone) {
        this.book = book;
        this.callers = callers;
        this.zone = zone;
    }

    /** What a shop tells of an order. Amounts in minor units, times ISO 8601 with offset, absent = not yet. */
    @Schema(name = "OrderFacts", example = """
            {"buyerId":"B-1","merchantId":"M-1","currency":"CNY","placedAt":"2026-11-01T10:00:00+08:00",
             "paidAt":"2026-11-01T10:05:00+08:00","shippedAt":"2026-11-02T09:00:00+08:00",
             "deliveredAt":"2026-11-04T15:00:00+08:00","installedAt":null,"shippingPaidMinor":1000,
             "lines":[{"lineId":"1","sku":"MUG-01","title":"马克杯","category":"home","goodsClass":"ORDINARY",
                       "noReasonExcluded":false,"quantity":3,"paidMinor":9000,"warrantyMonths":12}],
             "tenders":[{"tenderId":"T-1","method":"CARD","amountMinor":10000}]}""")
    record Facts(
            String buyerId,
            String merchantId,
            String currency,
            OffsetDateTime placedAt,
            OffsetDateTime paidAt,
            OffsetDateTime shippedAt,
            OffsetDateTime deliveredAt,
            OffsetDateTime installedAt,
            Long shippingPaidMinor,
            List<LineFacts> lines,
            List<TenderFacts> tenders) {}

    @Schema(name = "OrderLineFacts")
    record LineFacts(
            String lineId,
            String sku,
            String title,
            String category,
            GoodsClass goodsClass,
            Boolean noReasonExcluded,
            Integer quantity,
            Long paidMinor,
            Integer warrantyMonths) {}

    @Schema(name = "TenderFacts")
    record TenderFacts(String tenderId, TenderMethod method, Long amountMinor) {}

    /** An order as it is kept. */
    @Schema(name = "Order")
    record View(
            String orderId,
            String buyerId,
            String merchantId,
            String currency,
            OffsetDateTime placedAt,
            OffsetDateTime paidAt,
            OffsetDateTime shippedAt,
            OffsetDateTime deliveredAt,
            OffsetDateTime installedAt,
            long shippingPaidMinor,
            List<OrderLine> lines,
            List<Tender> tenders) {}

    @PutMapping("/{orderId}")
    @Operation(
            summary = "Tell an order",
            description = "Told again, times may be added; amounts never go below what was given back or is reserved.")
    @ApiResponse(responseCode = "201", description = "The order is new", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "The order was known", useReturnTypeSchema = true)
    ResponseEntity<View> keep(@PathVariable String orderId, @RequestBody Facts facts) {
        var kept = keep(order(id("orderId", orderId), facts));
        return ResponseEntity.status(kept.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(view(kept.order()));
    }

    /** Two calls that tell a new order at once: who comes second finds it known and tells it again. */
    private OrderBook.Kept keep(Order told) {
        try {
            return book.keep(told);
        } catch (DuplicateKeyException justTold) {
            return book.keep(told);
        }
    }

    @GetMapping("/{orderId}")
    @Operation(summary = "Read an order")
    View read(@PathVariable String orderId) {
        return view(book.find(callers.current().merchant(null), orderId));
    }

    private Order order(String orderId, Facts facts) {
        return new Order(
                callers.current().merchant(facts.merchantId()),
                orderId,
                id("buyerId", facts.buyerId()),
                currency(facts.currency()),
                instant("placedAt", required("placedAt", facts.placedAt())),
                instant("paidAt", facts.paidAt()),
                instant("shippedAt", facts.shippedAt()),
                instant("deliveredAt", facts.deliveredAt()),
                instant("installedAt", facts.installedAt()),
                facts.shippingPaidMinor() == null
                        ? 0
                        : within("shippingPaidMinor", facts.shippingPaidMinor(), 0, MOST_MINOR),
                lines(facts.lines()),
                tenders(facts.tenders() == null ? List.of() : facts.tenders()));
    }

    private static List<OrderLine> lines(List<LineFacts> lines) {
        if (required("lines", lines).isEmpty() || lines.size() > MOST_LINES) {
            throw Problem.invalid("lines", "must have 1 to " + MOST_LINES + " lines");
        }
        return IntStream.range(0, lines.size())
                .mapToObj(i -> line("lines[" + i + "]", lines.get(i)))
                .toList();
    }

    private static List<Tender> tenders(List<TenderFacts> tenders) {
        return IntStream.range(0, tenders.size())
                .mapToObj(i -> tender("tenders[" + i + "]", tenders.get(i)))
                .toList();
    }

    private static OrderLine line(String at, LineFacts line) {
        required(at, line);
        return new OrderLine(
                id(at + ".lineId", line.lineId()),
                id(at + ".sku", line.sku()),
                FreeText.check(at + ".title", required(at + ".title", line.title()), 500),
                FreeText.check(at + ".category", required(at + ".category", line.category()), 100),
                line.goodsClass() == null ? GoodsClass.ORDINARY : line.goodsClass(),
                line.noReasonExcluded() != null && line.noReasonExcluded(),
                (int) within(at + ".quantity", required(at + ".quantity", line.quantity()), 1, MOST_UNITS),
                within(at + ".paidMinor", required(at + ".paidMinor", line.paidMinor()), 0, MOST_MINOR),
                line.warrantyMonths() == null
                        ? 0
                        : (int) within(at + ".warrantyMonths", line.warrantyMonths(), 0, MOST_WARRANTY_MONTHS));
    }

    private static Tender tender(String at, TenderFacts tender) {
        required(at, tender);
        return new Tender(
                id(at + ".tenderId", tender.tenderId()),
                required(at + ".method", tender.method()),
                within(at + ".amountMinor", required(at + ".amountMinor", tender.amountMinor()), 0, MOST_MINOR));
    }

    private View view(Order order) {
        return new View(
                order.orderId(),
                order.buyerId(),
                order.merchantId(),
                order.currency(),
                local(order.placedAt()),
                local(order.paidAt()),
                local(order.shippedAt()),
                local(order.deliveredAt()),
                local(order.installedAt()),
                order.shippingPaidMinor(),
                order.lines(),
                order.tenders());
    }

    private OffsetDateTime local(Instant instant) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }

    private static Instant instant(String field, OffsetDateTime time) {
        if (time != null && (time.getYear() < LEAST_YEAR || time.getYear() > MOST_YEAR)) {
            throw Problem.invalid(field, "must be of the years " + LEAST_YEAR + " to " + MOST_YEAR);
        }
        return time == null ? null : time.toInstant();
    }

    private static String id(String field, String value) {
        if (!ID.matcher(required(field, value)).matches()) {
            throw Problem.invalid(field, "must be 1 to 64 letters, digits or any of . _ : -");
        }
        return value;
    }

    private static String currency(String value) {
        boolean isKnown = Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(required("currency", value)));
        if (!isKnown) {
            throw Problem.invalid("currency", "must be an ISO 4217 code");
        }
        return value;
    }

    private static long within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw Problem.invalid(field, "must be from " + least + " to " + most);
        }
        return value;
    }

    private static <T> T required(String field, T value) {
        if (value == null) {
            throw Problem.missing(field);
        }
        return value;
    }
}
