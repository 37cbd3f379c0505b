package io.aftersale.handling;

import io.aftersale.engine.StatusBoard;
import org.springframework.stereotype.Component;

/** Keeps the status of the whole as its diagram declares it; each part has a status of its own. */
@Component
class HandlingBoard implements StatusBoard {
    private final Handlings handlings;

    HandlingBoard(Handlings handlings) {
        this.handlings = handlings;
    }

    @Override
    public boolean knows(String businessKey) {
        return businessKey != null && businessKey.startsWith("OH-");
    }

    @Override
    public void entered(String businessKey, String elementId, String status, String outcome) {
        handlings.enter(businessKey, status, outcome);
        if (outcome != null) {
            handlings.close(businessKey);
        }
    }
}
