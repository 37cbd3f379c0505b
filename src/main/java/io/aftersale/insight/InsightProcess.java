package io.aftersale.insight;

import io.aftersale.engine.OwnAuthority;
import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** Finds the tasks behind waits. It only asks the engine, and gives out nothing but where a task is opened. */
@Component
class InsightProcess implements TaskLinks {
    private static final String TASKLIST = "/camunda/app/tasklist/default/#/?task=";

    private final TaskService tasks;
    private final OwnAuthority authority;

    InsightProcess(TaskService tasks, OwnAuthority authority) {
        this.tasks = tasks;
        this.authority = authority;
    }

    @Override
    public Risk of(Risk risk) {
        List<Task> found = authority.call(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(risk.number())
                .taskDefinitionKey(risk.action())
                .listPage(0, 1));
        return found.isEmpty()
                ? risk
                : new Risk(
                        risk.number(),
                        risk.stage(),
                        risk.owner(),
                        risk.action(),
                        risk.dueAt(),
                        risk.overdue(),
                        risk.consequence(),
                        TASKLIST + found.get(0).getId());
    }
}
