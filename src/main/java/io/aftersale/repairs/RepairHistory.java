package io.aftersale.repairs;

import io.aftersale.cases.ServiceHistory;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells of each unit how long it was here and whether the seller owed and did a repair, for the sake of warranties. */
@Component
class RepairHistory implements ServiceHistory {
    private final Repairs repairs;

    RepairHistory(Repairs repairs) {
        this.repairs = repairs;
    }

    @Override
    public List<Service> of(String merchantId, String orderId, String lineId, int unitNo) {
        return repairs.of(merchantId, orderId, lineId, unitNo).stream()
                .map(it -> new Service(
                        it.isRepaired() && "REPAIR".equals(it.terms()) ? Act.REPAIRED : Act.KEPT_FROM_BUYER,
                        it.receivedAt(),
                        it.deliveredAt()))
                .toList();
    }
}
