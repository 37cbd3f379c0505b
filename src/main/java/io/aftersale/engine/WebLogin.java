package io.aftersale.engine;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.springframework.stereotype.Component;

/**
 * Tells who is logged in to the engine's web apps in this browser. It reads their session and never makes or changes
 * one; groups and merchants are read anew by who asks. Belongs to the hardening classes, which alone know the inside
 * of the engine.
 */
@Component
public class WebLogin {
    /** Where the web apps keep their login in the session. */
    private static final String LOGIN = "authenticatedUser";

    private final ProcessEngine engine;

    WebLogin(ProcessEngine engine) {
        this.engine = engine;
    }

    public Optional<String> userOf(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(LOGIN) instanceof Authentications logins)) {
            return Optional.empty();
        }
        return Optional.ofNullable(logins.getAuthenticationForProcessEngine(engine.getName()))
                .map(login -> login.getIdentityId());
    }
}
