package io.aftersale.feedback;

import io.aftersale.engine.TaskAnswers;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process asks of the feedback desk, and the few variables that gateways, timers and tasks read. */
@Configuration(proxyBeanMethods = false)
class FeedbackTasks {
    private static final String ANSWER_TASK = "Task_AnswerFeedback";
    private static final String FOLLOW_UP_TASK = "Task_FollowUpDissatisfaction";
    private static final String GROUP = "candidateGroup";
    private static final String STEP = "feedbackStep";

    @Bean
    JavaDelegate registerFeedback(FeedbackProcess process) {
        return process::register;
    }

    @Bean
    JavaDelegate triageFeedback(FeedbackDesk desk) {
        return task -> {
            var opened = desk.triage(number(task));
            task.setVariable(STEP, opened.triage().nextStep());
            if (opened.promised() != null) {
                setTask(task, opened);
            }
        };
    }

    @Bean
    JavaDelegate remindAgents(FeedbackDesk desk) {
        return task -> desk.remind(number(task));
    }

    @Bean
    JavaDelegate escalateAnswer(FeedbackDesk desk) {
        return task -> {
            desk.escalate(number(task), FeedbackDesk.ANSWER);
            offerToSupervisors(task, ANSWER_TASK);
        };
    }

    @Bean
    JavaDelegate forwardFeedback(FeedbackDesk desk) {
        return task -> task.setVariable(GROUP, desk.forward(number(task), FeedbackDesk.ANSWER));
    }

    @Bean
    JavaDelegate recordAnswer(FeedbackDesk desk) {
        return task -> setDueAt(task, desk.recordAnswer(number(task)).due().dueAt());
    }

    @Bean
    JavaDelegate judgeSatisfaction(FeedbackDesk desk) {
        return task -> task.setVariable(STEP, desk.judge(number(task)));
    }

    @Bean
    JavaDelegate requestFollowUp(FeedbackDesk desk) {
        return task -> setTask(task, desk.requestFollowUp(number(task)));
    }

    @Bean
    JavaDelegate escalateFollowUp(FeedbackDesk desk) {
        return task -> {
            desk.escalate(number(task), FeedbackDesk.FOLLOW_UP);
            offerToSupervisors(task, FOLLOW_UP_TASK);
        };
    }

    @Bean
    JavaDelegate forwardFollowUp(FeedbackDesk desk) {
        return task -> task.setVariable(GROUP, desk.forward(number(task), FeedbackDesk.FOLLOW_UP));
    }

    @Bean
    JavaDelegate recordFollowUp(FeedbackDesk desk) {
        return task -> desk.recordFollowUp(number(task));
    }

    @Bean
    TaskListener showFeedback(FeedbackForms forms) {
        return task -> {
            var shown = forms.show(task.getExecution().getProcessBusinessKey());
            shown.texts().forEach(task::setVariableLocal);
            task.setVariableLocal(
                    "feedbackView", SpinValues.jsonValue(shown.json()).create());
        };
    }

    @Bean
    TaskAnswers repliesToFeedback(FeedbackDesk desk) {
        return new Replies(ANSWER_TASK, FeedbackDesk.ANSWER, desk);
    }

    @Bean
    TaskAnswers repliesToDissatisfaction(FeedbackDesk desk) {
        return new Replies(FOLLOW_UP_TASK, FeedbackDesk.FOLLOW_UP, desk);
    }

    private static void setTask(DelegateExecution task, FeedbackDesk.Opened opened) {
        var times = opened.promised().due();
        task.setVariable(GROUP, opened.triage().candidateGroup());
        task.setVariable("priority", opened.triage().priority());
        setDueAt(task, times.dueAt());
        task.setVariable("remindAt", Date.from(times.remindAt() == null ? times.dueAt() : times.remindAt()));
    }

    private static void setDueAt(DelegateExecution task, Instant dueAt) {
        task.setVariable("dueAt", Date.from(dueAt));
    }

    private static void offerToSupervisors(DelegateExecution task, String key) {
        var tasks = task.getProcessEngineServices().getTaskService();
        tasks.createTaskQuery()
                .processInstanceId(task.getProcessInstanceId())
                .taskDefinitionKey(key)
                .list()
                .forEach(open -> tasks.addCandidateGroup(open.getId(), "supervisors"));
    }

    private static String number(DelegateExecution task) {
        return task.getProcessBusinessKey();
    }
}
