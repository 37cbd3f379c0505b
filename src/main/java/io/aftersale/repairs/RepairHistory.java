package io.aftersale.repairs;

import io.aftersale.cases.ServiceHistory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells of each unit how long it was here and whether the seller owed and did a repair, for the sake of warranties. */
@Component
class RepairHistory implements ServiceHistory {
    private final Repairs repairs;

    RepairHistory(Repairs repairs) {
        this.repairs = repairs;
    }

    @Override
    public Map<Integer, List<Service>> of(String merchantId, String orderId, String lineId) {
        return repairs.delivered(merchantId, orderId, lineId).stream()
                .collect(Collectors.groupingBy(
                        Repairs.OfUnit::unitNo,
                        Collectors.mapping(unit -> service(unit.repair()), Collectors.toList())));
    }

    private static Service service(Repair it) {
        return new Service(
                it.isRepaired() && "REPAIR".equals(it.terms()) ? Act.REPAIRED : Act.KEPT_FROM_BUYER,
                it.receivedAt(),
                it.deliveredAt());
    }
}
