package io.aftersale.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Stands behind the login at both doors of the engine's REST, {@code /engine-rest} and {@code /camunda/api}: asks {@link
 * Routes} for the caller's role, and {@link BodyGuard} for what the call carries. It knows a caller by the engine's word
 * at the first door and by the session of the web apps at the second.
 */
@Component
public class RouteGuard extends OncePerRequestFilter {
    private static final String ENGINE_DOOR = "/engine-rest";
    private static final String WEB_DOOR = "/camunda/api";
    private static final Pattern ENGINE_IN_PATH = Pattern.compile("/engine/([^/]+)(/.*)");

    private static final String MOST_RESULTS = "maxResults=";

    /** What the web apps need before anybody is logged in. */
    private static final List<String> OPEN = List.of(
            "GET /engine/engine",
            "GET /engine/engine/",
            "GET /{app}/plugin/{plugin}/static/**",
            "GET /admin/auth/user/{engine}",
            "POST /admin/auth/user/{engine}/login/{app}",
            "POST /admin/auth/user/{engine}/logout");

    private static final PathPattern COCKPIT = new PathPatternParser().parse("/cockpit/plugin/base/{engine}/**");
    private static final PathPattern METRICS = new PathPatternParser().parse("/admin/plugin/adminPlugins/{engine}/**");

    private final Accounts accounts;
    private final WebLogin web;
    private final ProcessEngine engine;
    private final ObjectMapper json;

    RouteGuard(Accounts accounts, WebLogin web, ProcessEngine engine, ObjectMapper json) {
        this.accounts = accounts;
        this.web = web;
        this.engine = engine;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = decoded(request);
        return !path.startsWith(ENGINE_DOOR) && !path.startsWith(WEB_DOOR);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean atWebDoor = decoded(request).startsWith(WEB_DOOR);
        HttpServletRequest checked;
        try {
            String door = atWebDoor ? WEB_DOOR : ENGINE_DOOR;
            if (!request.getRequestURI().startsWith(door)) {
                throw new Problem(ProblemCode.MALFORMED_REQUEST, "The address is not spelled plainly.");
            }
            String path = request.getRequestURI().substring(door.length());
            if (atWebDoor) {
                checkWeb(request, path);
            } else {
                check(accounts.current(), request.getMethod(), route(path));
            }
            checked = BodyGuard.check(atWebDoor ? withAnEnd(request, path) : request, !atWebDoor);
        } catch (Problem problem) {
            answer(response, problem);
            return;
        }
        chain.doFilter(checked, response);
    }

    /** The address as the container reads it when it looks for the servlet. */
    private static String decoded(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    /** Cockpit asks for all versions of a diagram at once; it gets the latest two hundred instead of a refusal. */
    private HttpServletRequest withAnEnd(HttpServletRequest request, String path) {
        String query = request.getQueryString();
        if (!path.equals("/engine/engine/" + engine.getName() + "/process-definition")
                || query == null
                || query.contains(MOST_RESULTS)) {
            return request;
        }
        return new HttpServletRequestWrapper(request) {
            @Override
            public String getQueryString() {
                return query + "&" + MOST_RESULTS + "200";
            }
        };
    }

    private void checkWeb(HttpServletRequest request, String path) {
        PathContainer where = PathContainer.parsePath(path);
        if (isOpen(request.getMethod(), where)) {
            return;
        }
        Optional<Account> caller = web.userOf(request).filter(accounts::exists).map(accounts::find);
        if (caller.filter(Account::isSystem).isPresent()) {
            throw notAllowed();
        }
        boolean reads = List.of("GET", "HEAD", "POST").contains(request.getMethod());
        if (path.startsWith("/engine/")) {
            check(caller, request.getMethod(), route(path.substring("/engine".length())));
        } else if (COCKPIT.matches(where) && reads) {
            check(caller, "GET", "/process-instance");
            check(caller, "GET", "/incident");
        } else if (METRICS.matches(where) && reads) {
            check(caller, "GET", "/metrics");
        } else {
            throw caller.isEmpty() ? strange() : notAllowed();
        }
    }

    private static void check(Optional<Account> caller, String method, String route) {
        if (!Routes.allows(caller.orElseThrow(RouteGuard::strange), method, route)) {
            throw notAllowed();
        }
    }

    /** The route without the name of the engine in it; there is one engine, and any other name is nowhere. */
    private String route(String path) {
        Matcher named = ENGINE_IN_PATH.matcher(path);
        if (named.matches()) {
            if (!named.group(1).equals(engine.getName())) {
                throw new Problem(ProblemCode.RESOURCE_NOT_FOUND, "There is no such engine.");
            }
            return named.group(2);
        }
        return path;
    }

    private static boolean isOpen(String method, PathContainer where) {
        var parser = new PathPatternParser();
        return OPEN.stream()
                .map(open -> open.split(" "))
                .anyMatch(
                        open -> open[0].equals(method) && parser.parse(open[1]).matches(where));
    }

    private static Problem strange() {
        return new Problem(ProblemCode.LOGIN_REQUIRED, "Please log in.");
    }

    private static Problem notAllowed() {
        return new Problem(ProblemCode.NOT_ALLOWED, "Your role does not allow this call.");
    }

    private void answer(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.code().status());
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getOutputStream(), EngineProblems.body(problem));
    }
}
