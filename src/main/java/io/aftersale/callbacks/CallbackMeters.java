package io.aftersale.callbacks;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Shows what senders told us and what nobody could apply: events that still wait, that are about nothing of ours, or
 * that nobody can read. The last two are for people.
 */
@Component
class CallbackMeters implements MeterBinder {
    private static final List<String> STATES = List.of("RECEIVED", "UNKNOWN", "UNREADABLE");

    private final CallbackInbox inbox;
    private final List<CallbackHandler> handlers;

    CallbackMeters(CallbackInbox inbox, List<CallbackHandler> handlers) {
        this.inbox = inbox;
        this.handlers = handlers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (CallbackHandler handler : handlers) {
            for (String state : STATES) {
                Gauge.builder("aftersale.callbacks", inbox, all -> all.count(handler.sender(), state))
                        .description("What senders told us, by what became of it")
                        .tag("sender", handler.sender())
                        .tag("state", state)
                        .register(registry);
            }
        }
    }
}
