package io.aftersale.access;

import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before every door and refuses an address that is spelled in two ways at once: a letter or digit in per cent
 * code, empty or dotted segments, path parameters, backslashes, and a NUL anywhere. So every guard behind it may compare addresses as they
 * are written, and none can be walked around by another spelling.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PlainPath extends OncePerRequestFilter {
    private static final Pattern DOUBTFUL = Pattern.compile(
            "//|[;\\\\]|/\\.{1,2}(/|$)|%(2[dDeEfF]|3[0-9bB]|[46][1-9a-fA-F]|[57][0-9aA]|5[cCfF]|7[eE]|00)");

    private final Refusals refusals;

    PlainPath(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean hasNul =
                request.getQueryString() != null && request.getQueryString().contains("%00");
        if (hasNul || DOUBTFUL.matcher(request.getRequestURI()).find()) {
            refusals.answer(
                    response, new Problem(ProblemCode.MALFORMED_REQUEST, "The address is not spelled plainly."));
            return;
        }
        chain.doFilter(request, response);
    }
}
