package io.aftersale.access;

import io.aftersale.engine.Account;
import io.aftersale.engine.Accounts;
import io.aftersale.engine.Grants;
import io.aftersale.problems.StartRefusedException;
import jakarta.annotation.PostConstruct;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Keeps a real installation from starting with the demo's users, or with nobody who could administer it. The first
 * administrator is made from the environment, once; the engine's own set-up page stays closed.
 */
@Component
@Profile("!demo")
class NoDemoUsers {
    private final Accounts accounts;
    private final String name;
    private final String password;

    /** @param grants only here so that the groups exist before their members */
    NoDemoUsers(
            Accounts accounts,
            Grants grants,
            @Value("${AFTERSALE_ADMIN_USER:}") String name,
            @Value("${AFTERSALE_ADMIN_PASSWORD:}") String password) {
        this.accounts = accounts;
        this.name = name;
        this.password = password;
    }

    @PostConstruct
    void check() {
        var demo = Stream.concat(DemoUsers.STAFF.keySet().stream(), DemoUsers.SHOPS.keySet().stream())
                .filter(user -> accounts.fits(user, user))
                .sorted()
                .toList();
        if (!demo.isEmpty()) {
            throw new StartRefusedException("The database has demo users " + demo
                    + " and this is not the profile 'demo'; please use a database of its own.");
        }
        if (accounts.hasAdministrator()) {
            return;
        }
        if (name.isBlank() || password.isBlank()) {
            throw new StartRefusedException(
                    "There is no administrator yet: please set AFTERSALE_ADMIN_USER and AFTERSALE_ADMIN_PASSWORD.");
        }
        accounts.addUser(name, password, List.of(Account.ADMINISTRATORS), List.of());
    }
}
