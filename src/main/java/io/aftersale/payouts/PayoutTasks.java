package io.aftersale.payouts;

import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process asks of the payout desk and of the teller. */
@Configuration(proxyBeanMethods = false)
class PayoutTasks {
    @Bean
    JavaDelegate reserveRefund(PayoutDesk desk) {
        // Transient: the list only fans the payouts out in this very transaction and is never stored.
        return task -> task.setVariable("payoutIds", Variables.untypedValue(desk.reserve(caseNumber(task)), true));
    }

    @Bean
    JavaDelegate issueRefund(Teller teller) {
        return task -> teller.issue(caseNumber(task), payoutId(task));
    }

    @Bean
    JavaDelegate queryRefund(Teller teller) {
        return task -> teller.query(caseNumber(task), payoutId(task));
    }

    @Bean
    JavaDelegate stopRefund(Teller teller) {
        return task -> teller.stop(caseNumber(task), payoutId(task));
    }

    @Bean
    JavaDelegate readOutcome(PayoutDesk desk) {
        return task -> {
            var reading = desk.read(caseNumber(task), payoutId(task));
            task.setVariableLocal("refundOutcome", reading.outcome().name());
            if (reading.outcome() == PayoutDesk.Outcome.OPEN) {
                task.setVariableLocal("nextCheckAt", Date.from(reading.nextCheckAt()));
                task.setVariableLocal("giveUpAt", Date.from(reading.giveUpAt()));
            }
        };
    }

    @Bean
    JavaDelegate referPayout(PayoutDesk desk) {
        return task -> {
            task.setVariableLocal("financeDueAt", Date.from(desk.refer(caseNumber(task), payoutId(task))));
            task.setVariableLocal("settleDecision", null);
        };
    }

    @Bean
    JavaDelegate escalatePayout(PayoutDesk desk, PayoutProcess process) {
        return task -> {
            desk.escalate(caseNumber(task));
            process.offer(task, payoutId(task), "supervisors");
        };
    }

    @Bean
    JavaDelegate closePayout(PayoutDesk desk) {
        return task -> task.setVariableLocal(
                "refundOutcome",
                desk.close(caseNumber(task), payoutId(task)).outcome().name());
    }

    @Bean
    JavaDelegate concludePayout(PayoutDesk desk) {
        return task -> task.setVariable("payoutOutcome", desk.conclude(caseNumber(task)));
    }

    @Bean
    TaskListener showPayout(PayoutView view) {
        return task -> {
            String payoutId = (String) task.getVariable("payoutId");
            Instant dueAt = ((Date) task.getVariable("financeDueAt")).toInstant();
            view.card(payoutId, dueAt).forEach(task::setVariableLocal);
            task.setVariableLocal(
                    "payoutView",
                    SpinValues.jsonValue(view.sheet(payoutId, dueAt)).create());
        };
    }

    private static String caseNumber(DelegateExecution task) {
        return task.getProcessBusinessKey();
    }

    private static String payoutId(DelegateExecution task) {
        return (String) task.getVariable("payoutId");
    }
}
