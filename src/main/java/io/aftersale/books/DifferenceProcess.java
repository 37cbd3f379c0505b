package io.aftersale.books;

import io.aftersale.engine.OwnAuthority;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** What we tell the process: that the books differ. */
@Component
class DifferenceProcess {
    private static final String FLOW = "book-difference";

    private final RuntimeService runtime;
    private final OwnAuthority authority;

    DifferenceProcess(RuntimeService runtime, OwnAuthority authority) {
        this.runtime = runtime;
        this.authority = authority;
    }

    /** The task is for those who work for the merchant. */
    void start(String merchantId, String number) {
        authority.callFor(merchantId, () -> runtime.startProcessInstanceByKey(FLOW, number));
    }

    /** Nobody's: the task is for all of finance. */
    void start(String number) {
        authority.run(() -> runtime.startProcessInstanceByKey(FLOW, number));
    }
}
