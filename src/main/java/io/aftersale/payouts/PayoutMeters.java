package io.aftersale.payouts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Shows what the provider told us and what nobody could apply: events that still wait, that are about no payout of ours,
 * or that nobody can read. The last two are for people.
 */
@Component
class PayoutMeters implements MeterBinder {
    private static final List<String> STATES = List.of("RECEIVED", "UNKNOWN_PAYOUT", "UNREADABLE");

    private final PaymentInbox inbox;

    PayoutMeters(PaymentInbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String state : STATES) {
            Gauge.builder("aftersale.payment.events", inbox, all -> all.count(state))
                    .description("What the payment provider told us, by what became of it")
                    .tag("state", state)
                    .register(registry);
        }
    }
}
