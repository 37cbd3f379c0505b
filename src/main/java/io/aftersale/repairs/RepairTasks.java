package io.aftersale.repairs;

import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Due;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process asks of the desks for repairs, and the few variables that it reads. */
@Configuration(proxyBeanMethods = false)
class RepairTasks {
    private static final String TERMS = "repairTerms";

    @Bean
    JavaDelegate requestDiagnosis(RepairDesk desk) {
        return task -> setDueAt(task, desk.requestDiagnosis(caseNumber(task)));
    }

    @Bean
    JavaDelegate escalateDiagnosis(RepairDesk desk) {
        return task -> {
            desk.escalateDiagnosis(caseNumber(task));
            offerToSupervisors(task, "Task_DiagnoseFault");
        };
    }

    @Bean
    JavaDelegate checkStock(StockCheck stock) {
        return task -> stock.ask(caseNumber(task));
    }

    @Bean
    JavaDelegate decideTerms(RepairDesk desk) {
        return task -> task.setVariable(TERMS, desk.decideTerms(caseNumber(task)));
    }

    @Bean
    JavaDelegate quoteRepair(QuoteDesk desk) {
        return task -> setDueAt(task, desk.quote(caseNumber(task)));
    }

    @Bean
    JavaDelegate requestQuotePayment(QuoteDesk desk) {
        return task -> setDueAt(task, desk.requestPayment(caseNumber(task)));
    }

    @Bean
    JavaDelegate startRepair(RepairDesk desk) {
        return task -> setDueAt(task, desk.start(caseNumber(task)));
    }

    @Bean
    JavaDelegate recordRepairDelay(RepairDesk desk) {
        return task -> {
            desk.recordDelay(caseNumber(task));
            offerToSupervisors(task, "Task_RepairGoods");
        };
    }

    @Bean
    JavaDelegate reviseTerms(RepairDesk desk) {
        return task -> task.setVariable(TERMS, desk.decideTerms(caseNumber(task)));
    }

    @Bean
    JavaDelegate convertToExchange(RepairDesk desk) {
        return task -> desk.convertToExchange(caseNumber(task));
    }

    @Bean
    JavaDelegate convertToRefund(RepairDesk desk) {
        return task -> {
            desk.convertToRefund(caseNumber(task));
            task.setVariable(TERMS, "RETURN");
        };
    }

    @Bean
    JavaDelegate prepareReturnTrip(ReturnTrip trip) {
        return task -> trip.prepare(caseNumber(task));
    }

    @Bean
    JavaDelegate sendToBuyer(ReturnTrip trip) {
        return task -> trip.send(caseNumber(task));
    }

    @Bean
    JavaDelegate recordDispatch(ReturnTrip trip) {
        return task -> setDueAt(task, trip.recordDispatch(caseNumber(task)));
    }

    @Bean
    JavaDelegate closeReturnTrip(ReturnTrip trip) {
        return task -> task.setVariable("repairResult", trip.close(caseNumber(task)));
    }

    @Bean
    TaskListener showRepair(CaseForms forms, RepairForms repairForms) {
        return task -> {
            String number = task.getExecution().getProcessBusinessKey();
            var shown = forms.show(
                    number, task.getDueDate() == null ? null : task.getDueDate().toInstant());
            shown.texts().forEach(task::setVariableLocal);
            show(task, "caseView", shown.json());
            show(task, "repairView", repairForms.show(number));
            show(task, "parts", repairForms.partsToFillIn());
        };
    }

    private static void show(DelegateTask task, String name, String json) {
        task.setVariableLocal(name, SpinValues.jsonValue(json).create());
    }

    private static void offerToSupervisors(DelegateExecution task, String open) {
        var tasks = task.getProcessEngineServices().getTaskService();
        tasks.createTaskQuery()
                .processInstanceId(task.getProcessInstanceId())
                .taskDefinitionKey(open)
                .list()
                .forEach(it -> tasks.addCandidateGroup(it.getId(), "supervisors"));
    }

    private static void setDueAt(DelegateExecution task, Due due) {
        task.setVariable("dueAt", Date.from(due.dueAt()));
    }

    private static String caseNumber(DelegateExecution task) {
        return task.getProcessBusinessKey();
    }
}
