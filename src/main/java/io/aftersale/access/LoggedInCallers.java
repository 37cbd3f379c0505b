package io.aftersale.access;

import io.aftersale.engine.Accounts;
import org.springframework.stereotype.Component;

/**
 * Takes the engine's word for who makes the current call, so that every door gives the same answer: our REST, the
 * engine's REST and the web apps. Outside a call there is nobody, and nobody stands in.
 */
@Component
class LoggedInCallers implements Callers {
    private final Accounts accounts;

    LoggedInCallers(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Caller current() {
        return accounts.current()
                .map(account -> new Caller(account.userId(), account.groups(), account.merchants()))
                .orElseThrow(() -> new IllegalStateException("nobody is logged in here"));
    }
}
