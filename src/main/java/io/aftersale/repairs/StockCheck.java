package io.aftersale.repairs;

import io.aftersale.logistics.OutsideTroubleException;
import io.aftersale.logistics.Stock;
import io.aftersale.orders.OrderBook;
import org.springframework.stereotype.Service;

/**
 * Asks the stock system whether the same model could be had instead of a repair. It sets nothing aside, and holds no row
 * lock while it asks.
 */
@Service
class StockCheck {
    private final Repairs repairs;
    private final OrderBook orders;
    private final Stock stock;

    StockCheck(Repairs repairs, OrderBook orders, Stock stock) {
        this.repairs = repairs;
        this.orders = orders;
        this.stock = stock;
    }

    /** @throws OutsideTroubleException while there is no answer */
    void ask(String caseNumber) {
        Repair it = repairs.find(caseNumber).orElseThrow();
        String sku = orders.find(it.merchantId(), it.orderId())
                .requireLine(it.lineId())
                .sku();
        repairs.keepStock(caseNumber, stock.isInStock(it.merchantId(), sku, repairs.unitsOf(caseNumber)));
    }
}
