package io.aftersale.engine;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cmd.AbstractAddIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetTaskPropertyCmd;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CreateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.EvaluateStartConditionCmd;
import org.camunda.bpm.engine.impl.cmd.GetDeployedProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.PatchExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.PatchTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.SaveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SetExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SignalEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/**
 * Stands before every command that a caller gives the engine, whatever door it came through, inside its transaction and
 * before anything is written. A task is answered by its assignee alone, with what the room of the task takes and nothing
 * else; tasks change hands only by claiming and giving back; nobody starts a flow in its middle. Commands that the flow
 * itself gives while it runs pass, and so does the house acting on its own authority. Belongs to the hardening classes.
 */
class TaskGuard extends CommandInterceptor {
    /** Ways around the flow that nobody has, administrators included. */
    private static final Set<Class<?>> CLOSED = Set.of(
            ResolveTaskCmd.class,
            DelegateTaskCmd.class,
            HandleTaskBpmnErrorCmd.class,
            HandleTaskEscalationCmd.class,
            CreateTaskCmd.class,
            DeleteTaskCmd.class,
            SetExecutionVariablesCmd.class,
            RemoveExecutionVariablesCmd.class,
            PatchExecutionVariablesCmd.class,
            SetTaskVariablesCmd.class,
            RemoveTaskVariablesCmd.class,
            PatchTaskVariablesCmd.class,
            MessageEventReceivedCmd.class,
            SignalCmd.class,
            SignalEventReceivedCmd.class,
            EvaluateStartConditionCmd.class,
            RestartProcessInstancesCmd.class);

    /** Repairs that administrators may make and others may not. */
    private static final List<Class<?>> REPAIRS = List.of(
            AbstractSetTaskPropertyCmd.class,
            AbstractAddIdentityLinkCmd.class,
            DeleteIdentityLinkCmd.class,
            SaveTaskCmd.class);

    private static final String FIND_TASK = "select ID_ from ACT_RU_TASK where ID_ = ?";

    private final Supplier<Map<String, TaskAnswers>> answers;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    TaskGuard(Supplier<Map<String, TaskAnswers>> answers) {
        this.answers = answers;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (inside.get()) {
            return next.execute(command);
        }
        inside.set(true);
        try {
            return guard(command);
        } finally {
            inside.remove();
        }
    }

    private <T> T guard(Command<T> command) {
        CommandContext context = Context.getCommandContext();
        Authentication caller = context.getAuthentication();
        boolean known = caller != null && caller.getUserId() != null;
        if (known) {
            if (isOwnReturn(command, context, caller)) {
                return context.runWithoutAuthorization(() -> next.execute(command));
            }
            refuseWhatGoesAround(command, caller);
            refuseStartsInTheMiddle(command, context);
        }
        if (command instanceof CompleteTaskCmd || command instanceof SubmitTaskFormCmd) {
            answer(command, context, known ? caller : null);
        }
        return next.execute(command);
    }

    private void answer(Command<?> command, CommandContext context, Authentication caller) {
        String taskId = TaskCommands.taskOf(command);
        TaskAnswer given;
        try {
            given = read(command, context, caller);
        } catch (NullPointerException | AuthorizationException stumbled) {
            // The engine stumbles over a case that somebody ends while it is being read, or finds no right to it.
            if (isThere(taskId, context, "")) {
                throw stumbled;
            }
            throw gone();
        }
        TaskAnswers room = answers.get().get(given.task());
        if (room == null && caller != null) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "Nothing here takes the answer to this task.");
        }
        if (room != null) {
            TaskCommands.answer(command, room.take(given));
        }
        // Of several answers at the same moment one is taken; the others wait for it here, find the task gone and are
        // undone. The room comes first because it locks its case: whoever else ends a task locks in this order too.
        if (!isThere(taskId, context, " for update")) {
            throw gone();
        }
    }

    private static TaskAnswer read(Command<?> command, CommandContext context, Authentication caller) {
        TaskEntity task = find(TaskCommands.taskOf(command), context, caller);
        if (caller != null) {
            context.getProcessEngineConfiguration()
                    .getCommandCheckers()
                    .forEach(checker -> checker.checkTaskWork(task));
            if (!caller.getUserId().equals(task.getAssignee())) {
                throw new Problem(
                        ProblemCode.TASK_NOT_YOURS,
                        task.getAssignee() == null
                                ? "Please claim the task before you answer it."
                                : "The task is in somebody else's hands.");
            }
        }
        return TaskCommands.read(command, task);
    }

    /** Asks the database and not what the engine remembers of this transaction. */
    private static boolean isThere(String taskId, CommandContext context, String lock) {
        Connection connection = context.getDbSqlSession().getSqlSession().getConnection();
        try (PreparedStatement select = connection.prepareStatement(FIND_TASK + lock)) {
            select.setString(1, taskId);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException busy) {
            throw new Problem(ProblemCode.CONCURRENT_CHANGE, "Somebody else is answering the task at this moment.");
        }
    }

    /** A task of another merchant is as good as none, and so is one that somebody else is just completing. */
    private static TaskEntity find(String taskId, CommandContext context, Authentication caller) {
        TaskEntity task = taskId == null ? null : context.getTaskManager().findTaskById(taskId);
        boolean foreign = task != null
                && caller != null
                && task.getTenantId() != null
                && !isAdministrator(caller)
                && (caller.getTenantIds() == null || !caller.getTenantIds().contains(task.getTenantId()));
        boolean going = task != null && task.getExecutionId() != null && task.getExecution() == null;
        if (task == null || foreign || going) {
            throw gone();
        }
        return task;
    }

    private static Problem gone() {
        return new Problem(ProblemCode.TASK_NOT_FOUND, "There is no such task, or it is done already.");
    }

    /** Giving a task back needs more rights than working on it; whoever holds it has them for this. */
    private static boolean isOwnReturn(Command<?> command, CommandContext context, Authentication caller) {
        if (!(command instanceof AssignTaskCmd) || TaskCommands.newAssignee(command) != null) {
            return false;
        }
        return caller.getUserId()
                .equals(find(TaskCommands.taskOf(command), context, caller).getAssignee());
    }

    private static void refuseWhatGoesAround(Command<?> command, Authentication caller) {
        if (CLOSED.contains(command.getClass())) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "A running case is moved by its flow alone.");
        }
        if (command instanceof ClaimTaskCmd && !Objects.equals(TaskCommands.claimer(command), caller.getUserId())) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "A task is claimed for oneself only.");
        }
        if (!isAdministrator(caller) && REPAIRS.stream().anyMatch(repair -> repair.isInstance(command))) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "A task is claimed, given back or answered, nothing else.");
        }
    }

    private static boolean isAdministrator(Authentication caller) {
        return caller.getGroupIds() != null && caller.getGroupIds().contains(Account.ADMINISTRATORS);
    }

    private static void refuseStartsInTheMiddle(Command<?> command, CommandContext context) {
        if (command instanceof StartProcessInstanceAtActivitiesCmd) {
            throw new Problem(ProblemCode.FIELD_UNKNOWN, "A flow starts at its beginning.")
                    .with("field", "startInstructions");
        }
        if (command instanceof StartProcessInstanceCmd || command instanceof SubmitStartFormCmd) {
            if (TaskCommands.businessKeyOf(command) != null) {
                throw new Problem(ProblemCode.FIELD_UNKNOWN, "The number of a case is made here.")
                        .with("field", "businessKey");
            }
            ProcessDefinitionEntity flow = flowOf(command, context);
            if (flow != null && !flow.isStartableInTasklist()) {
                throw new Problem(ProblemCode.NOT_ALLOWED, "This is a part of other flows and starts with them only.");
            }
        }
    }

    private static ProcessDefinitionEntity flowOf(Command<?> command, CommandContext context) {
        if (command instanceof SubmitStartFormCmd) {
            return context.getProcessEngineConfiguration()
                    .getDeploymentCache()
                    .findDeployedProcessDefinitionById(TaskCommands.flowOf(command));
        }
        return new GetDeployedProcessDefinitionCmd(TaskCommands.instantiation(command), false).execute(context);
    }
}
