package io.aftersale.goods;

import io.aftersale.cases.CaseForms;
import io.aftersale.cases.Due;
import io.aftersale.logistics.Dispatcher;
import io.aftersale.logistics.Movement;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process asks of the desks for goods on their way back, and the few variables that it reads. */
@Configuration(proxyBeanMethods = false)
class GoodsTasks {
    private static final String OUTCOME = "goodsOutcome";

    @Bean
    JavaDelegate authorizeReturn(ReturnDesk desk) {
        return task -> {
            setDueAt(task, desk.authorize(caseNumber(task)));
            task.setVariable("checkedBy", desk.checkedBy(caseNumber(task)));
        };
    }

    @Bean
    JavaDelegate recordShipment(ReturnDesk desk) {
        return task -> {
            Due due = desk.recordShipment(caseNumber(task));
            task.setVariable("receiptConsequence", due.consequence());
            setDueAt(task, due);
        };
    }

    @Bean
    JavaDelegate recordReceipt(ReturnDesk desk) {
        return task -> desk.recordReceipt(caseNumber(task));
    }

    @Bean
    JavaDelegate handToTechnician(ReturnDesk desk) {
        return task -> {
            desk.handToTechnician(caseNumber(task));
            task.setVariable(OUTCOME, "RECEIVED");
        };
    }

    @Bean
    JavaDelegate expireReturn(ReturnDesk desk) {
        return task -> {
            desk.expire(caseNumber(task));
            task.setVariable(OUTCOME, "EXPIRED");
        };
    }

    @Bean
    JavaDelegate withdrawReturn(ReturnDesk desk) {
        return task -> {
            desk.withdraw(caseNumber(task));
            task.setVariable(OUTCOME, "WITHDRAWN");
        };
    }

    @Bean
    JavaDelegate recordAllowance(AllowanceDesk desk) {
        return task -> {
            desk.record(caseNumber(task));
            task.setVariable(OUTCOME, "KEPT");
        };
    }

    @Bean
    JavaDelegate requestInspection(InspectionDesk desk) {
        return task -> setDueAt(task, desk.request(caseNumber(task)));
    }

    @Bean
    JavaDelegate escalateInspection(InspectionDesk desk) {
        return task -> {
            desk.escalate(caseNumber(task));
            var tasks = task.getProcessEngineServices().getTaskService();
            tasks.createTaskQuery()
                    .processInstanceId(task.getProcessInstanceId())
                    .taskDefinitionKey("Task_InspectGoods")
                    .list()
                    .forEach(open -> tasks.addCandidateGroup(open.getId(), "supervisors"));
        };
    }

    @Bean
    JavaDelegate assessGoods(InspectionDesk desk) {
        return task -> task.setVariable("assessment", desk.assess(caseNumber(task)));
    }

    @Bean
    JavaDelegate offerPartialAmount(InspectionDesk desk) {
        return task -> setDueAt(task, desk.offer(caseNumber(task)));
    }

    @Bean
    JavaDelegate acceptBySilence(InspectionDesk desk) {
        return task -> desk.acceptBySilence(caseNumber(task));
    }

    @Bean
    JavaDelegate overturnInspection(InspectionDesk desk) {
        return task -> desk.overturn(caseNumber(task));
    }

    @Bean
    JavaDelegate acceptAsReceived(AcceptanceDesk desk) {
        return task -> {
            desk.acceptUnseen(caseNumber(task));
            task.setVariable(OUTCOME, AcceptanceDesk.ACCEPTED);
        };
    }

    @Bean
    JavaDelegate recordAcceptance(AcceptanceDesk desk) {
        return task -> task.setVariable(OUTCOME, desk.recordAcceptance(caseNumber(task)));
    }

    @Bean
    JavaDelegate disposeGoods(Dispatcher dispatcher) {
        return task -> dispatcher.putAway(caseNumber(task));
    }

    @Bean
    JavaDelegate returnRefusedGoods(Dispatcher dispatcher) {
        return task -> dispatcher.send(caseNumber(task), Movement.RETURN_TO_BUYER);
    }

    @Bean
    TaskListener showReturn(CaseForms forms, ReturnView view) {
        return task -> {
            String number = task.getExecution().getProcessBusinessKey();
            Instant dueAt = task.getDueDate() == null ? null : task.getDueDate().toInstant();
            var shown = forms.show(number, dueAt);
            shown.texts().forEach(task::setVariableLocal);
            task.setVariableLocal("caseView", SpinValues.jsonValue(shown.json()).create());
            task.setVariableLocal(
                    "returnView", SpinValues.jsonValue(view.parcel(number)).create());
            task.setVariableLocal(
                    "inspection", SpinValues.jsonValue(view.toCount(number)).create());
        };
    }

    private static void setDueAt(DelegateExecution task, Due due) {
        task.setVariable("dueAt", Date.from(due.dueAt()));
    }

    private static String caseNumber(DelegateExecution task) {
        return task.getProcessBusinessKey();
    }
}
