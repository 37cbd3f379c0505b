package io.aftersale.logistics;

import io.aftersale.engine.OwnAuthority;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** What we tell the process: that there is a parcel that nobody knows, and that the shop has announced it after all. */
@Component
class ParcelProcess {
    private final RuntimeService runtime;
    private final OwnAuthority authority;

    ParcelProcess(RuntimeService runtime, OwnAuthority authority) {
        this.runtime = runtime;
        this.authority = authority;
    }

    void start(String number) {
        authority.run(() -> runtime.startProcessInstanceByKey("stray-parcel", number));
    }

    /** Somebody may be deciding about it at this very moment; they find it decided then. */
    void tellAnnounced(String number) {
        try {
            authority.run(() -> runtime.createMessageCorrelation("parcel-announced")
                    .processInstanceBusinessKey(number)
                    .correlate());
        } catch (MismatchingMessageCorrelationException done) {
            throw new IllegalStateException("The parcel " + number + " is just being identified", done);
        }
    }
}
