package io.aftersale.callbacks;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hands what others told us to the handler of its sender, each sender on a thread of its own, so that one whose events
 * take long delays nobody else. An event that cannot be applied now is tried again, at most a quarter of an hour later;
 * none is dropped. Several of these, on several machines, do not disturb each other.
 */
@Component
class CallbackWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackWorker.class);
    private static final int BATCH = 32;
    private static final long TAKEN_SECONDS = 60;
    private static final long LONGEST_PAUSE_SECONDS = 900;
    private static final long LOOK_AGAIN_SECONDS = 5;

    private final CallbackInbox inbox;
    private final List<CallbackHandler> handlers;
    private final Clock clock;
    private volatile Map<String, ScheduledExecutorService> threads;

    CallbackWorker(CallbackInbox inbox, List<CallbackHandler> handlers, Clock clock) {
        this.inbox = inbox;
        this.handlers = handlers;
        this.clock = clock;
    }

    /** Something has come in; look now instead of later. */
    void wake(String sender) {
        var running = threads;
        if (running != null) {
            try {
                running.get(sender).execute(() -> handlerOf(sender).ifPresent(this::applyAll));
            } catch (RejectedExecutionException stopping) {
                LOG.debug("Stopping; the event is applied after the next start");
            }
        }
    }

    private Optional<CallbackHandler> handlerOf(String sender) {
        return handlers.stream().filter(it -> it.sender().equals(sender)).findFirst();
    }

    /** Applies what is due of a sender, oldest first. */
    void applyAll(CallbackHandler handler) {
        try {
            var due = inbox.due(handler.sender(), BATCH);
            while (!due.isEmpty()) {
                due.forEach(event -> applyOne(handler, event));
                due = inbox.due(handler.sender(), BATCH);
            }
        } catch (RuntimeException databaseGone) {
            LOG.warn("The inbox cannot be read now: {}", databaseGone.getMessage());
        }
    }

    private void applyOne(CallbackHandler handler, Callback event) {
        if (!inbox.take(event, TAKEN_SECONDS)) {
            return;
        }
        try {
            var heard = handler.apply(event);
            if (!heard.isOurs()) {
                LOG.warn("Event {} of {}: {}", event.eventId(), event.sender(), heard.note());
            }
            inbox.done(event, heard.isOurs() ? "APPLIED" : "UNKNOWN", heard.note(), clock.instant());
        } catch (RuntimeException notNow) {
            long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(event.tries(), 10));
            LOG.info("Event {} of {} is applied later: {}", event.eventId(), event.sender(), notNow.toString());
            inbox.postpone(event, notNow.getClass().getSimpleName(), pause);
        }
    }

    @Override
    public void start() {
        var started = new HashMap<String, ScheduledExecutorService>();
        for (CallbackHandler handler : handlers) {
            var thread = Executors.newSingleThreadScheduledExecutor(
                    work -> new Thread(work, "events-of-" + handler.sender()));
            thread.scheduleWithFixedDelay(() -> applyAll(handler), 0, LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
            started.put(handler.sender(), thread);
        }
        threads = started;
    }

    @Override
    public void stop() {
        var running = threads.values();
        threads = null;
        running.forEach(ScheduledExecutorService::shutdown);
        try {
            for (var thread : running) {
                if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
                    thread.shutdownNow();
                }
            }
        } catch (InterruptedException hurried) {
            running.forEach(ScheduledExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return threads != null;
    }
}
