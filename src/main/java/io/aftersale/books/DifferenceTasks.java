package io.aftersale.books;

import java.util.Date;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process of a difference between the books asks of its desk. The business key is the difference's own number. */
@Configuration(proxyBeanMethods = false)
class DifferenceTasks {
    @Bean
    JavaDelegate requestExplanation(DifferenceDesk desk) {
        return task -> task.setVariable("dueAt", Date.from(desk.request()));
    }

    @Bean
    JavaDelegate escalateExplanation() {
        return task -> {
            var tasks = task.getProcessEngineServices().getTaskService();
            tasks.createTaskQuery()
                    .processInstanceId(task.getProcessInstanceId())
                    .taskDefinitionKey(ExplainAnswers.TASK)
                    .list()
                    .forEach(open -> tasks.addCandidateGroup(open.getId(), "supervisors"));
        };
    }

    @Bean
    TaskListener showDifference(DifferenceView view) {
        return task -> {
            String number = task.getExecution().getProcessBusinessKey();
            var dueAt = task.getDueDate().toInstant();
            view.card(number, dueAt).forEach(task::setVariableLocal);
            task.setVariableLocal(
                    "differenceView",
                    SpinValues.jsonValue(view.sheet(number, dueAt)).create());
        };
    }
}
