package io.aftersale.cases;

import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the process asks of the case and audit desks: one verb for each service task of {@code audit} and the first of
 * every flow. A verb sets the few variables that gateways and timers read, and nothing else.
 */
@Configuration(proxyBeanMethods = false)
class CaseTasks {
    private static final String APPROVED = "APPROVED";
    private static final String REJECTED = "REJECTED";
    private static final String WITHDRAWN = "WITHDRAWN";

    @Bean
    JavaDelegate registerApplication(CaseProcess process) {
        return process::register;
    }

    @Bean
    JavaDelegate decideEligibility(CaseDesk desk) {
        return task -> task.setVariable("verdict", desk.judge(caseNumber(task)).value());
    }

    @Bean
    JavaDelegate approveByRule(AuditDesk desk) {
        return outcome(desk::approveByRule, APPROVED);
    }

    @Bean
    JavaDelegate rejectByRule(AuditDesk desk) {
        return task -> {
            desk.rejectByRule(caseNumber(task));
            awaitObjection(task, desk);
        };
    }

    @Bean
    JavaDelegate routeAudit(AuditDesk desk) {
        return task -> {
            var route = desk.route(caseNumber(task));
            task.setVariable("candidateGroup", route.candidateGroup());
            task.setVariable("approvals", (long) route.approvals());
            task.setVariable("priority", (long) route.priority());
            task.setVariable("reviewer", null);
            setAuditClock(task, route.due());
        };
    }

    @Bean
    JavaDelegate remindAuditors(AuditDesk desk, CaseProcess process) {
        return task -> {
            desk.remind(caseNumber(task));
            process.showChanges(caseNumber(task));
        };
    }

    @Bean
    JavaDelegate escalateAudit(AuditDesk desk, CaseProcess process) {
        return task -> {
            desk.escalateAudit(caseNumber(task));
            process.offerAudit(task, "supervisors");
            process.showChanges(caseNumber(task));
        };
    }

    @Bean
    JavaDelegate approveByTimeout(AuditDesk desk) {
        return outcome(desk::approveByTimeout, APPROVED);
    }

    @Bean
    JavaDelegate handAuditToSupervisors(AuditDesk desk) {
        return task -> {
            task.setVariable("candidateGroup", "supervisors");
            task.setVariable("reviewer", null);
            setAuditClock(task, desk.handToSupervisors(caseNumber(task), approvals(task)));
        };
    }

    @Bean
    JavaDelegate requestConfirmation(AuditDesk desk) {
        return task -> setDueAt(task, desk.requestConfirmation(caseNumber(task)));
    }

    @Bean
    JavaDelegate escalateConfirmation(AuditDesk desk, CaseProcess process) {
        return task -> {
            desk.escalateConfirmation(caseNumber(task));
            process.giveBack(task, "Task_ConfirmAudit");
            process.showChanges(caseNumber(task));
        };
    }

    @Bean
    JavaDelegate recordApproval(AuditDesk desk) {
        return outcome(desk::recordApproval, APPROVED);
    }

    @Bean
    JavaDelegate recordRejection(AuditDesk desk) {
        return task -> {
            desk.recordRejection(caseNumber(task));
            awaitObjection(task, desk);
        };
    }

    @Bean
    JavaDelegate askForEvidence(AuditDesk desk) {
        return task -> setDueAt(task, desk.askForEvidence(caseNumber(task)));
    }

    @Bean
    JavaDelegate resumeAudit(AuditDesk desk) {
        return task -> {
            var resumed = desk.resume(caseNumber(task), (String) task.getVariable("candidateGroup"), approvals(task));
            task.setVariable("reviewer", resumed.reviewer());
            setAuditClock(task, resumed.due());
        };
    }

    @Bean
    JavaDelegate openDispute(AuditDesk desk) {
        return task -> {
            task.setVariable("priority", AuditDesk.DISPUTE_PRIORITY);
            setDueAt(task, desk.openDispute(caseNumber(task)));
        };
    }

    @Bean
    JavaDelegate escalateArbitration(AuditDesk desk, CaseProcess process) {
        return task -> {
            desk.escalateArbitration(caseNumber(task));
            process.giveBack(task, "Task_ArbitrateDispute");
            process.showChanges(caseNumber(task));
        };
    }

    @Bean
    JavaDelegate overturnRejection(AuditDesk desk) {
        return outcome(desk::overturn, APPROVED);
    }

    @Bean
    JavaDelegate upholdRejection(AuditDesk desk) {
        return outcome(desk::uphold, REJECTED);
    }

    @Bean
    JavaDelegate registerAmendment(CaseProcess process) {
        return process::amend;
    }

    @Bean
    JavaDelegate recordWithdrawal(AuditDesk desk) {
        return outcome(desk::withdraw, WITHDRAWN);
    }

    @Bean
    TaskListener showCase(CaseForms forms) {
        return task -> show(task, forms.show(task.getExecution().getProcessBusinessKey(), instant(task.getDueDate())));
    }

    private static void show(DelegateTask task, CaseForms.Shown shown) {
        shown.texts().forEach(task::setVariableLocal);
        task.setVariableLocal("caseView", SpinValues.jsonValue(shown.json()).create());
    }

    private static JavaDelegate outcome(Consumer<String> verb, String auditOutcome) {
        return task -> {
            verb.accept(caseNumber(task));
            task.setVariable("auditOutcome", auditOutcome);
        };
    }

    private static void awaitObjection(DelegateExecution task, AuditDesk desk) {
        task.setVariable("auditOutcome", REJECTED);
        setDueAt(task, desk.openObjection(caseNumber(task)));
    }

    private static void setAuditClock(DelegateExecution task, Due due) {
        setDueAt(task, due);
        task.setVariable("remindAt", date(due.remindAt() == null ? due.dueAt() : due.remindAt()));
        task.setVariable("escalateAt", date(due.escalateAt() == null ? due.dueAt() : due.escalateAt()));
        task.setVariable("auditConsequence", due.consequence());
    }

    private static void setDueAt(DelegateExecution task, Due due) {
        task.setVariable("dueAt", date(due.dueAt()));
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }

    private static Date date(Instant instant) {
        return Date.from(instant);
    }

    private static int approvals(DelegateExecution task) {
        return ((Number) task.getVariable("approvals")).intValue();
    }

    private static String caseNumber(DelegateExecution task) {
        return task.getProcessBusinessKey();
    }
}
