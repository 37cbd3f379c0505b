package io.aftersale.access;

import io.aftersale.engine.Accounts;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Checks a name and a password with the engine, which alone keeps users. It says why to nobody. */
@Component
class EngineLogin implements AuthenticationProvider {
    private final Accounts accounts;

    EngineLogin(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String userId = asked.getName();
        accounts.leave();
        if (!(asked.getCredentials() instanceof String password) || !accounts.fits(userId, password)) {
            throw new BadCredentialsException("wrong name or password");
        }
        return LoggedIn.of(accounts.find(userId));
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
