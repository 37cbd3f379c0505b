package io.aftersale.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * How the engine runs here: retries that wait, money before reminders, timers found by their due date, no history
 * without an end, and on every diagram the listeners that read its status and view
 * properties.
 */
class EngineSettings extends AbstractProcessEnginePlugin {
    private final Supplier<List<StatusBoard>> boards;
    private final Function<String, TaskListener> views;

    /** @param views gives the task listener of a name, or null where there is none */
    EngineSettings(Supplier<List<StatusBoard>> boards, Function<String, TaskListener> views) {
        this.boards = boards;
        this.views = views;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setFailedJobRetryTimeCycle("PT10S,PT1M,PT5M,PT15M,PT1H");
        engine.setJobExecutorPreferTimerJobs(false);
        engine.setJobExecutorAcquireByPriority(true);
        engine.setJobExecutorAcquireByDueDate(true);
        engine.setEnsureJobDueDateNotNull(true);
        engine.setHistoryEventHandler(new StepHistory());
        engine.setTaskMetricsEnabled(false);
        engine.setHistoryTimeToLive("P1200D");
        engine.setHistoryCleanupBatchWindowStartTime("03:00");
        engine.setHistoryCleanupBatchWindowEndTime("05:00");
        engine.setHistoryRemovalTimeStrategy(ProcessEngineConfigurationImpl.HISTORY_REMOVAL_TIME_STRATEGY_START);
        var listeners =
                Optional.ofNullable(engine.getCustomPostBPMNParseListeners()).orElseGet(ArrayList::new);
        listeners.add(new StatusListener(boards));
        listeners.add(new TaskViews(views));
        engine.setCustomPostBPMNParseListeners(listeners);
        var deployers = Optional.ofNullable(engine.getCustomPreDeployers()).orElseGet(ArrayList::new);
        deployers.add(new ModelsForAll());
        engine.setCustomPreDeployers(deployers);
    }
}
