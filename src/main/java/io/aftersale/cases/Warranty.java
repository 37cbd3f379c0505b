package io.aftersale.cases;

import io.aftersale.orders.Order;
import io.aftersale.orders.OrderLine;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How units stand by day, warranty and repairs, from the order and from what the rooms did to them since. Days are
 * calendar days in the merchant's zone; the day of receipt is 0, counting starts the day after (Civil Code art. 201). It
 * works facts out for the tables and decides nothing.
 */
@Component
public class Warranty {
    private final ObjectProvider<ServiceHistory> histories;
    private final Clock clock;
    private final ZoneId zone;

    Warranty(ObjectProvider<ServiceHistory> histories, Clock clock, @Value("${aftersale.zone}") ZoneId zone) {
        this.histories = histories;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * @param dayNo the day since receipt; null as long as nothing was delivered
     * @param failedRepairs how often a repair that the seller owed did not last
     * @param until the last day of the warranty; null where there is none
     */
    public record Standing(Long dayNo, boolean inWarranty, int failedRepairs, LocalDate until) {
        static final Standing UNDELIVERED = new Standing(null, false, 0, null);
    }

    /** How these units stand now, by line id; where those of a line differ, as the least favoured one. */
    Map<String, Standing> of(Order order, List<CaseFile.Unit> units) {
        return of(order, units, clock.instant());
    }

    /** The same at another time, such as when the buyer applied. */
    Map<String, Standing> of(Order order, List<CaseFile.Unit> units, Instant at) {
        var standings = new HashMap<String, Standing>();
        var services = new HashMap<String, Map<Integer, List<ServiceHistory.Service>>>();
        for (CaseFile.Unit unit : units) {
            OrderLine line = order.requireLine(unit.lineId());
            var ofLine = services.computeIfAbsent(unit.lineId(), lineId -> services(order, lineId));
            Standing standing = order.deliveredAt(line) != null
                    ? ofUnit(order, line, ofLine.getOrDefault(unit.unitNo(), List.of()), day(at))
                    : Standing.UNDELIVERED;
            standings.merge(unit.lineId(), standing, Warranty::lesser);
        }
        return standings;
    }

    private Map<Integer, List<ServiceHistory.Service>> services(Order order, String lineId) {
        var services = new HashMap<Integer, List<ServiceHistory.Service>>();
        histories.forEach(room -> room.of(order.merchantId(), order.orderId(), lineId)
                .forEach((unitNo, done) -> services.computeIfAbsent(unitNo, unit -> new ArrayList<>())
                        .addAll(done)));
        return services;
    }

    private Standing ofUnit(Order order, OrderLine line, List<ServiceHistory.Service> services, LocalDate today) {
        long daysInRepair = services.stream()
                .mapToLong(service -> ChronoUnit.DAYS.between(day(service.from()), day(service.to())))
                .sum();
        int failed = (int) services.stream()
                .filter(service -> service.act() == ServiceHistory.Act.REPAIRED)
                .count();
        LocalDate until = line.warrantyMonths() == 0
                ? null
                : day(inUseFrom(order, line)).plusMonths(line.warrantyMonths()).plusDays(daysInRepair);
        return new Standing(
                ChronoUnit.DAYS.between(day(order.deliveredAt(line)), today),
                until != null && !today.isAfter(until),
                failed,
                until);
    }

    /** The warranty runs from delivery, or from installation if that came later; a replacement has one of its own. */
    private static Instant inUseFrom(Order order, OrderLine line) {
        Instant delivered = order.deliveredAt(line);
        return order.installedAt() != null && order.installedAt().isAfter(delivered) ? order.installedAt() : delivered;
    }

    private static Standing lesser(Standing one, Standing other) {
        if (one.dayNo() == null) {
            return one;
        }
        return new Standing(
                Math.max(one.dayNo(), other.dayNo()),
                one.inWarranty() && other.inWarranty(),
                Math.min(one.failedRepairs(), other.failedRepairs()),
                one.until() == null || other.until() == null || one.until().isBefore(other.until())
                        ? one.until()
                        : other.until());
    }

    private LocalDate day(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }
}
