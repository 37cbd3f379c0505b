package io.aftersale.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which role may call which route of the engine's REST, the same at {@code /engine-rest} and behind the web apps. What is
 * not listed is closed; administrators have the rest but for what is closed to everybody. The engine's own rights and
 * the merchants narrow this further, never widen it. A test holds every route that exists against a checked-in table.
 */
final class Routes {
    /** Who calls. One person may have several roles. */
    enum Role {
        SYSTEM,
        DESK,
        OWNER,
        ADMIN;

        static Set<Role> of(Account account) {
            var roles = EnumSet.noneOf(Role.class);
            if (account.isSystem()) {
                roles.add(SYSTEM);
            }
            if (account.isAdministrator()) {
                roles.add(ADMIN);
            }
            if (account.groups().contains(Grants.OWNERS)) {
                roles.add(OWNER);
            }
            if (account.groups().stream().anyMatch(Grants.DESKS::contains)) {
                roles.add(DESK);
            }
            return roles;
        }
    }

    /** Ways around the flows: events, states, variables and tasks are moved by our own doors and by claim and complete. */
    private static final String CLOSED = """
            WRITE   /case-definition/**
            ANY     /case-execution/**
            ANY     /case-instance/**
            ANY     /condition/**
            ANY     /external-task/**
            ANY     /message/**
            ANY     /optimize/**
            ANY     /signal/**
            POST    /execution/*/messageSubscriptions/**
            POST    /execution/*/signal
            WRITE   /execution/*/localVariables/**
            POST    /identity/verify
            POST    /process-definition/*/restart
            POST    /process-definition/*/restart-async
            POST    /process-definition/key/*/restart
            POST    /process-definition/key/*/restart-async
            POST    /process-definition/key/*/tenant-id/*/restart
            POST    /process-definition/key/*/tenant-id/*/restart-async
            POST    /process-instance/message-async
            POST    /process-instance/variables-async
            WRITE   /process-instance/*/variables/**
            DELETE  /task/*
            PUT     /task/*
            POST    /task/create
            POST    /task/*/bpmnError
            POST    /task/*/bpmnEscalation
            POST    /task/*/delegate
            POST    /task/*/resolve
            WRITE   /task/*/localVariables/**
            WRITE   /task/*/variables/**
            POST    /telemetry/configuration
            """;

    private static final String SYSTEMS = """
            GET     /engine
            GET     /version
            GET     /process-definition
            GET     /process-definition/count
            GET     /process-definition/key/*
            GET     /process-definition/key/*/deployed-start-form
            GET     /process-definition/key/*/form-variables
            GET     /process-definition/key/*/startForm
            POST    /process-definition/key/*/start
            POST    /process-definition/key/*/submit-form
            GET     /process-instance
            GET     /process-instance/count
            GET     /process-instance/*
            GET     /history/process-instance
            GET     /history/process-instance/count
            GET     /history/process-instance/*
            """;

    private static final String DESKS = """
            GET     /engine
            GET     /version
            GET     /authorization/check
            GET     /filter
            GET     /filter/count
            GET     /filter/*
            GET     /filter/*/count
            GET     /filter/*/list
            GET     /filter/*/singleResult
            POST    /filter/*/count
            POST    /filter/*/list
            POST    /filter/*/singleResult
            OPTIONS /filter
            OPTIONS /filter/*
            GET     /group/count
            POST    /group
            GET     /history/user-operation
            GET     /history/user-operation/count
            GET     /identity/groups
            GET     /identity/password-policy
            POST    /identity/password-policy
            GET     /process-definition
            GET     /process-definition/count
            GET     /process-definition/*
            GET     /process-definition/*/xml
            GET     /task
            GET     /task/count
            POST    /task
            POST    /task/count
            GET     /task/*
            GET     /task/*/comment
            GET     /task/*/deployed-form
            GET     /task/*/form
            GET     /task/*/form-variables
            GET     /task/*/identity-links
            POST    /task/*/claim
            POST    /task/*/complete
            POST    /task/*/submit-form
            POST    /task/*/unclaim
            """;

    private static final String OWNERS = """
            GET     /engine
            GET     /version
            GET     /authorization/check
            GET     /case-definition/count
            GET     /decision-definition/**
            GET     /decision-requirements-definition/**
            GET     /deployment/**
            POST    /deployment/create
            GET     /execution
            GET     /execution/count
            GET     /group/count
            POST    /group
            GET     /history/activity-instance/**
            POST    /history/activity-instance
            POST    /history/activity-instance/count
            GET     /history/decision-definition/**
            GET     /history/decision-instance/**
            GET     /history/decision-requirements-definition/**
            GET     /history/incident/**
            GET     /history/job-log/**
            POST    /history/job-log
            POST    /history/job-log/count
            GET     /history/process-definition/**
            GET     /history/process-instance/**
            POST    /history/process-instance
            POST    /history/process-instance/count
            GET     /history/task/**
            POST    /history/task
            POST    /history/task/count
            GET     /identity/groups
            GET     /identity/password-policy
            POST    /identity/password-policy
            GET     /incident/**
            GET     /job
            GET     /job/count
            GET     /job/*
            POST    /job
            POST    /job/count
            GET     /job-definition/**
            POST    /job-definition
            POST    /job-definition/count
            GET     /process-definition/**
            GET     /process-instance
            GET     /process-instance/count
            GET     /process-instance/*
            GET     /process-instance/*/activity-instances
            POST    /process-instance
            POST    /process-instance/count
            GET     /task/count
            POST    /task/count
            """;

    /** What people may do with their own account, and nobody else's. */
    private static final String OWN_ACCOUNT = """
            GET     /user/{id}/profile
            PUT     /user/{id}/profile
            PUT     /user/{id}/credentials
            """;

    private static final List<Route> TO_NOBODY = routes(CLOSED);
    private static final List<Route> TO_SYSTEMS = routes(SYSTEMS);
    private static final List<Route> TO_DESKS = routes(DESKS);
    private static final List<Route> TO_OWNERS = routes(OWNERS);
    private static final List<Route> TO_ONESELF = routes(OWN_ACCOUNT);

    private Routes() {}

    private record Route(String method, PathPattern path) {
        boolean matches(String asked, PathContainer where) {
            boolean fits = switch (method) {
                case "ANY" -> true;
                case "WRITE" -> !asked.equals("GET") && !asked.equals("OPTIONS");
                default -> method.equals(asked);
            };
            return fits && path.matches(where);
        }
    }

    /**
     * @param path as the resources name it, without the door and the engine: {@code /task/{id}/claim}
     */
    static boolean allows(Account account, String method, String path) {
        String asked = method.toUpperCase(Locale.ROOT).equals("HEAD") ? "GET" : method.toUpperCase(Locale.ROOT);
        PathContainer where = PathContainer.parsePath(path);
        if (matches(TO_NOBODY, asked, where)) {
            return false;
        }
        for (Role role : Role.of(account)) {
            boolean allowed = switch (role) {
                case SYSTEM -> matches(TO_SYSTEMS, asked, where);
                case DESK -> matches(TO_DESKS, asked, where);
                case OWNER -> matches(TO_OWNERS, asked, where);
                case ADMIN -> true;
            };
            if (allowed || role != Role.SYSTEM && isOwnAccount(account, asked, where)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOwnAccount(Account account, String asked, PathContainer where) {
        return TO_ONESELF.stream()
                .filter(route -> route.matches(asked, where))
                .map(route -> route.path().matchAndExtract(where))
                .anyMatch(match -> match != null
                        && account.userId().equals(match.getUriVariables().get("id")));
    }

    private static boolean matches(List<Route> routes, String method, PathContainer where) {
        return routes.stream().anyMatch(route -> route.matches(method, where));
    }

    private static List<Route> routes(String lines) {
        var parser = new PathPatternParser();
        var routes = new ArrayList<Route>();
        lines.lines().forEach(line -> {
            String[] parts = line.strip().split("\\s+");
            routes.add(new Route(parts[0], parser.parse(parts[1])));
        });
        return List.copyOf(routes);
    }
}
