package io.aftersale.engine;

import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * Shows people at work what has changed since their task was made: evidence that came, time that was given. A form reads
 * one document that is made with its task; this makes it anew, by the same view. It moves no process and answers nothing.
 */
@Component
public class ShownTasks {
    private final ProcessEngineConfigurationImpl engine;
    private final TaskService tasks;
    private final OwnAuthority authority;

    ShownTasks(ProcessEngineConfigurationImpl engine, TaskService tasks, OwnAuthority authority) {
        this.engine = engine;
        this.tasks = tasks;
        this.authority = authority;
    }

    /** Makes the views of all open tasks of a business key anew. The caller holds the lock of its case. */
    public void refresh(String businessKey) {
        authority.run(() -> {
            List<String> open = tasks.createTaskQuery().processInstanceBusinessKey(businessKey).list().stream()
                    .map(Task::getId)
                    .toList();
            engine.getCommandExecutorTxRequired().execute(context -> {
                open.forEach(id -> show(id, context));
                return null;
            });
        });
    }

    private static void show(String taskId, CommandContext context) {
        TaskEntity task = context.getTaskManager().findTaskById(taskId);
        if (task == null || task.getTaskDefinition() == null) {
            return;
        }
        var views = task.getTaskDefinition().getTaskListenersForEvent(TaskViews.VIEW);
        if (views != null) {
            views.forEach(view -> view.notify(task));
        }
    }
}
