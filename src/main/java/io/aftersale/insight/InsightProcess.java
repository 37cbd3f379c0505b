package io.aftersale.insight;

import io.aftersale.engine.OwnAuthority;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * Finds the tasks behind waits, and what is behind a task. It only asks the engine, and gives out nothing but where a task
 * is opened and which number it is about.
 */
@Component
class InsightProcess implements TaskLinks, TaskNumbers {
    private static final String TASKLIST = "/camunda/app/tasklist/default/#/?task=";

    private final TaskService tasks;
    private final RuntimeService runtime;
    private final OwnAuthority authority;

    InsightProcess(TaskService tasks, RuntimeService runtime, OwnAuthority authority) {
        this.tasks = tasks;
        this.runtime = runtime;
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

    /** The engine itself is asked as the caller, so that nobody looks behind a task that they do not see. */
    @Override
    public Optional<String> numberBehind(String taskId) {
        return Optional.ofNullable(tasks.createTaskQuery().taskId(taskId).singleResult())
                .map(Task::getProcessInstanceId)
                .map(id -> authority.call(() -> runtime.createProcessInstanceQuery()
                        .processInstanceId(id)
                        .singleResult()))
                .map(ProcessInstance::getBusinessKey);
    }
}
