package io.aftersale.access;

import io.aftersale.engine.Account;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A login that succeeded: the account, and its groups as authorities. It keeps no password. */
final class LoggedIn extends AbstractAuthenticationToken {
    /** Whoever works here: everybody but machines. */
    static final String PEOPLE = "people";

    private final transient Account account;

    private LoggedIn(Account account, List<GrantedAuthority> authorities) {
        super(authorities);
        this.account = account;
        setAuthenticated(true);
    }

    static LoggedIn of(Account account) {
        var authorities = new ArrayList<GrantedAuthority>();
        account.groups().forEach(group -> authorities.add(new SimpleGrantedAuthority(group)));
        if (!account.isSystem() && !account.groups().isEmpty()) {
            authorities.add(new SimpleGrantedAuthority(PEOPLE));
        }
        return new LoggedIn(account, authorities);
    }

    Account account() {
        return account;
    }

    @Override
    public Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return account.userId();
    }
}
