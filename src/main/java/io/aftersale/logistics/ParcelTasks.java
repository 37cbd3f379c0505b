package io.aftersale.logistics;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process of a parcel that nobody knows asks of its desk. The business key is the parcel's own number. */
@Configuration(proxyBeanMethods = false)
class ParcelTasks {
    @Bean
    JavaDelegate openSearch(ParcelDesk desk) {
        return task -> task.setVariable("dueAt", Date.from(desk.request()));
    }

    @Bean
    JavaDelegate escalateSearch() {
        return task -> {
            var tasks = task.getProcessEngineServices().getTaskService();
            tasks.createTaskQuery()
                    .processInstanceId(task.getProcessInstanceId())
                    .taskDefinitionKey(IdentifyAnswers.TASK)
                    .list()
                    .forEach(open -> tasks.addCandidateGroup(open.getId(), "supervisors"));
        };
    }

    @Bean
    JavaDelegate assignParcel(ParcelDesk desk) {
        return task -> desk.assign(number(task));
    }

    @Bean
    TaskListener showParcel(ParcelView view) {
        return task -> {
            String number = task.getExecution().getProcessBusinessKey();
            var dueAt = task.getDueDate().toInstant();
            view.card(number, dueAt).forEach(task::setVariableLocal);
            task.setVariableLocal(
                    "parcelView",
                    SpinValues.jsonValue(view.sheet(number, dueAt)).create());
        };
    }

    private static String number(DelegateExecution task) {
        return task.getProcessBusinessKey();
    }
}
