package io.aftersale.reviews;

import io.aftersale.reviews.ReviewRuns.Run;
import io.aftersale.reviews.ReviewRuns.Step;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the process asks of the desk of reviews: one verb for each service task of {@code review}. A verb sets the few
 * variables that gateways and timers read; no words and no stars are among them.
 */
@Configuration(proxyBeanMethods = false)
class ReviewTasks {
    private static final String MODERATION = "moderation";

    @Bean
    JavaDelegate registerReview(ReviewProcess process) {
        return process::register;
    }

    @Bean
    JavaDelegate inviteReview(ReviewProcess process, ReviewDesk desk) {
        return task -> setDueAt(task, desk.awaitReview(process.run(task, Step.INVITE)));
    }

    @Bean
    JavaDelegate closeInvitation(ReviewProcess process, ReviewDesk desk) {
        return task -> desk.closeInvitation(run(process, task));
    }

    @Bean
    JavaDelegate scanReview(ReviewProcess process, ReviewDesk desk) {
        return task -> desk.scan(run(process, task));
    }

    @Bean
    JavaDelegate decideModeration(ReviewProcess process, ReviewDesk desk) {
        return task -> task.setVariable(MODERATION, desk.decide(run(process, task)));
    }

    @Bean
    JavaDelegate requestModeration(ReviewProcess process, ReviewDesk desk) {
        return task -> setDueAt(
                task, desk.await(process.run(task, Step.LOOK), MODERATION, "moderators", "Task_ModerateReview", null));
    }

    @Bean
    JavaDelegate escalateModeration(ReviewProcess process, ReviewDesk desk) {
        return task -> {
            desk.escalate(run(process, task));
            process.offerModeration(task, "supervisors");
        };
    }

    @Bean
    JavaDelegate askEdit(ReviewProcess process, ReviewDesk desk) {
        return task -> {
            setDueAt(task, desk.askEdit(run(process, task)));
            task.setVariable(MODERATION, "MODERATE");
        };
    }

    @Bean
    JavaDelegate publishReview(ReviewProcess process, ReviewDesk desk) {
        return task -> desk.publish(run(process, task));
    }

    @Bean
    JavaDelegate hideReview(ReviewProcess process, ReviewDesk desk) {
        return task -> desk.hide(process.run(task, Step.HIDE));
    }

    @Bean
    JavaDelegate restoreReview(ReviewProcess process, ReviewDesk desk) {
        return task -> desk.restore(process.run(task, Step.RESTORE));
    }

    @Bean
    JavaDelegate recordReviewWithdrawal(ReviewProcess process, ReviewDesk desk) {
        return task -> desk.withdraw(process.run(task, Step.WITHDRAW));
    }

    @Bean
    TaskListener showReview(ReviewForms forms) {
        return task -> {
            Instant dueAt = task.getDueDate() == null ? null : task.getDueDate().toInstant();
            var shown = forms.show(task.getProcessInstanceId(), dueAt);
            shown.texts().forEach(task::setVariableLocal);
            task.setVariableLocal(
                    "reviewView", SpinValues.jsonValue(shown.json()).create());
        };
    }

    private static Run run(ReviewProcess process, DelegateExecution task) {
        return process.run(task, Step.WRITE);
    }

    private static void setDueAt(DelegateExecution task, Instant dueAt) {
        task.setVariable("dueAt", Date.from(dueAt));
    }
}
