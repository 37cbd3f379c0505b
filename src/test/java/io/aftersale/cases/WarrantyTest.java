package io.aftersale.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersale.orders.GoodsClass;
import io.aftersale.orders.Order;
import io.aftersale.orders.OrderLine;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

/** How long a warranty runs, and what counts as a failed repair. Days are those of the merchant's zone. */
class WarrantyTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant DELIVERED = Instant.parse("2026-01-10T10:00:00Z");

    private final Map<Integer, List<ServiceHistory.Service>> done = new HashMap<>();

    @Test
    void runs_from_delivery_to_the_same_day_of_the_month() {
        assertThat(on("2026-07-10T15:59:59Z").inWarranty()).isTrue();
        assertThat(on("2026-07-10T16:00:00Z").inWarranty())
                .as("midnight in Shanghai")
                .isFalse();
        assertThat(on("2026-07-10T15:59:59Z").until()).isEqualTo(LocalDate.parse("2026-07-10"));
        assertThat(on("2026-01-10T15:00:00Z").dayNo()).isZero();
        assertThat(on("2026-01-10T16:00:00Z").dayNo()).isEqualTo(1);
    }

    @Test
    void runs_from_installation_if_that_came_later() {
        assertThat(standing(order(Instant.parse("2026-02-01T01:00:00Z"), DELIVERED), "2026-07-31T00:00:00Z", 1)
                        .until())
                .isEqualTo(LocalDate.parse("2026-08-01"));
        assertThat(standing(order(Instant.parse("2026-01-01T01:00:00Z"), DELIVERED), "2026-07-31T00:00:00Z", 1)
                        .until())
                .isEqualTo(LocalDate.parse("2026-07-10"));
    }

    @Test
    void does_not_count_the_time_with_us_whatever_became_of_it() {
        did(1, ServiceHistory.Act.REPAIRED, "2026-03-01T02:00:00Z", "2026-03-11T02:00:00Z");
        did(1, ServiceHistory.Act.KEPT_FROM_BUYER, "2026-04-01T02:00:00Z", "2026-04-03T02:00:00Z");
        assertThat(on("2026-07-20T00:00:00Z").until()).isEqualTo(LocalDate.parse("2026-07-22"));
        assertThat(on("2026-07-20T00:00:00Z").inWarranty()).isTrue();
        assertThat(on("2026-07-20T00:00:00Z").failedRepairs()).isEqualTo(1);
    }

    @Test
    void takes_the_least_favoured_of_several_units() {
        did(2, ServiceHistory.Act.REPAIRED, "2026-03-01T02:00:00Z", "2026-03-11T02:00:00Z");
        var both = standing(order(null, DELIVERED), "2026-07-15T00:00:00Z", 1, 2);
        assertThat(both.inWarranty()).isFalse();
        assertThat(both.failedRepairs()).isZero();
        assertThat(standing(order(null, DELIVERED), "2026-07-15T00:00:00Z", 2).inWarranty())
                .isTrue();
    }

    @Test
    void has_not_begun_before_the_delivery() {
        var standing = standing(order(null, null), "2026-07-15T00:00:00Z", 1);
        assertThat(standing.dayNo()).isNull();
        assertThat(standing.inWarranty()).isFalse();
    }

    private void did(int unitNo, ServiceHistory.Act act, String from, String to) {
        var services = new ArrayList<>(done.getOrDefault(unitNo, List.of()));
        services.add(new ServiceHistory.Service(act, Instant.parse(from), Instant.parse(to)));
        done.put(unitNo, services);
    }

    private Warranty.Standing on(String now) {
        return standing(order(null, DELIVERED), now, 1);
    }

    private Warranty.Standing standing(Order order, String now, int... unitNos) {
        ServiceHistory history = (merchantId, orderId, lineId) -> done;
        var rooms = new ObjectProvider<ServiceHistory>() {
            @Override
            public Stream<ServiceHistory> stream() {
                return Stream.of(history);
            }
        };
        var units = Arrays.stream(unitNos)
                .mapToObj(unitNo -> new CaseFile.Unit("1", unitNo))
                .toList();
        return new Warranty(rooms, Clock.fixed(Instant.parse(now), SHANGHAI), SHANGHAI)
                .of(order, units)
                .get("1");
    }

    private static Order order(Instant installedAt, Instant deliveredAt) {
        return new Order(
                "M-1",
                "O-1",
                "B-1",
                "CNY",
                DELIVERED.minusSeconds(300_000),
                DELIVERED.minusSeconds(300_000),
                DELIVERED.minusSeconds(200_000),
                deliveredAt,
                installedAt,
                0,
                List.of(new OrderLine("1", "MUG-1", "马克杯", "home", GoodsClass.ORDINARY, false, 3, 9_000, 6)),
                List.of());
    }
}
