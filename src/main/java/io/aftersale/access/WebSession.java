package io.aftersale.access;

import io.aftersale.engine.Accounts;
import io.aftersale.engine.WebLogin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets people who are logged in to the web apps read pictures and charts, try out tables, say what they see of goods, and
 * give a wait more time, without a second login. A session comes with every request of a browser, wanted or not; so
 * whatever has a body is listed here and must carry a header that pages of other sites cannot send.
 */
class WebSession extends OncePerRequestFilter {
    /** Sent by our own pages; a page of another site would have to ask first, and is refused. */
    static final String OWN_PAGE = "X-Requested-With";

    private static final PathPatternRequestMatcher.Builder AT = PathPatternRequestMatcher.withDefaults();
    private static final RequestMatcher LISTED = new OrRequestMatcher(
            AT.matcher(HttpMethod.POST, "/api/rules/{table}/what-if"),
            AT.matcher(HttpMethod.POST, "/api/cases/{number}/pictures"),
            AT.matcher(HttpMethod.POST, "/api/cases/{number}/extension"),
            AT.matcher(HttpMethod.POST, "/api/parcels/receipts"));

    private final WebLogin web;
    private final Accounts accounts;

    WebSession(WebLogin web, Accounts accounts) {
        this.web = web;
        this.accounts = accounts;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        boolean asks = request.getHeader(OWN_PAGE) != null && LISTED.matches(request);
        return !reads && !asks;
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
