package io.aftersale.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.aftersale.support.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Orders that people really placed, with the ones of them that really came back, as the shop would tell them. */
final class RealOrders {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime MORNING = LocalTime.of(10, 0);
    private static final int DAYS_ON_THE_WAY = 3;

    private final Map<String, RealOrder> orders = new LinkedHashMap<>();
    private final Set<String> returned;

    private RealOrders(Path folder) {
        try (var lines = CsvReader.builder().ofNamedCsvRecord(folder.resolve("orders.csv"));
                var back = CsvReader.builder().ofNamedCsvRecord(folder.resolve("returned_orders.csv"))) {
            lines.forEach(line -> orders.computeIfAbsent(line.getField("order_id"), RealOrder::of)
                    .add(line));
            returned = back.stream().map(line -> line.getField("order_id")).collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static RealOrders in(Path folder) {
        return new RealOrders(folder);
    }

    List<RealOrder> all() {
        return List.copyOf(orders.values());
    }

    List<RealOrder> returned() {
        return all().stream().filter(order -> returned.contains(order.id())).toList();
    }

    /** So many of the orders that did not come back, drawn by chance that a seed fixes. */
    List<RealOrder> others(int count, Random chance) {
        var kept = new ArrayList<>(all());
        kept.removeIf(order -> returned.contains(order.id()));
        Collections.shuffle(kept, chance);
        return List.copyOf(kept.subList(0, count));
    }

    /** One order; amounts in minor units. */
    record RealOrder(String id, List<NamedCsvRecord> lines) {
        static RealOrder of(String id) {
            return new RealOrder(id, new ArrayList<>());
        }

        private void add(NamedCsvRecord line) {
            lines.add(line);
        }

        String buyerId() {
            return lines.get(0).getField("buyer_id");
        }

        long paidMinor() {
            return lines.stream().mapToLong(RealOrder::paidMinor).sum();
        }

        static long paidMinor(NamedCsvRecord line) {
            return Long.parseLong(line.getField("paid_minor"));
        }

        static int quantity(NamedCsvRecord line) {
            return Integer.parseInt(line.getField("quantity"));
        }

        /** What the first of the units of the first line cost: the exact share, rounded down. */
        long firstUnitMinor() {
            return paidMinor(lines.get(0)) / quantity(lines.get(0));
        }

        /** Everything that was bought, as lines of an application. */
        void applyForAll(ObjectNode application) {
            var all = application.putArray("lines");
            lines.forEach(line ->
                    all.addObject().put("lineId", line.getField("line_id")).put("quantity", quantity(line)));
        }

        /** So many units of the first line. */
        void applyForFirst(ObjectNode application, int quantity) {
            application
                    .putArray("lines")
                    .addObject()
                    .put("lineId", lines.get(0).getField("line_id"))
                    .put("quantity", quantity);
        }

        int firstQuantity() {
            return quantity(lines.get(0));
        }

        /** The facts of the order with its dates moved so that it was delivered so many days before a day. */
        ObjectNode facts(LocalDate today, int deliveredDaysAgo) {
            var first = lines.get(0);
            var ordered = LocalDate.parse(first.getField("ordered_on"));
            var shipped = LocalDate.parse(first.getField("shipped_on"));
            long shift = ChronoUnit.DAYS.between(shipped.plusDays(DAYS_ON_THE_WAY), today.minusDays(deliveredDaysAgo));
            var facts = Shop.JSON
                    .createObjectNode()
                    .put("buyerId", buyerId())
                    .put("merchantId", "M-1")
                    .put("currency", "CNY")
                    .put("placedAt", time(ordered.plusDays(shift)))
                    .put("paidAt", time(ordered.plusDays(shift)))
                    .put("shippedAt", time(shipped.plusDays(shift)))
                    .put("deliveredAt", time(today.minusDays(deliveredDaysAgo)))
                    .put("shippingPaidMinor", 0);
            lines.forEach(line -> facts.withArray("lines")
                    .addObject()
                    .put("lineId", line.getField("line_id"))
                    .put("sku", line.getField("sku"))
                    .put("title", line.getField("title"))
                    .put("category", line.getField("category"))
                    .put("goodsClass", "ORDINARY")
                    .put("quantity", quantity(line))
                    .put("paidMinor", paidMinor(line))
                    .put("warrantyMonths", 12));
            facts.withArray("tenders")
                    .addObject()
                    .put("tenderId", "CARD-1")
                    .put("method", "CARD")
                    .put("amountMinor", paidMinor());
            return facts;
        }

        private static String time(LocalDate day) {
            return day.atTime(MORNING).atZone(ZONE).toOffsetDateTime().toString();
        }
    }
}
