package io.aftersale.engine;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.stereotype.Component;

/**
 * Lets the house do with the engine what its caller has no right to do directly, such as reading a decision table or
 * passing on an event. Whoever uses it has checked the caller's rights itself.
 */
@Component
public class OwnAuthority {
    private final IdentityService identities;

    OwnAuthority(IdentityService identities) {
        this.identities = identities;
    }

    public <T> T call(Supplier<T> action) {
        var caller = identities.getCurrentAuthentication();
        identities.clearAuthentication();
        try {
            return action.get();
        } finally {
            if (caller != null) {
                identities.setAuthentication(caller);
            }
        }
    }

    /** The same for one merchant: what begins meanwhile is this merchant's. */
    public <T> T callFor(String merchantId, Supplier<T> action) {
        var caller = identities.getCurrentAuthentication();
        identities.setAuthentication(null, null, List.of(merchantId));
        try {
            return action.get();
        } finally {
            if (caller == null) {
                identities.clearAuthentication();
            } else {
                identities.setAuthentication(caller);
            }
        }
    }

    public void run(Runnable action) {
        call(() -> {
            action.run();
            return null;
        });
    }
}
