package io.aftersale.payouts;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Applies what the payment provider told us: first to our record, committed, then to the process that waits for it. An
 * event that cannot be applied now is tried again, at most a quarter of an hour later; none is dropped. Several of
 * these, on several machines, do not disturb each other.
 */
@Component
class PaymentEventWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentEventWorker.class);
    private static final int BATCH = 32;
    private static final long TAKEN_SECONDS = 60;
    private static final long LONGEST_PAUSE_SECONDS = 900;
    private static final long LOOK_AGAIN_SECONDS = 5;

    private final PaymentInbox inbox;
    private final Payouts payouts;
    private final Teller teller;
    private final PayoutProcess process;
    private final Clock clock;
    private volatile ScheduledExecutorService thread;

    PaymentEventWorker(PaymentInbox inbox, Payouts payouts, Teller teller, PayoutProcess process, Clock clock) {
        this.inbox = inbox;
        this.payouts = payouts;
        this.teller = teller;
        this.process = process;
        this.clock = clock;
    }

    /** Something has come in; look now instead of later. */
    void wake() {
        var running = thread;
        if (running != null) {
            try {
                running.execute(this::applyAll);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("Stopping; the event is applied after the next start");
            }
        }
    }

    /** Applies what is due, oldest first. */
    void applyAll() {
        try {
            var due = inbox.due(BATCH);
            while (!due.isEmpty()) {
                due.forEach(this::applyOne);
                due = inbox.due(BATCH);
            }
        } catch (RuntimeException databaseGone) {
            LOG.warn("The inbox cannot be read now: {}", databaseGone.getMessage());
        }
    }

    private void applyOne(PaymentEvent event) {
        if (!inbox.take(event, TAKEN_SECONDS)) {
            return;
        }
        try {
            apply(event);
        } catch (RuntimeException notNow) {
            long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(event.tries(), 10));
            LOG.info("Event {} is applied later: {}", event.eventId(), notNow.toString());
            inbox.postpone(event, notNow.getClass().getSimpleName(), pause);
        }
    }

    private void apply(PaymentEvent event) {
        var payout = payouts.find(event.payoutId());
        if (payout.isEmpty()) {
            LOG.warn("Event {} is about {}, which is no payout of ours", event.eventId(), event.payoutId());
            inbox.done(event, "UNKNOWN_PAYOUT", "no such payout", clock.instant());
            return;
        }
        teller.hear(payout.get(), event);
        Payout now = payouts.find(event.payoutId()).orElseThrow();
        boolean isWoken = now.isNews() && process.wake(now);
        String note = "was " + payout.get().status() + ", is " + now.status() + (isWoken ? ", process told" : "");
        inbox.done(event, "APPLIED", note, clock.instant());
    }

    @Override
    public void start() {
        thread = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "payment-events"));
        thread.scheduleWithFixedDelay(this::applyAll, 0, LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        running.shutdown();
        try {
            if (!running.awaitTermination(20, TimeUnit.SECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
