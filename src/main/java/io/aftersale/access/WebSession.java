package io.aftersale.access;

import io.aftersale.engine.Accounts;
import io.aftersale.engine.WebLogin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets people who are logged in to the web apps read pictures and charts without a second login. Only reading: a
 * session comes with every request of a browser, wanted or not, so it may never change anything.
 */
class WebSession extends OncePerRequestFilter {
    private final WebLogin web;
    private final Accounts accounts;

    WebSession(WebLogin web, Accounts accounts) {
        this.web = web;
        this.accounts = accounts;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !(request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() == null) {
            accounts.leave();
            web.userOf(request)
                    .filter(accounts::exists)
                    .map(accounts::find)
                    .map(LoggedIn::of)
                    .ifPresent(login -> {
                        var context = SecurityContextHolder.createEmptyContext();
                        context.setAuthentication(login);
                        SecurityContextHolder.setContext(context);
                    });
        }
        chain.doFilter(request, response);
    }
}
