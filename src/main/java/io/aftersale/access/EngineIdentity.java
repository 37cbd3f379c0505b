package io.aftersale.access;

import io.aftersale.engine.Accounts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the engine for whom it works while a call to {@code /api} or {@code /engine-rest} runs. Without this the engine
 * would check nothing at all. Whatever the call does, the thread leaves without an identity.
 */
class EngineIdentity extends OncePerRequestFilter {
    private final Accounts accounts;

    EngineIdentity(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        accounts.leave();
        if (SecurityContextHolder.getContext().getAuthentication() instanceof LoggedIn login) {
            accounts.enter(login.account());
        }
        try {
            chain.doFilter(request, response);
        } finally {
            accounts.leave();
        }
    }
}
