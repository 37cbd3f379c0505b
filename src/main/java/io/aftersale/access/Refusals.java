package io.aftersale.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersale.problems.Problem;
import io.aftersale.problems.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers at the door in problem+json: 401 to strangers, 403 to those who may not. It never redirects. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (!isInsideAPage(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Aftersale\", charset=\"UTF-8\"");
        }
        answer(response, new Problem(ProblemCode.LOGIN_REQUIRED, "Please log in with a name and a password."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        answer(response, new Problem(ProblemCode.NOT_ALLOWED, "Your role does not allow this call."));
    }

    /** A browser would open its own window for a name over the page that only loads a picture or data. */
    private static boolean isInsideAPage(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        return mode != null && !mode.equals("navigate");
    }

    void answer(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.code().status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        json.writeValue(response.getOutputStream(), problem.body());
    }
}
