package io.aftersale.exchanges;

import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process asks of the desks for exchanges, and the few variables that it reads. */
@Configuration(proxyBeanMethods = false)
class ExchangeTasks {
    private static final String SETTLEMENT = "settlement";
    private static final String OUTCOME = "replacementOutcome";

    @Bean
    JavaDelegate reserveStock(StockDesk desk) {
        return task -> task.setVariable("stockOutcome", desk.reserve(caseNumber(task)) ? "RESERVED" : "NONE");
    }

    @Bean
    JavaDelegate offerStockChoice(StockDesk desk) {
        return task -> {
            var waiting = desk.offerChoice(caseNumber(task));
            setDueAt(task, waiting.dueAt());
            task.setVariable("stockCheckAt", Date.from(waiting.checkAt()));
        };
    }

    @Bean
    JavaDelegate escalateStock(StockDesk desk) {
        return task -> desk.escalate(caseNumber(task));
    }

    @Bean
    JavaDelegate releaseStock(StockDesk desk) {
        return task -> desk.release(caseNumber(task));
    }

    @Bean
    JavaDelegate giveUpReservation(StockDesk desk) {
        return task -> desk.release(caseNumber(task));
    }

    @Bean
    JavaDelegate settleExchange(SettlementDesk desk) {
        return task -> {
            task.setVariable("payoutOutcome", "NONE");
            task.setVariable(SETTLEMENT, desk.settle(caseNumber(task)).name());
        };
    }

    @Bean
    JavaDelegate quoteDifference(SettlementDesk desk) {
        return task -> setDueAt(task, desk.quote(caseNumber(task)).dueAt());
    }

    @Bean
    JavaDelegate recordDifference(SettlementDesk desk) {
        return task -> desk.recordDifference(caseNumber(task));
    }

    @Bean
    JavaDelegate refundInstead(SettlementDesk desk) {
        return task -> task.setVariable(
                SETTLEMENT, desk.refundInstead(caseNumber(task)).name());
    }

    @Bean
    JavaDelegate shipReplacement(ReplacementDesk desk) {
        return task -> desk.ship(caseNumber(task));
    }

    @Bean
    JavaDelegate announceReplacement(ReplacementDesk desk) {
        return task -> setDueAt(task, desk.announce(caseNumber(task)).dueAt());
    }

    @Bean
    JavaDelegate recordDelivery(ReplacementDesk desk) {
        return task -> {
            desk.recordDelivery(caseNumber(task), true);
            task.setVariable(OUTCOME, "DELIVERED");
        };
    }

    @Bean
    JavaDelegate confirmDelivery(ReplacementDesk desk) {
        return task -> {
            desk.recordDelivery(caseNumber(task), false);
            task.setVariable(OUTCOME, "CONFIRMED");
        };
    }

    private static void setDueAt(DelegateExecution task, Instant dueAt) {
        task.setVariable("dueAt", Date.from(dueAt));
    }

    private static String caseNumber(DelegateExecution task) {
        return task.getProcessBusinessKey();
    }
}
